"""Whom a visit found dead: nobody asks for them again, and a review hears of it at once.

A visitor's word is a report that nobody has confirmed. It ends no help and takes nobody out of a
family's figures; it only keeps the next visitor from asking a widow for her husband.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from data_contracts.visit_results import VISIT_RESULTS, Outcome, said_by
from flows.engine import Engine
from flows.ledger import Ledger
from flows.visit_places import VISIT, VISIT_TITLE

_TOLD = {
    "record_key": pl.String,
    "person_id": pl.String,
    "visited_on": pl.Date,
    "order_no": pl.String,
    "line": pl.Int64,
}
_WORDS = next(one.words for one in VISIT_RESULTS.values() if one.outcome is Outcome.DIED)


def add_visit_deaths(
    engine: Engine, ledger: Ledger, position: int, person_into: Mapping[str, str]
) -> None:
    """Make `visit_death` (the person an order asked for) and add pending reports to `fact_death`.

    Whoever the register lists as alive by an entry of a later day is not in it. Needs
    `fact_resident` and `fact_death`.
    """
    visits = ledger.visits(position)
    rows = [
        (f"{VISIT}-{number}", person_into.get(lead, lead), visit.visited_on, number, visit.line)
        for order in ledger.orders(position)
        for number in [order.order_no]
        for visit, lead in [(visits.get(number), order.printed.get("lead"))]
        if visit and lead and Outcome.DIED in said_by(visit.codes)
    ]
    engine.register("told_dead", pl.DataFrame(rows, schema=_TOLD, orient="row").to_arrow())
    engine.duckdb.execute(_VISIT_DEATH)
    engine.duckdb.execute(
        "INSERT INTO fact_death BY NAME SELECT record_key, person_id, "
        "'pending' AS confirmed, visited_on AS reported_on FROM visit_death"
    )


def leave_in_peace(engine: Engine) -> None:
    """Take their findings out of `finding_visit` and make `asked_people`: `people` without them alive.

    Those they lived with keep their own findings and are asked for.
    """
    engine.duckdb.execute(
        "DELETE FROM finding_visit WHERE person_id IN (SELECT person_id FROM visit_death)"
    )
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP VIEW asked_people AS SELECT * REPLACE (CASE WHEN person_id IN "
        "(SELECT person_id FROM visit_death) THEN 'dead' ELSE life_status END AS life_status) FROM people"
    )


def death_proofs(engine: Engine) -> pl.DataFrame:
    """What a visit told, as a proof is shown: by the number of its order and the line of its sheet."""
    found: Any = pl.from_arrow(engine.arrow(_PROOFS))
    return found


_VISIT_DEATH = """
CREATE OR REPLACE TEMP TABLE visit_death AS
SELECT told.* FROM told_dead AS told
WHERE NOT EXISTS (
  SELECT 1 FROM fact_resident AS entry WHERE entry.person_id = told.person_id
  AND entry.life_status = 'normal' AND entry.status_on > told.visited_on)
"""

_PROOFS = f"""
SELECT record_key, '{VISIT_TITLE}' AS source_title, order_no AS file_name,
       NULL::VARCHAR AS delivery, line, visited_on AS happened_on, '{_WORDS}' AS what
FROM visit_death ORDER BY record_key
"""
