"""What the yield is counted from, on the night that is being made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl

from flows import reference
from flows.ledger import WorkOrder
from flows.sample import unflagged
from flows.tonight import Tonight
from flows.yields.rows import PEOPLE
from flows.yields.telling import yields


def tonights_yields(tonight: Tonight, orders: Sequence[WorkOrder]) -> dict[str, Any]:
    """The yield up to tonight; `orders` are tonight's, which the ledger does not know yet.

    Needs the tables `people`, `link`, `link_rows`, `seen` and `finding`, and what `sample.unflagged` needs.
    """
    return yields(
        [*tonight.issued, *orders],
        tonight.visits,
        _frame(tonight, _SEEN),
        _frame(tonight, _PEOPLE).cast(PEOPLE),
        tonight.count(f"SELECT count(*) FROM ({unflagged(tonight.inputs.night)})"),
        tonight.inputs.night,
        person_into=tonight.minted.person_into,
        townships=reference.townships(tonight.config.site.county),
    )


_SEEN = """
SELECT person_id, signal, first_found FROM seen
UNION SELECT person_id, signal, first_found FROM finding ORDER BY ALL
"""
_PEOPLE = """
SELECT people.household_id, people.person_id, people.sex, people.age, people.township_code,
       coalesce(bool_or(link_rows.id_clean IS NOT NULL), false) AS has_number
FROM people
LEFT JOIN link USING (person_id)
LEFT JOIN link_rows USING (record_key)
WHERE people.life_status <> 'dead' AND people.in_county IS NOT false
GROUP BY ALL ORDER BY people.person_id
"""


def _frame(tonight: Tonight, sql: str) -> pl.DataFrame:
    frame: Any = pl.from_arrow(tonight.engine.arrow(sql))
    return frame
