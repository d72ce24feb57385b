"""The second sheet: how to visit, what to say at the door, and what each conclusion means."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import lines_needed, typeset
from flows.publish.sheet_formats import Formats
from flows.publish.visit_results import VISIT_RESULT_CHOICES

GUIDE_NAME = "填表说明"
WIDTH = 92
LINE_HEIGHT = 16
A4 = 9

SECTIONS = (
    (
        "怎么填",
        (
            "1. 每户一行,只填右边带颜色的 8 栏;左边已经填好,不用改。",
            "2. “核实结论”从下拉表中选;打印手写的,写前面的两位代码就行。",
            "3. 一户有几种情况的,选最主要的一种,其余写在“备注”。",
            "4. 人不住这里、电话打不通、本人谢绝,也是结论,照实选,这户就不会天天派给您。",
            "5. 填一部分也可以先交回。列的顺序变了、行删了、另存成 CSV 都不要紧,工作单号别改。",
            "6. 期限后面写着“暂定”的,是因为来年放假安排还没公布,公布后以县里通知为准。",
        ),
    ),
    (
        "进门怎么说",
        (
            "“您好,我是镇上(村里)的,来看看家里最近有没有需要帮忙的地方。”",
            "“有些救助政策您家可能用得上,我给您说一说,申请不申请由您自己定。”",
            "“今天了解的情况只用来帮您办事,不会公开。”",
        ),
    ),
    (
        "请注意",
        (
            "不要当着外人念表上的内容,不要追问病名,也不要猜测信息是从哪里来的。",
            "只是走访了解和提供帮助,不当场答应,也不因为这张单子停发、减发任何救助。",
            "发现急难情况(断粮、无人照料、住处危险)先救人,当天给县里打电话。",
        ),
    ),
)
CHOICES_HEADING = "核实结论(下拉表的内容)"


def add_guide(book: Workbook, formats: Formats) -> str:
    """Add the sheet and say where, as a formula, the conclusions to choose from stand."""
    sheet = book.add_worksheet(GUIDE_NAME)
    sheet.set_column(0, 0, WIDTH)
    row = 0
    for heading, texts in SECTIONS:
        row = _write_section(sheet, formats, row, heading, texts)
    first = row + 1
    end = _write_section(sheet, formats, row, CHOICES_HEADING, VISIT_RESULT_CHOICES)
    _protect_and_set_up_print(sheet, end)
    return f"='{GUIDE_NAME}'!$A${first + 1}:$A${first + len(VISIT_RESULT_CHOICES)}"


def _write_section(
    sheet: Worksheet, formats: Formats, row: int, heading: str, texts: tuple[str, ...]
) -> int:
    """A heading and its lines; the row where the next section starts."""
    sheet.set_row(row, 26)
    sheet.write_string(row, 0, typeset(heading), formats.heading)
    for at, text in enumerate(map(typeset, texts), row + 1):
        sheet.set_row(at, lines_needed(text, WIDTH) * LINE_HEIGHT + 2)
        sheet.write_string(at, 0, text, formats.text)
    return row + 1 + len(texts)


def _protect_and_set_up_print(sheet: Worksheet, end: int) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, end - 1, 0)
