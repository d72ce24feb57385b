"""The last sheet: how to fill in, what to say at the door, and what each conclusion means. One page.

What is said grows calmer with the urgency, never asks about an illness and promises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import lines_needed, typeset
from flows.publish.routes import GUIDE_NAME
from flows.publish.sheet_formats import Formats
from flows.publish.visit_results import VISIT_RESULT_CHOICES
from transforms.programmes import PROGRAMMES

WIDTHS = (112, 2, 42)
LINE_HEIGHT, HEADING_HEIGHT = 16, 26
A4 = 9

TALK = (
    "问好:“您好,我是镇上(村里)的,来看看家里最近有没有需要帮忙的地方,不耽误您太多时间。”",
    "紧急的:“您先别着急,坐下慢慢说。眼下最难的是哪一件?吃的、住的、有没有人照应,我们先想办法,手续后面再补。”",
    "重点的:“最近家里开销、照料上有没有吃力的地方?有几项政策您家可能用得上,我说给您听,申不申请由您自己定。”",
    "关注的:“今天就是来走走,看看家里都好不好。往后有难处,随时找村里,也可以打单子上的电话。”",
    "说到身体:“哪里不舒服不用细说,您只告诉我,是缺人照料、钱上紧,还是要人帮着跑手续。”",
    "本人谢绝:“没关系,您歇着。电话给您留下,什么时候想问了都行。”(结论选 54)",
    "临走:“今天说的只用来帮您办事,不会公开。能不能办、怎么办,我问清楚了再告诉您。”",
)
SECTIONS = (
    (
        "怎么填",
        (
            "1. 一个村一张表,按走访先后排好:紧急的在前,同样轻重的按住址挨着排。",
            "2. 每户一行,只填右边带颜色的 8 栏;左边已经填好,不用改。",
            "3. “核实结论”从下拉表中选;打印手写的,写前面的两位代码就行。一户有几种情况的,选最主要的一种,其余写在“备注”。",
            "4. 人不住这里、电话打不通、本人谢绝,也是结论,照实选,这户就不会天天派给您。",
            "5. 走访时遇到单子上没有的困难家庭,写在表底的三个空行:姓名、村、实际居住地址、联系电话、需要的帮助。",
            "6. 填一部分也可以先交回。列的顺序变了、行删了、只发回一个村、另存成 CSV 都不要紧,工作单号别改。",
            "7. 期限后面写着“暂定”的,是因为来年放假安排还没公布,公布后以县里通知为准。",
        ),
    ),
    ("进门怎么说", TALK),
    (
        "请注意",
        (
            "不要当着外人念表上的内容,不要追问病名,也不要猜测信息是从哪里来的。",
            "只是走访了解和提供帮助,不当场答应,也不因为这张单子停发、减发任何救助。",
            "发现急难情况(断粮、无人照料、住处危险)先救人,当天给县里打电话。",
        ),
    ),
    ("可以介绍的政策,找谁问", tuple(f"{one.title}:{one.ask}" for one in PROGRAMMES)),
)
CHOICES = ("核实结论(下拉表的内容)", VISIT_RESULT_CHOICES)

_Line = tuple[str, bool]
"""A text, and whether it is a heading."""


def add_guide(book: Workbook, formats: Formats) -> str:
    """Add the sheet and say where, as a formula, the conclusions to choose from stand."""
    sheet = book.add_worksheet(GUIDE_NAME)
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    left, right = _lines(SECTIONS), _lines([CHOICES])
    for row, beside in enumerate(zip_longest(left, right, fillvalue=("", False))):
        _write(sheet, formats, row, beside)
    _protect_and_set_up_print(sheet, max(len(left), len(right)))
    return f"='{GUIDE_NAME}'!$C$2:$C${1 + len(VISIT_RESULT_CHOICES)}"


def _lines(sections: Iterable[tuple[str, tuple[str, ...]]]) -> list[_Line]:
    return [
        (typeset(text), text is heading)
        for heading, texts in sections
        for text in (heading, *texts)
    ]


def _write(sheet: Worksheet, formats: Formats, row: int, beside: tuple[_Line, ...]) -> None:
    """What stands side by side, in a row tall enough for the longer."""
    heights = []
    for column, (text, is_heading) in zip((0, 2), beside, strict=True):
        lines = lines_needed(text, WIDTHS[column])
        heights.append(HEADING_HEIGHT if is_heading else lines * LINE_HEIGHT + 2)
        if text:
            sheet.write_string(row, column, text, formats.heading if is_heading else formats.text)
    sheet.set_row(row, max(heights))


def _protect_and_set_up_print(sheet: Worksheet, end: int) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, end - 1, len(WIDTHS) - 1)
