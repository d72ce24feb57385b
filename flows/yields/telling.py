"""What the visits of a year came to, as plain values: yield.json. No clock time, no person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import polars as pl

from flows.ledger import WorkOrder
from flows.returns.taken import Visit
from flows.sample import SAMPLE
from flows.yields.cells import (
    MONTH,
    SIGNAL,
    TOWNSHIP,
    Cells,
    grouped_orders,
    groups_of,
    household_cells,
    order_cells,
    person_cells,
)
from flows.yields.counting import HOUSEHOLDS, ORDERS, TOTAL, Cell
from flows.yields.disparity import alerts, disparities, told_share
from flows.yields.groups import title
from flows.yields.misses import misses
from flows.yields.rows import DAYS, flagged_rows, order_rows, since
from transforms.signal import LeadsTo
from transforms.signals import SIGNALS

SCHEMA_VERSION = 1
_NOBODY: Mapping[str, str] = MappingProxyType({})


def yields(
    orders: Sequence[WorkOrder],
    visits: Mapping[str, Visit],
    seen: pl.DataFrame,
    people: pl.DataFrame,
    unflagged: int,
    on: date,
    *,
    person_into: Mapping[str, str] = _NOBODY,
    townships: Mapping[str, str] = _NOBODY,
) -> dict[str, Any]:
    """The funnel, the misses and the differences between groups, of the 365 days up to `on`.

    `seen`: person_id, signal, first_found, by present ids, tonight's findings among them. `people`:
    rows.PEOPLE. `unflagged`: households that the sample was drawn from. `person_into` leads from
    the ids that orders bear to present ones.
    """
    known = order_rows(orders, visits, person_into, on)
    is_sample = pl.col("signals").list.contains(SAMPLE)
    issued = grouped_orders(known.filter(~is_sample), people)
    flagged = flagged_rows(seen.filter(~pl.col("signal").is_in(_NO_VISIT)), people, issued, on)
    homes, visited = household_cells(flagged), order_cells(issued)
    persons = person_cells(people, flagged)
    groups = disparities(persons, visited, issued.filter("visited"), townships)
    return {
        "schema_version": SCHEMA_VERSION,
        "night": on.isoformat(),
        "since": since(on).isoformat(),
        "days": DAYS,
        "total": _row(TOTAL, homes, visited, "合计"),
        "by_signal": _rows(SIGNAL, homes, visited, _SIGNAL_TITLES),
        "by_township": [
            _row((TOWNSHIP, code), homes, visited, title(TOWNSHIP, code, townships))
            for code in groups_of(TOWNSHIP, homes, visited)
        ],
        "by_month": _rows(MONTH, homes, visited, _NOBODY),
        "misses": misses(known.filter(is_sample), unflagged),
        "groups": groups,
        "alerts_zh": alerts(groups),
    }


_NO_VISIT = sorted(one.name for one in SIGNALS.values() if one.leads_to is not LeadsTo.VISIT)
"""What leads to a review or a note is no door to knock on and has no yield."""

_SIGNAL_TITLES = {one.name: one.title for one in SIGNALS.values()}


def _rows(
    grouping: str, homes: Cells, visited: Cells, titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        _row((grouping, group), homes, visited, titles.get(group, group))
        for group in groups_of(grouping, homes, visited)
    ]


def _row(cell: Cell, homes: Cells, visited: Cells, words: str) -> dict[str, Any]:
    """One line of a funnel: households flagged and issued; orders visited, confirmed, helped."""
    counts = {
        **dict(zip(HOUSEHOLDS, homes.get(cell, (0,) * len(HOUSEHOLDS)), strict=True)),
        **dict(zip(ORDERS, visited.get(cell, (0,) * len(ORDERS)), strict=True)),
    }
    return {
        "group": cell[1],
        "title": words,
        "counts": counts,
        "rates": {
            "issued": told_share(counts["issued"], counts["flagged"]),
            "visited": told_share(counts["visited"], counts["orders"]),
            "confirmed": told_share(counts["confirmed"], counts["visited"]),
            "helped": told_share(counts["helped"], counts["visited"]),
        },
    }
