"""Small counts are hidden, and so much beside them that nobody can work them out by subtracting."""

from __future__ import annotations

from collections.abc import Sequence

from flows.statistics.small import is_small

Table = list[list[int | None]]


def suppressed(counts: Sequence[Sequence[int]]) -> Table:
    """The same table with None for what is hidden.

    Every column's total is known to the reader and in every row the first count is the sum of the
    others, so no row and no column may hide exactly one count: its smallest other is hidden, too.
    """
    hidden = {
        (y, x) for y, row in enumerate(counts) for x, count in enumerate(row) if is_small(count)
    }
    lines = _lines(counts)
    while alone := next((line for line in lines if _hides_one(line, hidden)), None):
        others = [cell for cell in alone if cell not in hidden]
        hidden.add(min(others, key=lambda cell: (not counts[cell[0]][cell[1]], _at(counts, cell))))
    return [
        [None if (y, x) in hidden else count for x, count in enumerate(row)]
        for y, row in enumerate(counts)
    ]


Cell = tuple[int, int]


def _lines(counts: Sequence[Sequence[int]]) -> list[list[Cell]]:
    """All rows and all columns; a line of one cell has nothing to hide behind."""
    height, width = len(counts), len(counts[0]) if counts else 0
    rows = [[(y, x) for x in range(width)] for y in range(height)]
    columns = [[(y, x) for y in range(height)] for x in range(width)]
    return [line for line in (*rows, *columns) if len(line) > 1]


def _hides_one(line: list[Cell], hidden: set[Cell]) -> bool:
    return sum(cell in hidden for cell in line) == 1


def _at(counts: Sequence[Sequence[int]], cell: Cell) -> tuple[int, Cell]:
    return counts[cell[0]][cell[1]], cell
