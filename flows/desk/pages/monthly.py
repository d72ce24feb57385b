"""月报: the township summary of a month, the very figures of `doorstep statistics`."""

from __future__ import annotations

from urllib.parse import quote

from starlette.responses import Response

from flows import files
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.errors import UsageError
from flows.excel_csv import excel_csv
from flows.statistics.command import last_month, month_lines, month_of
from flows.statistics.sheet import NOTE, as_workbook

_KINDS = {
    "csv": (excel_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def monthly(visit: Visit) -> Response:
    """The summary on the page; a month without orders says so."""
    today = visit.now.date()
    asked = visit.asked("month") or None
    month = month_of(asked) or last_month(today)
    lines, refused = [], ""
    try:
        lines = month_lines(visit.home, month, today)
    except UsageError as error:
        refused = str(error)
    return visit.show("monthly.html.j2", month=str(month), lines=lines, refused=refused, note=NOTE)


def monthly_file(visit: Visit) -> Response:
    """The same as a file; noted with month, lines and hash before it goes out."""
    month, kind = month_of(visit.path("month")), visit.path("kind")
    if month is None or kind not in _KINDS:
        raise UsageError("没有这种文件。")
    lines = month_lines(visit.home, month, visit.now.date())
    write, media = _KINDS[kind]
    content = write(lines)
    visit.note("statistics", filter=str(month), count=len(lines), sha256=files.sha256(content))
    name = quote(f"走访汇总_{month}.{kind}")
    headers = {
        "content-disposition": f"attachment; filename*=UTF-8''{name}",
        "cache-control": "no-store",
    }
    return Response(content, media_type=media, headers=headers)


PAGES = (
    Page("/monthly", monthly, needs=Need.MEETING),
    Page("/monthly/{month}/{kind}", monthly_file, needs=Need.EXPORT),
)
