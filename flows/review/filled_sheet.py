"""The rows of a filled workbook, whoever saved it: columns by name, every sheet that has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import fastexcel

from flows.errors import DoorstepError
from flows.publish.cells import plain, unguarded
from flows.receive.header import normal
from flows.receive.unusable import UnusableFileError
from flows.receive.zipped import refuse_if_unpackable
from flows.review.words import ANSWER_HEADER, NOTE_HEADER, NUMBER_HEADER, SHEET_HEADER

SEARCHED_ROWS = 30
WRONG_FORMULA = "#错误"
NEEDED = (NUMBER_HEADER, SHEET_HEADER, ANSWER_HEADER)


@dataclass(frozen=True, order=True)
class Place:
    """Where a row stands as Excel counts; the sheet is named where the workbook has several."""

    sheet: str
    line: int

    def __str__(self) -> str:
        """As it is told."""
        return f"工作表“{self.sheet}”第 {self.line} 行" if self.sheet else f"第 {self.line} 行"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row as text, by header."""

    place: Place
    cells: Mapping[str, str]


def rows_of(data: bytes) -> Iterator[Row]:
    """Every row below a header; a file that is no workbook or has not our columns is refused."""
    book = _opened(data)
    tables = [(name, _table(book, name)) for name in book.sheet_names]
    found = [(name, lines, at) for name, lines in tables if (at := _header_at(lines)) is not None]
    if not found:
        raise DoorstepError(
            f"文件中找不到表头“{'”、“'.join(NEEDED)}”。请填写 doorstep review export 导出的表。"
        )
    for name, lines, at in found:
        places = _places(lines[at])
        sheet = name if len(found) > 1 else ""
        for line, cells in enumerate(lines[at + 1 :], at + 2):
            texts = {title: plain(unguarded(cells[place])) for title, place in places.items()}
            yield Row(place=Place(sheet, line), cells={NOTE_HEADER: "", **texts})


def _opened(data: bytes) -> Any:
    try:
        refuse_if_unpackable(data)
        return fastexcel.read_excel(data)
    except UnusableFileError as error:
        raise DoorstepError(f"{error.reason}。") from None
    except fastexcel.FastExcelError:
        raise DoorstepError("文件无法打开。请用 Excel 或 WPS 另存为 .xlsx 后重试。") from None


def _table(book: Any, name: str) -> list[list[str]]:
    """The cells of a sheet as text from its first row on; nothing of a sheet that is no table.

    A formula that went wrong reads as empty; it gets a text of its own, so that it is complained of.
    """
    try:
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        cells, wrong = sheet.to_arrow_with_errors()
    except fastexcel.FastExcelError:
        return []
    columns = [column.to_pylist() for column in cells.columns]
    lines = [[cell or "" for cell in line] for line in zip(*columns, strict=True)]
    for error in wrong.errors if wrong else ():
        line, column = error.position
        lines[line][column] = WRONG_FORMULA
    return lines


def _header_at(lines: Sequence[Sequence[str]]) -> int | None:
    """Where the header stands: the first row that has every column we need."""
    wanted = {normal(title) for title in NEEDED}
    for at, cells in enumerate(lines[:SEARCHED_ROWS]):
        if wanted <= {normal(cell) for cell in cells}:
            return at
    return None


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each of our columns stands; columns that somebody added are left alone."""
    titles = [normal(cell) for cell in header]
    found = {}
    for title in (*NEEDED, NOTE_HEADER):
        if titles.count(normal(title)) > 1:
            raise DoorstepError(f"“{title}”列出现了不止一次。请只保留一列后重试。")
        if normal(title) in titles:
            found[title] = titles.index(normal(title))
    return found
