"""Whether every group is found, visited and waited for alike: rates, ratios, and what stands out.

A group is compared with everybody else rather than with all: the two sides are then different
people, as the interval of a ratio demands. A ratio from a hidden count is not told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from flows.yields.cells import Cells, groups_of
from flows.yields.counting import ORDERS, PEOPLE, TOTAL, Cell
from flows.yields.groups import GROUPINGS, title
from flows.yields.hiding import Told
from flows.yields.shares import Interval, median_ratio, middle_of, ratio, share

DAYS = "days"
MEASURES = {
    "flagged": "预警率",
    "issued": "派单率",
    "confirmed": "走访属实率",
    DAYS: "派单到走访天数",
}
_PARTS = {
    "flagged": ("flagged", "people"),
    "issued": ("issued", "flagged"),
    "confirmed": ("confirmed", "visited"),
}
Named = Mapping[str, Told]


def disparities(
    people: Cells, orders: Cells, visits: pl.DataFrame, townships: Mapping[str, str]
) -> dict[str, list[dict[str, Any]]]:
    """For every grouping its groups; `visits` are visited orders with `days` and the groupings."""
    everybody = named(TOTAL, people, orders)
    return {
        grouping: [
            _group(
                named((grouping, group), people, orders),
                everybody,
                {"group": group, "title": title(grouping, group, townships)},
                visits.with_columns(mine=pl.col(grouping) == group),
            )
            for group in groups_of(grouping, people, orders)
        ]
        for grouping in GROUPINGS
    }


def named(cell: Cell, people: Cells, orders: Cells) -> Named:
    """The counts of a group by stage; a group that one table does not know counts nothing there."""
    nobody, nothing = (0,) * len(PEOPLE), (0,) * len(ORDERS)
    return {
        **dict(zip(PEOPLE, people.get(cell, nobody), strict=True)),
        **dict(zip(ORDERS, orders.get(cell, nothing), strict=True)),
    }


def told_share(hits: Told, total: Told) -> dict[str, float] | None:
    """A share of two counts that are both told."""
    if isinstance(hits, str) or isinstance(total, str):
        return None
    found = share(hits, total)
    return found.told() if found else None


def alerts(groups: Mapping[str, list[dict[str, Any]]]) -> list[str]:
    """What stands out, in words."""
    return [
        f"{GROUPINGS[grouping]}“{one['title']}”:{MEASURES[measure]}是其余各组的 "
        f"{found['value']:.2f} 倍(95% 区间 {found['low']:.2f} 到 {found['high']:.2f})。"
        for grouping, members in groups.items()
        for one in members
        for measure, found in one["ratios"].items()
        if found and found["alert"]
    ]


def _group(
    mine: Named, everybody: Named, names: Mapping[str, str], visits: pl.DataFrame
) -> dict[str, Any]:
    days = visits.filter("mine")["days"].to_list()
    others = visits.filter(~pl.col("mine"))["days"].to_list()
    is_told = not isinstance(mine["visited"], str) and not isinstance(everybody["visited"], str)
    waited = middle_of(days) if is_told else None
    ratios = {measure: _ratio(mine, everybody, *parts) for measure, parts in _PARTS.items()}
    ratios[DAYS] = median_ratio(days, others) if is_told else None
    return {
        **names,
        "counts": dict(mine),
        "rates": {measure: told_share(mine[a], mine[b]) for measure, (a, b) in _PARTS.items()},
        "days": waited.told(1) if waited else None,
        "ratios": {
            measure: {**found.told(3), "alert": found.alarms} if found else None
            for measure, found in ratios.items()
        },
    }


def _ratio(mine: Named, everybody: Named, hits: str, total: str) -> Interval | None:
    h, n, all_hits, all_total = mine[hits], mine[total], everybody[hits], everybody[total]
    if isinstance(h, str) or isinstance(n, str):
        return None
    if isinstance(all_hits, str) or isinstance(all_total, str):
        return None
    return ratio(h, n, all_hits - h, all_total - n)
