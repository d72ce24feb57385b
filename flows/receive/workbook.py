"""An Excel workbook as a delivered table: one data sheet, read as text, its header found by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import fastexcel
import polars as pl

from data_contracts.terms import Source
from flows.receive.chunks import CHUNK_ROWS, Chunk, Malformed
from flows.receive.excel_cells import as_text
from flows.receive.foot import FOOT_ROWS, is_blank, is_foot, stated_rows
from flows.receive.header import SEARCHED_ROWS, Header, mapped
from flows.receive.unusable import ONE_SHEET, UnusableFileError, empty, unreadable
from flows.receive.zipped import lost_numbers, refuse_if_unpackable, starts_in_1904


@dataclass(frozen=True)
class _Sheet:
    """A sheet with its best header row, and whether anything stands below it."""

    name: str
    header: Header
    lines: int
    has_data: bool


@dataclass(frozen=True)
class SheetChunk:
    """A chunk of sheet rows; a sheet has no malformed ones."""

    rows: Sequence[int]
    lines: Sequence[int]
    grid: Any
    malformed: Sequence[Malformed] = ()

    def frame(self, places: Mapping[str, int]) -> Any:
        """The declared columns as text."""
        return self.grid.select(pl.nth(at).alias(name) for name, at in places.items())

    def cells(self, at: int) -> Sequence[str]:
        """The cells of one row as text."""
        return [cell or "" for cell in self.grid.row(at)]


class WorkbookTable:
    """The data sheet of an Excel workbook of a source."""

    encoding = "xlsx"
    delimiter = ""
    ended_with_newline: bool | None = None

    def __init__(self, data: bytes, source: Source, chunk_rows: int = CHUNK_ROWS) -> None:
        refuse_if_unpackable(data)
        self.stated_rows: int | None = None
        self._source = source
        self._chunk_rows = chunk_rows
        self._lost_numbers = lost_numbers(data)
        self._starts_in_1904 = starts_in_1904(data)
        self._workbook = _opened(data)
        self._sheet = self._data_sheet()
        self.header = self._sheet.header

    @property
    def sheet_name(self) -> str:
        """The sheet that holds the data."""
        return self._sheet.name

    def chunks(self) -> Iterator[Chunk]:
        """The data rows without blank ones; the line of a row is its number in Excel."""
        whole = _rows_of(self._workbook, self._sheet.name).with_row_index("line", 1)
        below = whole.slice(self._sheet.lines)
        below = below.filter(~pl.all_horizontal(_is_blank(pl.exclude("line"))))
        below = self._without_foot(below)
        for start in range(0, below.height, self._chunk_rows):
            part = below.slice(start, self._chunk_rows)
            grid = as_text(
                part.drop("line"),
                {self.header.places[name]: column for name, column in self._read_columns()},
                self._lost_numbers,
                starts_in_1904=self._starts_in_1904,
            )
            rows = range(start + 1, start + 1 + part.height)
            yield SheetChunk(rows, part["line"].to_list(), grid)

    def _read_columns(self) -> Iterator[tuple[str, Any]]:
        return ((name, self._source.columns[name]) for name in self.header.places)

    def _without_foot(self, rows: Any) -> Any:
        foot: list[list[str]] = []
        for cells in rows.drop("line").tail(FOOT_ROWS).reverse().iter_rows():
            if not is_foot(cells):
                break
            foot.append([cell or "" for cell in cells])
        self.stated_rows = stated_rows(foot)
        return rows.head(rows.height - len(foot))

    def _data_sheet(self) -> _Sheet:
        sheets = [
            sheet
            for name in self._workbook.sheet_names
            if (sheet := _looked_at(self._workbook, name, self._source))
        ]
        if not sheets:
            raise empty()
        fitting = [sheet for sheet in sheets if sheet.header.fits(self._source) and sheet.has_data]
        if len(fitting) > 1:
            raise UnusableFileError(
                ONE_SHEET,
                f"多个工作表都像数据表:{'、'.join(sheet.name for sheet in fitting)};"
                "请只保留一个数据工作表",
                f"{len(fitting)} sheets look like data; keep one data sheet",
            )
        return max(fitting or sheets, key=lambda sheet: len(sheet.header.places))


def _opened(data: bytes) -> Any:
    try:
        return fastexcel.read_excel(data)
    except fastexcel.FastExcelError:
        raise unreadable(
            "Excel 文件无法打开,请重新导出并发送",
            "the workbook cannot be opened; export and send it again",
        ) from None


def _rows_of(workbook: Any, name: str, limit: int | None = None) -> Any:
    """The rows of a sheet as text from Excel's row 1 on, blank ones included."""
    try:
        sheet = workbook.load_sheet(
            name, header_row=None, skip_rows=0, dtypes="string", n_rows=limit
        )
    except fastexcel.FastExcelError:
        raise unreadable(
            "Excel 工作表无法读取,请重新导出并发送",
            "a sheet cannot be read; export and send it again",
        ) from None
    return sheet.to_polars()


def _looked_at(workbook: Any, name: str, source: Source) -> _Sheet | None:
    top = [
        [cell or "" for cell in cells]
        for cells in _rows_of(workbook, name, 3 * SEARCHED_ROWS).iter_rows()
    ]
    heads = [
        (mapped(cells, source), line)
        for line, cells in enumerate(top[:SEARCHED_ROWS], 1)
        if not is_blank(cells)
    ]
    if not heads:
        return None
    header, line = max(heads, key=lambda head: (len(head[0].places), -head[1]))
    return _Sheet(name, header, line, any(not is_blank(cells) for cells in top[line:]))


def _is_blank(cells: Any) -> Any:
    return cells.is_null() | (cells.str.strip_chars() == "")
