"""What every row must keep, derived from a contract: one condition and one Chinese reason each.

A reason names the column as the department wrote it and never repeats a value, so that the file
of faulty rows can be mailed back and a log may carry it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from data_contracts.terms import FACT_OF_KIND, Column, FactType, Kind, Need, Source
from transforms.columns import DIGITS_MATTER, SCIENTIFIC

SAID = "said_"
"""The prefix of the columns that hold what a cell says, beside the columns that hold its value."""

REASON_SEPARATOR = ";"

OLDEST_BIRTH = date(1900, 1, 1)

_UNREADABLE = {
    Kind.DATE: "不是有效的日期",
    Kind.MONTH: "不是有效的年月",
    Kind.DAY_OR_MONTH: "不是有效的日期或年月",
    Kind.MONEY: "不是有效的金额",
    Kind.NUMBER: "不是有效的数字",
    Kind.INTEGER: "不是有效的整数",
    Kind.CODE: "不是约定的代码",
    Kind.PLACE_CODE: "不是 6、9 或 12 位区划代码",
    Kind.ICD10: "不是有效的疾病编码",
}


@dataclass(frozen=True, kw_only=True)
class RowCheck:
    """One way in which a row can be faulty; `fails` is never null."""

    name: str
    fails: ir.BooleanValue
    reason: str


def row_checks(
    source: Source, rows: ir.Table, titles: Mapping[str, str], on: ir.DateValue
) -> tuple[RowCheck, ...]:
    """Every check on `rows`, which have what each cell says and its value; `titles` as delivered."""
    found = [
        RowCheck(name=f"{name}_{name_of_check}", fails=_surely(fails), reason=f"“{title}”{reason}")
        for name, title in titles.items()
        for name_of_check, fails, reason in _column_checks(source, rows, name, on)
    ]
    found += [
        RowCheck(name=rule.name, fails=_surely(~rule.holds.resolve(rows)), reason=rule.reason)
        for rule in source.rules
    ]
    return tuple(found)


def reasons(checks: Sequence[RowCheck]) -> ir.StringValue:
    """All reasons for which a row is faulty, in the order of the contract; null for a good row."""
    each = [ibis.cases((check.fails, check.reason)) for check in checks]
    faulty = reduce(or_, [check.fails for check in checks])
    return ibis.cases((faulty, ibis.literal(REASON_SEPARATOR).join(each)))


def _column_checks(
    source: Source, rows: ir.Table, name: str, on: ir.DateValue
) -> Iterator[tuple[str, ir.BooleanValue, str]]:
    column, said, value = source.columns[name], rows[SAID + name], rows[name]
    if column.need is Need.VALUE:
        yield "is_filled", said.isnull(), "不能为空"
    if column.kind in _UNREADABLE:
        yield "is_readable", said.notnull() & value.isnull(), _UNREADABLE[column.kind]
    yield from _range_checks(column, value)
    if FACT_OF_KIND.get(column.kind, FactType.STRING) is FactType.STRING:
        yield from _text_checks(column, said, value)
    if name in {source.dated_by, "birth_date"} and not column.may_be_future:
        yield "is_not_in_future", value > on, "晚于接收日期"
    if name == "birth_date":
        yield "is_plausible", value < ibis.literal(OLDEST_BIRTH), "早于 1900 年"


def _range_checks(column: Column, value: ir.Value) -> Iterator[tuple[str, ir.BooleanValue, str]]:
    if column.at_least is not None:
        yield "is_large_enough", value < column.at_least, f"小于 {column.at_least}"
    if column.at_most is not None:
        yield "is_small_enough", value > column.at_most, f"大于 {column.at_most}"


def _text_checks(
    column: Column, said: ir.StringValue, value: ir.StringValue
) -> Iterator[tuple[str, ir.BooleanValue, str]]:
    if column.kind in DIGITS_MATTER:
        yield "keeps_its_digits", said.re_search(SCIENTIFIC), "被表格软件改成科学计数法"
    if column.kind is not Kind.CODE:
        too_long = value.length() > column.max_length
        yield "is_short_enough", too_long, f"超过 {column.max_length} 个字"
    if column.matches is not None:
        yield "has_its_form", ~value.re_search(f"^(?:{column.matches})$"), "格式不符合约定"


def _surely(condition: ir.BooleanValue) -> ir.BooleanValue:
    return condition.fill_null(False)
