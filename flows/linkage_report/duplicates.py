"""People who stand in the register more than once: found and reported, never silently merged."""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir
from ibis import _

from flows.engine import Engine
from flows.linkage_report.identifiers import fetched
from flows.linkage_report.terms import DOUBTFUL, Linkage

CONFIRMED_LIST = "doorstep links"
SUSPECTED_LIST = "doorstep review export"


def duplicates(engine: Engine, records: ir.Table, night: Linkage) -> dict[str, Any]:
    """How many people have several register rows, how many over one each, and suspected ones.

    A confirmed duplicate is a person_id with two rows of the register in the exported links; a
    suspected one is a question of the review queue.
    """
    register = records.filter(_.is_register)
    entries = night.link.semi_join(register, "record_key").group_by("person_id")
    several = entries.agg(rows=_.count()).filter(_.rows > 1)
    (confirmed,) = fetched(engine, several.agg(people=_.count(), rows=_.rows.sum()))
    (suspected,) = fetched(engine, register.agg(rows=(_.decision == DOUBTFUL).sum()))
    people, rows = confirmed["people"], int(confirmed["rows"] or 0)
    return {
        "people": people,
        "surplus_rows": rows - people,
        "suspected_rows": int(suspected["rows"] or 0),
        "confirmed_list": CONFIRMED_LIST,
        "suspected_list": SUSPECTED_LIST,
    }
