"""The work orders as a workbook for Excel or WPS: an overview, a sheet a village, and a guide.

Printed on A4 or filled in, and returned. The bytes depend on the list alone: even the time of
creation is the night's date.
"""

from __future__ import annotations

import io
from datetime import UTC, datetime

import xlsxwriter

from flows.publish.guide_sheet import add_guide
from flows.publish.overview_sheet import write_overview
from flows.publish.routes import OVERVIEW_NAME, villages_of
from flows.publish.sheet_formats import Formats
from flows.publish.village_sheet import write_village
from flows.publish.work_orders import TownshipList


def work_order_xlsx(township: TownshipList) -> bytes:
    """The township's orders as the bytes of an XLSX file."""
    file = io.BytesIO()
    villages = villages_of(township.lines)
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        created = datetime(township.on.year, township.on.month, township.on.day, tzinfo=UTC)
        book.set_properties({"title": township.file_stem, "created": created})
        formats = Formats(book)
        overview = book.add_worksheet(OVERVIEW_NAME)
        sheets = [book.add_worksheet(village.sheet) for village in villages]
        choices = add_guide(book, formats)
        write_overview(overview, formats, township, villages)
        for at, (sheet, village) in enumerate(zip(sheets, villages, strict=True), 1):
            place = f"第 {at} 张 / 共 {len(villages)} 张"
            write_village(sheet, formats, township, village, place=place, choices=choices)
    return file.getvalue()
