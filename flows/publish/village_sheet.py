"""One village's orders as a sheet, complete in itself: it is printed and carried alone.

What is known stands locked on the left, what the visitor writes is coloured on the right. Below
stand empty lines for a household in need that no order names.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import lines_needed, shortened, typeset
from flows.publish.order_cells import PREFILLED, VILLAGE, WHOM, when, whom
from flows.publish.routes import VILLAGE_UNKNOWN, Village
from flows.publish.sheet_formats import Formats
from flows.publish.sheet_heads import AFTER_HEAD, footer, title_of, write_head
from flows.publish.visit_results import RESULT_COLUMNS, YES_NO, ResultColumn
from flows.publish.work_orders import OrderLine, TownshipList

BAND_ROW, HEADER_ROW, FIRST_LINE = AFTER_HEAD, AFTER_HEAD + 1, AFTER_HEAD + 2
LINE_HEIGHT, ROOM_TO_WRITE, TALLEST_ROW = 15.5, 66, 400
"""Points. Excel shows no row taller than 409."""
MOST_LINES = int(TALLEST_ROW // LINE_HEIGHT)
NEW_LINES, NEW_LINE_HEIGHT = 3, 44
NEW_BAND = (
    "新发现的困难家庭可写在这里(没有工作单号也收):"
    "姓名写在“走访对象”,再写村、实际居住地址、联系电话和需要的帮助"
)
A4 = 9

TITLES = [column.title for column in PREFILLED] + [column.title for column in RESULT_COLUMNS]
WIDTHS = [column.width for column in PREFILLED] + [column.width for column in RESULT_COLUMNS]
LAST_COLUMN = len(WIDTHS) - 1
_OF_NEW = {TITLES.index(WHOM): "姓名", TITLES.index(VILLAGE): "哪个村"}
"""What is written of a new household on the left."""


def write_village(
    sheet: Worksheet,
    formats: Formats,
    township: TownshipList,
    village: Village,
    *,
    place: str,
    choices: str,
) -> None:
    """The sheet of one village; `place` says which sheet of how many, `choices` where they stand."""
    title = title_of(township, f" {village.name} ")
    write_head(sheet, formats, township, village.lines, title=title, last_column=LAST_COLUMN)
    _write_header(sheet, formats)
    for at, line in enumerate(village.lines):
        _write_line(sheet, formats, FIRST_LINE + at, line)
    band = FIRST_LINE + len(village.lines)
    _write_new_lines(sheet, formats, band, village)
    _add_choices(sheet, township.on, choices, FIRST_LINE, band - 1)
    _add_choices(sheet, township.on, choices, band + 1, band + NEW_LINES)
    sheet.autofilter(HEADER_ROW, 0, band - 1, LAST_COLUMN)
    _protect_and_set_up_print(sheet, band + NEW_LINES)
    sheet.set_footer(footer(township, village.sheet, place), {"margin": 0.25})


def _write_header(sheet: Worksheet, formats: Formats) -> None:
    known, asked = map(typeset, ("以下已填好,请勿改动", "以下请走访人填写(打印后手写也可)"))
    sheet.merge_range(BAND_ROW, 0, BAND_ROW, len(PREFILLED) - 1, known, formats.band)
    sheet.merge_range(BAND_ROW, len(PREFILLED), BAND_ROW, LAST_COLUMN, asked, formats.band_to_fill)
    sheet.set_row(HEADER_ROW, 34)
    for at, (title, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        style = formats.header if at < len(PREFILLED) else formats.header_to_fill
        sheet.write_string(HEADER_ROW, at, title, style)
        sheet.set_column(at, at, width)


def _write_line(sheet: Worksheet, formats: Formats, row: int, line: OrderLine) -> None:
    """One order, in a row tall enough for everything it says and for a pen."""
    texts = [shortened(column.text(line), column.width, MOST_LINES) for column in PREFILLED]
    for at, text in enumerate(texts):
        sheet.write_string(row, at, text, _style(formats, at, line.severity))
    _write_results(sheet, formats, row)
    lines = max(lines_needed(text, width) for text, width in zip(texts, WIDTHS, strict=False))
    sheet.set_row(row, max(ROOM_TO_WRITE, lines * LINE_HEIGHT + 4))


def _style(formats: Formats, at: int, severity: int) -> Format:
    if PREFILLED[at].text is whom:
        return formats.person
    return formats.severity[severity] if PREFILLED[at].text is when else formats.known


def _write_results(sheet: Worksheet, formats: Formats, row: int) -> None:
    for at in range(len(PREFILLED), len(WIDTHS)):
        is_day = at == len(PREFILLED)
        sheet.write_blank(row, at, None, formats.day_to_fill if is_day else formats.to_fill)


def _write_new_lines(sheet: Worksheet, formats: Formats, band: int, village: Village) -> None:
    """A label across the table, then the empty lines; the village is known where the sheet is its."""
    sheet.merge_range(band, 0, band, LAST_COLUMN, typeset(NEW_BAND), formats.band_to_fill)
    sheet.set_row(band, 20)
    known = "" if village.name == VILLAGE_UNKNOWN else village.name
    for row in range(band + 1, band + 1 + NEW_LINES):
        for at in range(len(PREFILLED)):
            sheet.write_blank(row, at, None, formats.to_fill if at in _OF_NEW else formats.closed)
        if known:
            sheet.write_string(row, TITLES.index(VILLAGE), known, formats.to_fill)
        _write_results(sheet, formats, row)
        sheet.set_row(row, NEW_LINE_HEIGHT)
        for at, asked in _OF_NEW.items():
            told = {"input_title": asked, "input_message": "单子上没有的困难家庭"}
            sheet.data_validation(row, at, row, at, {"validate": "any", **told})


def _add_choices(sheet: Worksheet, on: date, conclusions: str, first: int, last: int) -> None:
    """Drop-down lists and hints; a wrong date is questioned, never refused."""
    for at, column in enumerate(RESULT_COLUMNS, len(PREFILLED)):
        sheet.data_validation(first, at, last, at, _validation(column, on, conclusions))


def _validation(column: ResultColumn, on: date, conclusions: str) -> dict[str, object]:
    told = {"input_title": column.title, "input_message": column.hint, "ignore_blank": True}
    if column.choices:
        source: Sequence[str] | str = list(YES_NO) if column.choices == YES_NO else conclusions
        wrong = {"error_title": column.title, "error_message": "请从下拉表中选一项"}
        return {**told, **wrong, "validate": "list", "source": source}
    if column.title == "走访日期":
        asked = {"error_title": column.title, "error_message": "日期请写成 2026-11-25 的样子"}
        span = {"criteria": "between", "minimum": on, "maximum": on + timedelta(days=366)}
        return {**told, **asked, **span, "validate": "date", "error_type": "warning"}
    return {**told, "validate": "any"}


def _protect_and_set_up_print(sheet: Worksheet, last: int) -> None:
    """Lock what is known; A4 landscape, headers on every page, every page numbered."""
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
    sheet.freeze_panes(FIRST_LINE, 2)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.55)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(BAND_ROW, HEADER_ROW)
    sheet.print_area(0, 0, last, LAST_COLUMN)
