"""Find the columns of a spec in the first row of a file, by name."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.errors import DoorstepError
from flows.match.spec import TableSpec, nearest
from flows.receive.header import normal

DELIMITERS = (",", "\t", ";", "|")
_SHOWN = 40
_VALUE = re.compile(r"\d{6}|\d{4}[-/.]\d|^\d+$")
"""What is in no column's name, but in many a row of data."""


@dataclass(frozen=True)
class Header:
    """The first row of a text file, what parts its cells, and how many lines it takes."""

    cells: Sequence[str]
    delimiter: str
    lines: int


def header_of(text: str, table: TableSpec) -> Header:
    """The first row, under the delimiter by which most columns of the spec are found."""
    wanted = {normal(column) for column in table.columns.values()}
    rows = [row for delimiter in DELIMITERS if (row := _first_row(text, delimiter))]
    if not rows:
        raise DoorstepError(f"{table.place}:文件是空的。请重新导出。")
    return max(rows, key=lambda row: len(wanted & {normal(cell) for cell in row.cells}))


def places(header: Sequence[str], table: TableSpec) -> Mapping[str, int]:
    """Where each field's column stands; exactly as spelled, else without blanks and width."""
    found = {}
    for field, column in table.columns.items():
        exact = [at for at, cell in enumerate(header) if cell == column]
        alike = [at for at, cell in enumerate(header) if normal(cell) == normal(column)]
        at = exact or alike
        if not at:
            raise _missing(header, table, field, column)
        if len(at) > 1:
            raise DoorstepError(f"{table.place}:列“{column}”出现 {len(at)} 次。请在文件中改名。")
        found[field] = at[0]
    return found


def _first_row(text: str, delimiter: str) -> Header | None:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        cells = next((row for row in reader if row), None)
    except csv.Error:
        return None
    return Header(cells, delimiter, reader.line_num) if cells else None


def _missing(header: Sequence[str], table: TableSpec, field: str, column: str) -> DoorstepError:
    if any(_VALUE.search(cell) for cell in header):
        return DoorstepError(
            f"{table.place}:没有列“{column}”({field})。第一行像是数据而不是列名,请先加上一行列名。"
        )
    meant = nearest(column, header)
    hint = f"是否想写“{meant}”?" if meant else ""
    shown = "、".join(cell.strip() or "(空)" for cell in header[:_SHOWN])
    more = "……" if len(header) > _SHOWN else ""
    return DoorstepError(
        f"{table.place}:没有列“{column}”({field})。{hint}文件中的列:{shown}{more}。"
    )
