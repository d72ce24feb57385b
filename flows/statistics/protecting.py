"""A table of counts made safe for everybody: small ones hidden, the others rounded.

A count up to 7 is hidden, nought included; every other one, sums too, is rounded to the nearest 5 by
itself. Where a sum would still give a hidden count away, the smallest told count of the column is
hidden, or the sum. One mark stands for every hidden count, so nobody sees which was the small one;
what is hidden at a stage stays hidden at the stages after it, or they would say how large it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.statistics.small import MOST_HIDDEN

STEP = 5
SLACK = STEP // 2
"""A told count is at most this far from the true one."""

Chain = Sequence[int]
"""Counts of one place, stage after stage; every stage is a part of the one before."""

Told = int | None
"""A rounded count, or None for a hidden one."""


@dataclass(frozen=True)
class Protected:
    """What may be told: one row per place, and their sum, in the stages of the counts."""

    rows: tuple[tuple[Told, ...], ...]
    total: tuple[Told, ...]


def protected(counts: Sequence[Chain]) -> Protected:
    """The table of `counts` as it may be told."""
    hidden: set[int] = set()
    columns, totals = [], []
    for column in zip(*counts, strict=True):
        hidden = _with_company(column, hidden | _small(column))
        is_told = _is_safe(column, hidden)
        columns.append([None if at in hidden else rounded(one) for at, one in enumerate(column)])
        totals.append(rounded(sum(column)) if is_told else None)
    return Protected(rows=tuple(zip(*columns, strict=True)), total=tuple(totals))


def rounded(count: int) -> int:
    """The nearest multiple of 5."""
    return (count + SLACK) // STEP * STEP


def _small(column: Sequence[int]) -> set[int]:
    return {at for at, count in enumerate(column) if count <= MOST_HIDDEN}


def _with_company(column: Sequence[int], hidden: set[int]) -> set[int]:
    """So many more hidden, smallest first, that the sum may be told; all, if none suffices."""
    told = sorted(set(range(len(column))) - hidden, key=lambda at: (column[at], at))
    while told and not _is_safe(column, hidden):
        hidden = hidden | {told.pop(0)}
    return hidden


def _is_safe(column: Sequence[int], hidden: set[int]) -> bool:
    """Whether the column's sum may be told beside what is not hidden.

    It must not be small itself. Two counts at least must be hidden, together they must seem to be more
    than seven, and each small one must be able to be nought even for a reader who knows all this: the
    others must be able to make up for it, a large one up to the lowest told count or, if larger, the largest hidden one.
    """
    if sum(column) <= MOST_HIDDEN:
        return False
    if not hidden:
        return True
    told = [rounded(count) for at, count in enumerate(column) if at not in hidden]
    beyond = rounded(sum(column)) - sum(told)
    slack = SLACK * (len(told) + 1)
    small = len(hidden & _small(column))
    large = len(hidden) - small
    largest = max(min(told, default=beyond), *(column[at] for at in hidden))
    reach = MOST_HIDDEN * (small - 1) + (largest + SLACK) * large
    return len(hidden) > 1 and beyond - slack <= reach and beyond + slack > MOST_HIDDEN
