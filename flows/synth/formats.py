"""Cells as files: text in many encodings, and spreadsheets with titles and totals."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime

import polars as pl
import xlsxwriter

from flows.synth.departments.terms import Form

_CREATED = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def encoded(cells: pl.DataFrame, form: Form, numeric: set[str], day: date) -> bytes:
    """A file of these cells in an office's form, made on a day."""
    if form.suffix == "xlsx":
        return _spreadsheet(cells, form, numeric, day)
    headers = form.separator.join(_printed(name) for name in cells.columns)
    empty_as_null = cells.select(pl.when(pl.all() != "").then(pl.all()).name.keep())
    text = empty_as_null.write_csv(
        separator=form.separator,
        include_header=False,
        line_terminator="\r\n",
        quote_style="necessary",
    )
    return f"{headers}\r\n{text}".encode(form.encoding)


def _printed(header: str) -> str:
    """A header as it stands in the file: 电话#2 is the second 电话."""
    return header.split("#")[0]


def _spreadsheet(cells: pl.DataFrame, form: Form, numeric: set[str], day: date) -> bytes:
    """Two title rows, the header, the rows, and 合计 below."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_string(0, 0, form.title)
    sheet.write_string(1, 0, f"制表日期:{day:%Y年%m月%d日}")
    for column, name in enumerate(cells.columns):
        sheet.write_string(2, column, _printed(name))
        _write_column(sheet, column, cells[name].to_list(), number=name in numeric)
    sheet.write_string(3 + cells.height, 0, "合计")
    sheet.write_string(3 + cells.height, 1, f"共{cells.height}条")
    book.close()
    return content.getvalue()


def _write_column(
    sheet: xlsxwriter.worksheet.Worksheet, column: int, values: list[str], *, number: bool
) -> None:
    for row, value in enumerate(values, start=3):
        if value and number and _is_number(value):
            sheet.write_number(row, column, float(value))
        elif value:
            sheet.write_string(row, column, value)


def _is_number(value: str) -> bool:
    return value.replace(".", "", 1).removeprefix("-").isdigit()
