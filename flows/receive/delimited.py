"""Text files with a delimiter: rows cut by Python's strict csv reader, or by Polars where it is safe.

A stray quote spoils its own row only: when a quoted cell runs over several lines and the row does
not fit the header, its first line is set aside and reading goes on with the next line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CELL_LIMIT = 131_072
"""Characters in one cell, which is csv's own limit; nothing that is agreed comes near it."""

_LINES_IN_A_ROW = 200


@dataclass(frozen=True)
class Cut:
    """One row of a file: the line it begins on, its cells, and why they cannot be trusted."""

    line: int
    cells: Sequence[str]
    problem: str | None = None


class _Cursor:
    """Lines that are handed to csv one at a time, and taken back when a row goes wrong."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.start = 0
        self.ran_out = False

    def begin_at(self, start: int) -> None:
        """Begin a row at this line."""
        self.at = self.start = start
        self.ran_out = False

    def __iter__(self) -> _Cursor:
        return self

    def __next__(self) -> str:
        if self.at >= len(self.lines):
            self.ran_out = True
            raise StopIteration
        if self.at - self.start >= _LINES_IN_A_ROW:
            raise csv.Error
        self.at += 1
        return self.lines[self.at - 1]


@dataclass
class Cutter:
    """Cuts lines into rows of `width` cells; what a row at the end of a block lacks is left over."""

    delimiter: str
    width: int
    open_quote: bool = False
    """Whether a quote was found that nothing closes before the end of the file."""

    def rows(self, lines: Sequence[str], first_line: int, *, final: bool) -> Iterator[Cut | int]:
        """The rows of some lines, and last the number of lines left for the next block, if any."""
        cursor = _Cursor(lines)
        reader = csv.reader(cursor, delimiter=self.delimiter, strict=True)
        while cursor.at < len(lines):
            start = cursor.at
            cursor.begin_at(start)
            cells = _next_or_none(reader)
            unclosed = cells is None and cursor.ran_out
            if unclosed and not final:
                yield len(lines) - start
                return
            self.open_quote |= unclosed
            if cells is None or (len(cells) != self.width and cursor.at - start > 1):
                cursor.begin_at(start + 1)
                yield Cut(first_line + start, *self.spoilt(lines[start]))
            elif any(map(str.strip, cells)):
                yield Cut(first_line + start, cells, self.problem_of(cells))

    def problem_of(self, cells: Sequence[str]) -> str | None:
        """Why cells that were told apart still cannot be trusted."""
        if len(cells) != self.width:
            return f"列数不符:应为 {self.width} 列,实为 {len(cells)} 列"
        if "\0" in "".join(cells):
            return "含有空字符(NUL)"
        return None

    def spoilt(self, text: str) -> tuple[Sequence[str], str]:
        """The cells of a line that cannot be told apart with certainty, and why."""
        cells = text.rstrip("\r\n").split(self.delimiter)
        if any(len(cell) > CELL_LIMIT for cell in cells):
            return [cell[:CELL_LIMIT] for cell in cells], f"单元格超过 {CELL_LIMIT} 个字"
        return cells, "引号不配对,无法分列"


def _next_or_none(reader: Iterator[list[str]]) -> list[str] | None:
    """The next row, or nothing if csv cannot make sense of it."""
    try:
        return next(reader)
    except csv.Error:
        return None
