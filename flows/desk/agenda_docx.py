"""The agenda pack as a Word file: A4, one case a page, with room for what the meeting decides."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from flows.desk.agenda import Case
from flows.desk.pages.household import RELATIONS
from flows.publish.cells import chinese_day, plain, typeset

_NEVER = datetime(2000, 1, 1)  # noqa: DTZ001 - a document's date has no zone
_FONT = "宋体"
SIGNED = ("会议意见", "牵头单位和责任人", "完成时限", "参加单位签字")


def agenda_docx(
    cases: Sequence[Case], *, site: str, on: date, night: date, known_until: str
) -> bytes:
    """The pack of one meeting; the same cases give the same words."""
    made = _page()
    made.add_heading(_said(f"{site}“一事一议”会商材料"), level=0)
    made.add_paragraph(
        _said(f"会议日期:{chinese_day(on)}    议题 {len(cases)} 件    数据截至 {night} 夜")
    )
    made.add_paragraph(_said(f"各部门数据截至日期:{known_until}"))
    made.add_paragraph(
        _said("内部资料,会后收回。姓名已遮蔽;各部门的情况只供研究帮扶,不作其他用途。")
    )
    _table(
        made,
        ("序号", "户号", "乡镇村", "提请理由"),
        ((str(n), one.household, one.place, one.item.reason) for n, one in enumerate(cases, 1)),
    )
    for number, one in enumerate(cases, start=1):
        made.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        _case(made, number, one)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _page() -> Opened:
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style: Any = made.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    body: Any = made.styles["Normal"]
    body.font.size = Pt(11)
    facts = made.core_properties
    facts.created = facts.modified = _NEVER
    facts.author, facts.title = "", "一事一议会商材料"
    return made


def _case(made: Opened, number: int, one: Case) -> None:
    made.add_heading(_said(f"议题 {number}:{one.place} 户 {one.household}"), level=1)
    made.add_paragraph(_said(f"提请理由:{one.item.reason}"))
    made.add_heading("基本情况", level=2)
    _table(
        made,
        ("姓名", "年龄", "与户主关系"),
        ((row["name"], row["age"], RELATIONS.get(row["relation"], "")) for row in one.members),
    )
    for line in one.situation:
        made.add_paragraph(_said(line), style="List Bullet")
    made.add_heading("各部门掌握的情况", level=2)
    _table(
        made,
        ("部门", "事项", "日期", "情况"),
        ((fact.supplier, f"{fact.about}({fact.whose})", fact.on, fact.said) for fact in one.facts),
    )
    if one.untold:
        made.add_paragraph(_said(f"另有 {one.untold} 项情况不宜书面列出,由民政部门在会上说明。"))
    made.add_heading("可以做什么", level=2)
    for programme in one.programmes:
        made.add_paragraph(_said(f"{programme.title}:{programme.ask}"), style="List Bullet")
    for kind in one.kinds:
        made.add_paragraph(
            _said(f"可能符合“{kind['title']}”,还要核实:{kind['verify']}"), style="List Bullet"
        )
    if not (one.programmes or one.kinds):
        made.add_paragraph("没有对应的项目,请会议研究。")
    made.add_heading("派单和走访", level=2)
    _table(
        made,
        ("派出", "走访", "结论"),
        ((row["issued_on"], row["visited_on"], row["conclusions"]) for row in one.visits),
    )
    made.add_heading("会议决定", level=2)
    _table(made, ("事项", "内容"), ((word, "\n\n") for word in SIGNED))


def _table(made: Opened, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    filled = [heads, *rows]
    if len(filled) == 1:
        made.add_paragraph("没有。")
        return
    table = made.add_table(rows=len(filled), cols=len(heads))
    table.style = "Table Grid"
    for cells, row in zip(table.rows, filled, strict=True):
        for cell, value in zip(cells.cells, row, strict=True):
            cell.text = value if value == "\n\n" else _said("" if value is None else str(value))


def _said(text: str) -> str:
    """Words on one line without what cannot be seen: a document of XML takes no control character."""
    return typeset(plain(text))
