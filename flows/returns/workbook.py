"""A returned workbook: every sheet as text, merged cells filled down, formulas gone wrong marked."""

from __future__ import annotations

import itertools
from typing import Any

import fastexcel

from flows.receive.unusable import UnusableFileError, unreadable
from flows.receive.zipped import refuse_if_unpackable
from flows.returns.layout import Layout, layouts_of
from flows.returns.raw import RawRow, RawSheet

WRONG_FORMULA = "#错误"
_MIDNIGHT = " 00:00:00"


def workbook_sheets(content: bytes) -> list[RawSheet]:
    """The sheets of a workbook in its order; raises UnusableFileError."""
    refuse_if_unpackable(content)
    layouts = layouts_of(content)
    book = _opened(content)
    return [
        RawSheet(name, _rows(book, name, layouts[name]))
        for name in book.sheet_names
        if name in layouts
    ]


def _opened(content: bytes) -> Any:
    try:
        return fastexcel.read_excel(content)
    except fastexcel.FastExcelError:
        raise _damaged() from None


def _damaged() -> UnusableFileError:
    return unreadable(
        "Excel 文件无法打开,请用 Excel 或 WPS 另存为 .xlsx 后重新发送", "the workbook is damaged"
    )


def _rows(book: Any, name: str, layout: Layout) -> list[RawRow]:
    table = _table(book, name)
    if table and len(table[0]) == layout.width:
        _fill_down(table, layout)
    return [RawRow(line, cells) for line, cells in enumerate(table, 1) if any(cells)]


def _table(book: Any, name: str) -> list[list[str]]:
    """The cells of a sheet from its first row and its first used column on."""
    try:
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        cells, wrong = sheet.to_arrow_with_errors()
    except fastexcel.FastExcelError:
        raise _damaged() from None
    columns = [column.to_pylist() for column in cells.columns]
    table = [
        [(cell or "").removesuffix(_MIDNIGHT) for cell in line]
        for line in zip(*columns, strict=True)
    ]
    for error in wrong.errors if wrong else ():
        line, column = error.position
        table[line][column] = WRONG_FORMULA
    return table


def _fill_down(table: list[list[str]], layout: Layout) -> None:
    """A cell merged over several rows speaks for each of them; across columns it speaks for one."""
    for merge in layout.merges:
        column = merge.column - layout.first_column
        if not (0 <= column < layout.width and merge.first < len(table)):
            continue
        value = table[merge.first][column]
        for line in itertools.takewhile(len(table).__gt__, range(merge.first + 1, merge.last + 1)):
            table[line][column] = table[line][column] or value
