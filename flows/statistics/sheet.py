"""The monthly summary as CSV or as a workbook; the same counts give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime

import xlsxwriter

from flows.publish.cells import guarded, plain
from flows.statistics.monthly import STAGES, Month
from flows.statistics.protecting import Protected, Told
from flows.statistics.small import MOST_HIDDEN
from flows.yields.groups import title

HIDDEN = "*"
NOTE = (
    f"除 * 以外各数四舍五入到 5 的倍数,因此合计不一定等于各行之和。* 表示不公布:{MOST_HIDDEN} 及以下,"
    "或者可由合计推出前者。一个月的汇总只对外公布一次。"
)
_HEADER = ("月份", "乡镇", *STAGES.values())
_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's date has no zone


def summary_lines(
    table: Protected, codes: Sequence[str], month: Month, townships: Mapping[str, str]
) -> list[tuple[str | int, ...]]:
    """Header, one line per township, the county."""
    names = [guarded(plain(title("township", code, townships))) for code in codes]
    lines = zip([*names, "合计"], [*table.rows, table.total], strict=True)
    return [_HEADER, *((str(month), name, *map(_shown, told)) for name, told in lines)]


def as_workbook(lines: Sequence[Sequence[str | int]]) -> bytes:
    """One sheet with the note below the table."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": _NEVER})
        sheet = book.add_worksheet("汇总")
        bold, right = book.add_format({"bold": True}), book.add_format({"align": "right"})
        sheet.set_column(0, len(_HEADER) - 1, 14, right)
        sheet.write_row(0, 0, lines[0], bold)
        for at, line in enumerate(lines[1:], start=1):
            sheet.write_row(at, 0, line)
        sheet.write_string(len(lines) + 1, 0, NOTE, book.add_format({"align": "left"}))
    return content.getvalue()


def _shown(count: Told) -> str | int:
    return HIDDEN if count is None else count
