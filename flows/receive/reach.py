"""How far a sheet reaches.

The spreadsheet reader makes room for every cell between the first and the last: a single cell in the
far corner would end the process for want of memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

MOST_CELLS = 20_000_000

_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br\s*=\s*["'](\d{1,9})["'][^>]*(?<!/)>""")
_WIDE = re.compile(rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']([A-Z]{2,5})(\d{1,9})["'][^>]*(?<!/)>""")
_CELL = re.compile(
    rb"""<(?:\w+:)?(row|c)\b(?:[^>]*?\br\s*=\s*["']([A-Z]*)(\d{1,9})["'])?[^>]*?(/>|></(?:\w+:)?c>|>)"""
)
_ONE_LETTER = 26


def reaches_too_far(read: Callable[[], Iterable[bytes]]) -> bool:
    """Whether the filled cells of a sheet span more than can be made room for.

    A first look takes every opened row for filled; only a sheet that seems too large is counted
    cell by cell, because whole formatted columns are common and harmless.
    """
    rows, columns = 1, _ONE_LETTER
    for part in read():
        rows = max([rows, *map(int, _ROW.findall(part))])
        wide = _WIDE.findall(part)
        columns = max([columns, *map(column_number, {letters for letters, _ in wide})])
        rows = max([rows, *map(int, {row for _, row in wide})])
    return rows * columns > MOST_CELLS and _exact(read()) > MOST_CELLS


def column_number(letters: bytes) -> int:
    """A column's number from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _exact(parts: Iterable[bytes]) -> int:
    """Rows up to the last filled one, times columns between the first and last filled ones."""
    row = column = last_row = last_column = 0
    first_column = 1 << 30
    for part in parts:
        for kind, letters, number, ending in _CELL.findall(part):
            if kind == b"row":
                row, column = int(number) if number else row + 1, 0
                continue
            row = int(number) if number else row
            column = column_number(letters) if letters else column + 1
            if ending == b">":
                last_row = max(last_row, row)
                first_column, last_column = min(first_column, column), max(last_column, column)
    return last_row * max(0, last_column - first_column + 1)
