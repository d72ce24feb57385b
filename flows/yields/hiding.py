"""Small counts are hidden, and so much beside them that nobody can work them out.

A count of 1 to 7 is told as ≤7. What is known by subtraction is hidden, too: of a row, a stage that
falls short of an earlier one by 1 to 7; of a column, a second count wherever one is hidden among
groups whose sum is told. Those are told as *, which says nothing about their size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from flows.statistics.small import is_small
from flows.yields.counting import Cell, Chain

SMALL: Literal["≤7"] = "≤7"
BESIDE: Literal["*"] = "*"

Told = int | Literal["≤7", "*"]
Line = tuple[Cell, Sequence[Cell]]
"""A group and the groups it is the sum of."""


def told(counts: Mapping[Cell, Chain], lines: Sequence[Line]) -> dict[Cell, tuple[Told, ...]]:
    """The counts of every cell with marks for what is hidden."""
    hidden = {(cell, stage) for cell, chain in counts.items() for stage in _hidden_in_row(chain)}
    for stage in range(max((len(chain) for chain in counts.values()), default=0)):
        _close(counts, [[parent, *children] for parent, children in lines], stage, hidden)
    return {
        cell: tuple(
            _mark(count) if (cell, stage) in hidden else count for stage, count in enumerate(chain)
        )
        for cell, chain in counts.items()
    }


def _mark(count: int) -> Told:
    return SMALL if is_small(count) else BESIDE


def _hidden_in_row(chain: Chain) -> set[int]:
    hidden: set[int] = set()
    for stage, count in enumerate(chain):
        earlier = (chain[before] for before in range(stage) if before not in hidden)
        if is_small(count) or any(is_small(more - count) for more in earlier):
            hidden.add(stage)
    return hidden


def _close(
    counts: Mapping[Cell, Chain],
    lines: Sequence[Sequence[Cell]],
    stage: int,
    hidden: set[tuple[Cell, int]],
) -> None:
    """Hide more until every line that hides anything hides two counts, one of them not small."""
    while more := next(
        (one for line in lines if (one := _beside(counts, line, stage, hidden))), None
    ):
        hidden.add((more, stage))


def _beside(
    counts: Mapping[Cell, Chain],
    line: Sequence[Cell],
    stage: int,
    hidden: set[tuple[Cell, int]],
) -> Cell | None:
    """The next count of a line to hide, if any: the smallest part that is not nought, then the sum."""
    away = [cell for cell in line if (cell, stage) in hidden]
    safe = len(away) > 1 and any(not is_small(counts[cell][stage]) for cell in away)
    if not away or safe:
        return None
    parent, *parts = line
    open_parts = [cell for cell in parts if cell not in away and counts[cell][stage]]
    if open_parts:
        return min(open_parts, key=lambda cell: (counts[cell][stage], cell))
    return None if parent in away or not counts[parent][stage] else parent
