"""One filled row as a visit, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flows.returns.answers import answer_of
from flows.returns.conclusions import Conclusion, conclusion_of
from flows.returns.days import day_of
from flows.returns.rows import Row
from flows.returns.spoilt import is_spoilt
from flows.returns.taken import Fault, IssuedOrder, Visit

CLOCKS_APART = timedelta(days=1)
"""A visit may be dated a day ahead of us, no more."""

_SAME = {"同左", "同上", "一致", "相同", "与左边相同", "同登记", "同登记住址", "同登记电话"}
_NO_CONCLUSION = Fault("核实结论", "没有填核实结论", "请从下拉表中选一项,或写两位代码")
_UNCLEAR = Fault("核实结论", "核实结论看不懂", "请从下拉表中选一项,或写两位代码;其余写在备注")
_NO_DAY = Fault("走访日期", "没有填走访日期", "请写成 2026-11-25 的样子")


def visit_of(row: Row, order: IssuedOrder, on: date) -> Visit | list[Fault]:
    """The visit of an order that a row tells, read on a day."""
    conclusion = _conclusion(row.cells["conclusion"])
    day = _day(row.cells["visited_on"], order, on)
    if isinstance(conclusion, Fault) or isinstance(day, Fault):
        return [found for found in (conclusion, day) if isinstance(found, Fault)]
    return Visit(
        order_no=order.order_no,
        visited_on=day,
        visitor=row.cells["visitor"],
        reached=answer_of(row.cells["reached"]),
        codes=conclusion.codes,
        amount=conclusion.amount,
        address=_changed(row.cells["address"]),
        phone=_changed(row.cells["phone"]),
        needs=row.cells["needs"],
        note=";".join(_notes(row, conclusion)),
        sheet=row.sheet,
        line=row.line,
    )


def _conclusion(text: str) -> Conclusion | Fault:
    return (conclusion_of(text) or _UNCLEAR) if text else _NO_CONCLUSION


def _day(text: str, order: IssuedOrder, on: date) -> date | Fault:
    return day_of(text, order.issued_on, on + CLOCKS_APART) if text else _NO_DAY


def _changed(text: str) -> str | None:
    """What is different from what we printed; nothing for 同左 and for a number Excel has spoilt."""
    told = text and text not in _SAME and not is_spoilt(text)
    return text if told else None


def _notes(row: Row, conclusion: Conclusion) -> Iterator[str]:
    """The note, and what stood in another cell without being understood whole: nothing is lost."""
    if row.cells["note"]:
        yield row.cells["note"]
    if not conclusion.is_plain:
        yield f"核实结论:{row.cells['conclusion']}"
    if row.cells["reached"] and answer_of(row.cells["reached"]) is None:
        yield f"是否见到本人:{row.cells['reached']}"
