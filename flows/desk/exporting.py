"""The list as a file that says of itself which filter made it, how new it is, its rows and their hash."""

from __future__ import annotations

import codecs
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from flows import files
from flows.desk.listing import STATES
from flows.excel_csv import excel_csv
from flows.publish.cells import guarded, plain
from flows.publish.work_orders import SEVERITY_WORDS

COLUMNS = (
    *("户号", "等级", "状态", "乡镇", "村(社区)", "联系人", "预警", "首次发现", "走访期限"),
    *("工作单号", "走访人", "说明"),
)


@dataclass(frozen=True, kw_only=True)
class Exported:
    """What goes out; sha256 is of the rows as printed, so that a copy can be checked against it."""

    rows: tuple[tuple[str, ...], ...]
    filter: str
    night: str
    known_until: str
    who: str

    @property
    def sha256(self) -> str:
        """The hash of header and rows as CSV, without the byte order mark."""
        return files.sha256(excel_csv((COLUMNS, *self.rows)).removeprefix(codecs.BOM_UTF8))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What stands below the rows."""
        return (
            f"数据截至:{self.night} 夜",
            f"各部门数据截至日期:{self.known_until}",
            f"筛选:{self.filter or '无(全部)'}",
            f"户数:{len(self.rows)}",
            f"校验(sha256,表头和各行):{self.sha256}",
            f"导出人:{self.who}。内部使用,用后销毁,不得外传。",
        )


def exported(rows: Sequence[dict[str, Any]], titles: dict[str, str], **told: str) -> Exported:
    """The rows of the list as they are printed, masked as on the screen; `told`: all else of Exported."""
    lines = tuple(
        tuple(
            guarded(plain(str(value if value is not None else ""))) for value in _cells(row, titles)
        )
        for row in rows
    )
    return Exported(rows=lines, **told)


def _cells(row: dict[str, Any], titles: dict[str, str]) -> tuple[Any, ...]:
    signals = [titles.get(name, name) for name in (row["signals"] or "").split(",") if name]
    return (
        row["household_id"],
        SEVERITY_WORDS[row["severity"]],
        STATES.get(row["state"], row["state"]),
        row["township_name"],
        row["village_name"],
        row["lead_name"],
        "、".join(signals),
        row["first_found"],
        row["due_on"],
        row["order_no"],
        row["visitor"],
        row["state_reason"],
    )


def as_csv(one: Exported) -> bytes:
    """The rows for Excel and WPS; the remarks below an empty line."""
    remarks = [(line,) for line in one.remarks]
    return excel_csv((COLUMNS, *one.rows, (), *remarks))


def as_xlsx(one: Exported) -> bytes:
    """A sheet of rows, all of them text, and a sheet of remarks."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    head, text = (
        book.add_format({"bold": True, "text_wrap": True}),
        book.add_format({"num_format": "@"}),
    )
    sheet = book.add_worksheet("名单")
    sheet.write_row(0, 0, COLUMNS, head)
    for place, row in enumerate(one.rows, start=1):
        for column, value in enumerate(row):
            sheet.write_string(place, column, value, text)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(one.rows)), len(COLUMNS) - 1)
    sheet.set_column(0, len(COLUMNS) - 1, 14)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0)
    told = book.add_worksheet("说明")
    told.set_column(0, 0, 100)
    for place, line in enumerate(one.remarks):
        told.write_string(place, 0, line, text)
    book.close()
    return buffer.getvalue()
