"""How many households in need no signal speaks of, from the random visits among them.

Households without any finding and without standing aid are drawn by a hash (flows/sample.py), so the
share in need of which nobody knew among those reached, times all such households, estimates how many
are missed. Who turns out to be on the rolls already (早已在保) was not missed. Who could not
be reached is taken to be like those who were. With nobody in need among n, the share is below 3/n
(Hanley and Lippman-Hand, J. Amer. Med. Assoc. 249 (1983) 1743-1745); else Clopper and Pearson.

The sample is of the county as a whole and of no group, so its counts are not hidden.
"""

from __future__ import annotations

from math import ceil, floor
from typing import Any

import polars as pl

from flows.yields.shares import Interval
from matchers.estimates import clopper_pearson


def misses(sample: pl.DataFrame, unflagged: int) -> dict[str, Any]:
    """The sample in numbers, the estimate in households with its interval, and in words."""
    visited = int(sample["visited"].sum())
    confirmed = int(sample["missed"].sum())
    found = confirmed_share(confirmed, visited)
    estimate = _households(found, unflagged) if found else None
    return {
        "unflagged": unflagged,
        "issued": sample.height,
        "visited": visited,
        "confirmed": confirmed,
        "share": found.told(6) if found else None,
        "households": estimate,
        "words_zh": _words(estimate),
    }


def confirmed_share(confirmed: int, visited: int) -> Interval | None:
    """The share in need among those reached; None where nobody was."""
    if not visited:
        return None
    if not confirmed:
        return Interval(0.0, 0.0, min(1.0, 3 / visited))
    low, high = clopper_pearson(confirmed, visited) or (0.0, 1.0)
    return Interval(confirmed / visited, low, high)


def _households(found: Interval, unflagged: int) -> dict[str, int]:
    """Whole households, the ends rounded outwards."""
    return {
        "estimate": round(found.value * unflagged),
        "low": floor(found.low * unflagged),
        "high": ceil(found.high * unflagged),
    }


def _words(estimate: dict[str, int] | None) -> str:
    if estimate is None:
        return "还没有随机走访的结果,无法估计遗漏。"
    return (
        f"估计遗漏 {estimate['estimate']:,} 户"
        f"(95% 区间 {estimate['low']:,} 到 {estimate['high']:,})。"
    )
