"""The work orders as a workbook for Excel or WPS: printed on A4 or filled in, and returned.

What is known stands locked on the left, what the visitor writes is coloured on the right. The bytes
depend on the list alone: even the time of creation is the night's date.
"""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import chinese_day, lines_needed, plain, shortened, typeset
from flows.publish.guide_sheet import add_guide
from flows.publish.order_cells import PREFILLED, when, whom
from flows.publish.sheet_formats import Formats
from flows.publish.visit_results import RESULT_COLUMNS, YES_NO, ResultColumn
from flows.publish.work_orders import SEVERITY_WORDS, OrderLine, TownshipList

SHEET_NAME = "走访工作单"
PRIVACY_NOTICE = (
    "内部资料,注意保密:仅供本次走访使用,不得公示、转发或拍照外传,用后交回乡镇统一保管或销毁。"
    "本单只用于上门了解情况、提供帮助,不作为停发或减少救助的依据。"
)
TITLE_ROW, SUMMARY_ROW, NOTICE_ROW, BAND_ROW, HEADER_ROW = range(5)
FIRST_LINE = HEADER_ROW + 1
LINE_HEIGHT, ROOM_TO_WRITE, TALLEST_ROW = 15.5, 66, 400
"""Points. Excel shows no row taller than 409."""
MOST_LINES = int(TALLEST_ROW // LINE_HEIGHT)
A4 = 9


TITLES = [column.title for column in PREFILLED] + [column.title for column in RESULT_COLUMNS]
WIDTHS = [column.width for column in PREFILLED] + [column.width for column in RESULT_COLUMNS]
LAST_COLUMN = len(WIDTHS) - 1


def work_order_xlsx(township: TownshipList) -> bytes:
    """The township's orders as the bytes of an XLSX file."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        created = datetime(township.on.year, township.on.month, township.on.day, tzinfo=UTC)
        book.set_properties({"title": township.file_stem, "created": created})
        formats = Formats(book)
        sheet = book.add_worksheet(SHEET_NAME)
        choices = add_guide(book, formats)
        _write_head(sheet, formats, township)
        for at, line in enumerate(township.lines):
            _write_line(sheet, formats, FIRST_LINE + at, line)
        _add_choices(sheet, township, choices)
        _protect_and_set_up_print(sheet, township)
    return file.getvalue()


def _write_head(sheet: Worksheet, formats: Formats, township: TownshipList) -> None:
    """The title, the counts, the notice and the two header rows."""
    heads = (
        (TITLE_ROW, 30, _title(township), formats.title),
        (SUMMARY_ROW, 20, _summary(township), formats.summary),
        (NOTICE_ROW, 20, PRIVACY_NOTICE, formats.notice),
    )
    for row, height, text, style in heads:
        sheet.set_row(row, height)
        sheet.merge_range(row, 0, row, LAST_COLUMN, "", style)
        sheet.write_string(row, 0, typeset(text), style)
    known, asked = map(typeset, ("以下已填好,请勿改动", "以下请走访人填写(打印后手写也可)"))
    sheet.merge_range(BAND_ROW, 0, BAND_ROW, len(PREFILLED) - 1, known, formats.band)
    sheet.merge_range(BAND_ROW, len(PREFILLED), BAND_ROW, LAST_COLUMN, asked, formats.band_to_fill)
    sheet.set_row(HEADER_ROW, 34)
    for at, (title, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        style = formats.header if at < len(PREFILLED) else formats.header_to_fill
        sheet.write_string(HEADER_ROW, at, title, style)
        sheet.set_column(at, at, width)


def _title(township: TownshipList) -> str:
    supplement = f"(补充单 第{township.supplement}号)" if township.supplement else ""
    place = plain(township.county_name) + plain(township.township_name)
    return f"{place}走访工作单{supplement}  {chinese_day(township.on)}"


def _summary(township: TownshipList) -> str:
    counts = Counter(line.severity for line in township.lines)
    by_severity = "、".join(f"{word} {counts[at]} 户" for at, word in SEVERITY_WORDS.items())
    contact = plain(township.contact)
    asked = f"    有疑问请联系:{contact}" if contact else ""
    return f"共 {len(township.lines)} 户,其中{by_severity}{asked}"


def _write_line(sheet: Worksheet, formats: Formats, row: int, line: OrderLine) -> None:
    """One order, in a row tall enough for everything it says and for a pen."""
    texts = [shortened(column.text(line), column.width, MOST_LINES) for column in PREFILLED]
    for at, text in enumerate(texts):
        sheet.write_string(row, at, text, _style(formats, at, line.severity))
    for at in range(len(PREFILLED), len(WIDTHS)):
        is_day = at == len(PREFILLED)
        sheet.write_blank(row, at, None, formats.day_to_fill if is_day else formats.to_fill)
    lines = max(lines_needed(text, width) for text, width in zip(texts, WIDTHS, strict=False))
    sheet.set_row(row, max(ROOM_TO_WRITE, lines * LINE_HEIGHT + 4))


def _style(formats: Formats, at: int, severity: int) -> Format:
    if PREFILLED[at].text is whom:
        return formats.person
    return formats.severity[severity] if PREFILLED[at].text is when else formats.known


def _add_choices(sheet: Worksheet, township: TownshipList, conclusions: str) -> None:
    """Drop-down lists and hints; a wrong date is questioned, never refused."""
    last = FIRST_LINE + len(township.lines) - 1
    for at, column in enumerate(RESULT_COLUMNS, len(PREFILLED)):
        sheet.data_validation(
            FIRST_LINE, at, last, at, _validation(column, township.on, conclusions)
        )


def _validation(column: ResultColumn, on: date, conclusions: str) -> dict[str, object]:
    told = {"input_title": column.title, "input_message": column.hint, "ignore_blank": True}
    if column.choices:
        source = list(YES_NO) if column.choices == YES_NO else conclusions
        wrong = {"error_title": column.title, "error_message": "请从下拉表中选一项"}
        return {**told, **wrong, "validate": "list", "source": source}
    if column.title == "走访日期":
        asked = {"error_title": column.title, "error_message": "日期请写成 2026-11-25 的样子"}
        span = {"criteria": "between", "minimum": on, "maximum": on + timedelta(days=366)}
        return {**told, **asked, **span, "validate": "date", "error_type": "warning"}
    return {**told, "validate": "any"}


def _protect_and_set_up_print(sheet: Worksheet, township: TownshipList) -> None:
    """Lock what is known; A4 landscape, headers on every page, every page numbered."""
    last = FIRST_LINE + len(township.lines) - 1
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.autofilter(HEADER_ROW, 0, last, LAST_COLUMN)
    sheet.freeze_panes(FIRST_LINE, 2)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.55)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(BAND_ROW, HEADER_ROW)
    sheet.print_area(0, 0, last, LAST_COLUMN)
    name = plain(township.township_name)[:20].replace("&", "&&")
    day = township.on.isoformat()
    sheet.set_footer(f"&L{name} {day}&C第 &P 页 / 共 &N 页&R内部使用 严禁外传", {"margin": 0.25})
