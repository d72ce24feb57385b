"""Who is linked, doubted and not linked, by group, and which differences exceed chance.

Records of departments only: a register entry founds its person and seeks nobody. A group is compared
with all other records together.
"""

from __future__ import annotations

from typing import Any

import ibis.expr.types as ir
from ibis import _

from flows.engine import Engine
from flows.linkage_report.identifiers import fetched
from flows.linkage_report.terms import (
    DOUBTFUL,
    GROUPINGS,
    MILLION,
    NEW,
    OUTCOMES,
    Linkage,
    rate,
)
from matchers.agreement import wilson
from matchers.estimates import Clustered, difference

MARKED = (DOUBTFUL, NEW)
FEWEST = 5
"""Of smaller groups nothing is said."""
NOTABLE = 1.25
"""With millions of records everything exceeds chance; worth a look is a quarter more or less."""


def overall(engine: Engine, records: ir.Table) -> dict[str, Any]:
    """Departments' records together, and the register's apart."""
    counted = records.group_by("is_register").agg(**_counts())
    by_role = {row["is_register"]: row for row in fetched(engine, counted)}
    none = dict.fromkeys(("records", *OUTCOMES, "missed"), 0)
    return {
        "records": _rates(by_role.get(False, none)),
        "register": _rates(by_role.get(True, none)),
        "how": _hows(engine, records),
    }


def by_group(engine: Engine, records: ir.Table, night: Linkage) -> dict[str, list[dict[str, Any]]]:
    """For every grouping its groups, in order of their keys."""
    seeking = records.filter(~_.is_register)
    found = {name: fetched(engine, _clustered(seeking, name)) for name in GROUPINGS}
    comparisons = sum(len(MARKED) for groups in found.values() for _one in groups)
    titles = {"department": night.titles, "township": night.townships}
    return {
        name: [
            {
                "group": row["group"],
                "title": titles.get(name, {}).get(row["group"], row["group"]),
                **_rates(row),
                "differs": {
                    outcome: _differs(row, groups, outcome, comparisons) for outcome in MARKED
                },
            }
            for row in groups
        ]
        for name, groups in found.items()
    }


def _counts() -> dict[str, Any]:
    outcomes = {outcome: (_.decision == outcome).sum() for outcome in OUTCOMES}
    return {"records": _.count(), **outcomes, "missed": _.missed.sum()}


def _clustered(records: ir.Table, name: str) -> ir.Table:
    """Per group the counts, and the sums over people that tell how alike their records are."""
    people = records.group_by(group=records[name], cluster=_.cluster).agg(**_counts())
    squares = {
        f"{outcome}_{what}": (people[outcome] * people[factor]).sum()
        for outcome in MARKED
        for what, factor in (("squared", outcome), ("records", "records"))
    }
    counts = {name: people[name].sum() for name in ("records", *OUTCOMES, "missed")}
    squared = (people.records * people.records).sum()
    return (
        people.group_by("group").agg(**counts, **squares, records_squared=squared).order_by("group")
    )


def _rates(row: dict[str, Any]) -> dict[str, Any]:
    records = row["records"]
    return {
        "records": records,
        **{outcome: row[outcome] for outcome in OUTCOMES},
        "rates": {outcome: rate(row[outcome], records) for outcome in OUTCOMES},
        "intervals": {outcome: _interval(row[outcome], records) for outcome in OUTCOMES},
        "expected_missed": round(row["missed"] / MILLION, 1),
    }


def _interval(hits: int, records: int) -> list[float] | None:
    found = wilson(hits, records)
    return [round(end, 6) for end in found] if found else None


def _differs(
    row: dict[str, Any], groups: list[dict[str, Any]], outcome: str, comparisons: int
) -> dict[str, Any]:
    """The group's share against everybody else's: does it exceed chance, and by which factor."""
    mine, rest = _sums(row, outcome), Clustered(0, 0, 0, 0, 0)
    for other in groups:
        if other is not row:
            rest += _sums(other, outcome)
    if min(mine.records, rest.records) < FEWEST:
        return {"beyond_chance": False, "notable": False, "ratio": None}
    found = difference(mine, rest, comparisons)
    ratio = mine.share / rest.share if rest.share else None
    beyond = found.low > 0 or found.high < 0
    far = ratio is None or ratio >= NOTABLE or ratio <= 1 / NOTABLE
    return {
        "beyond_chance": beyond,
        "notable": beyond and far,
        "ratio": None if ratio is None else round(ratio, 3),
    }


def _sums(row: dict[str, Any], outcome: str) -> Clustered:
    return Clustered(
        float(row["records"]),
        float(row[outcome]),
        float(row[f"{outcome}_squared"]),
        float(row[f"{outcome}_records"]),
        float(row["records_squared"]),
    )


def _hows(engine: Engine, records: ir.Table) -> list[dict[str, Any]]:
    by_how = records.group_by("decision", "how").agg(records=_.count())
    return fetched(engine, by_how.order_by("decision", "how"))
