"""错误清单: the rows that could not be taken, as they were sent, to be put right and sent back.

The book is itself a sheet that can be returned: its header is the sender's, so a mended row is read
like any other.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import groupby

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from flows.receive.quarantine import safe
from flows.returns.taken import Problem

SHEET_NAME = "错误清单"
WHY, HOW = "问题", "怎么改"
_LONGEST = 32_000
"""Excel holds 32,767 characters in a cell."""

_WIDTH, _WIDE = 14, 30


def error_book(problems: Sequence[Problem]) -> bytes:
    """The bad rows behind what is wrong with them; a header before each stretch that has another."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": SHEET_NAME, "created": datetime(2000, 1, 1, tzinfo=UTC)})
        sheet = book.add_worksheet(SHEET_NAME)
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"num_format": "@", "text_wrap": True, "bold": True})
        for line, (texts, is_header) in enumerate(_lines(problems)):
            _write(sheet, line, texts, bold if is_header else text)
        sheet.set_column(0, 1, _WIDE)
        sheet.set_column(2, 30, _WIDTH)
        sheet.freeze_panes(1, 2)
    return file.getvalue()


def _lines(problems: Sequence[Problem]) -> Iterator[tuple[Sequence[str], bool]]:
    """Every line of the book, and whether it is a header."""
    for titles, stretch in groupby(_by_row(problems), key=lambda rows: rows[0].titles):
        yield (WHY, HOW, *titles), True
        for rows in stretch:
            yield (*_told(rows), *rows[0].cells), False


def _by_row(problems: Sequence[Problem]) -> list[list[Problem]]:
    rows = groupby(problems, key=lambda problem: (problem.sheet, problem.line))
    return [list(row) for _, row in rows]


def _told(rows: Sequence[Problem]) -> tuple[str, str]:
    """Every reason of a row, and every advice, each said once."""
    place = _place(rows[0])
    reasons = dict.fromkeys(f"{one.fault.column}:{one.fault.reason}" for one in rows)
    remedies = dict.fromkeys(one.fault.remedy for one in rows)
    return f"{place}{';'.join(reasons)}", ";".join(remedies)


def _place(problem: Problem) -> str:
    sheet = f"“{problem.sheet}”" if problem.sheet else ""
    return f"{sheet}第 {problem.line} 行 " if problem.line else ""


def _write(sheet: Worksheet, line: int, texts: Sequence[str], style: object) -> None:
    for column, cell in enumerate(texts):
        sheet.write_string(line, column, safe(cell)[:_LONGEST], style)
