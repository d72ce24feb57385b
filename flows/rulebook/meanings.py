"""Codes and policy values as an official reads them."""

from __future__ import annotations

from decimal import Decimal

from data_contracts.policy.terms import Parameter, ValueKind
from data_contracts.records import RECORDS
from data_contracts.sources import SOURCES
from flows.policy.values import Value

MONEY_BASES = {
    "personal_amount": "个人负担",
    "in_scope": "政策范围内负担",
    "cash": "现金支付",
}
"""Names of transforms.bills.MONEY_BASES."""

_CODES_OF_UNIT = {
    "救助类别": "assistance.category",
    "警情类别": "incident.category",
}
"""The column whose codes a parameter of that unit lists."""


def meaning(column: str, code: str) -> str:
    """A code of `record.column` in the word that the departments use first; else as it is."""
    record, _, name = column.partition(".")
    return _department_word(record, name, code) or code


def category(code: str) -> str:
    """An assistance category."""
    return meaning("assistance.category", code)


def title_of(column: str) -> str:
    """`record` or `record.column` as 医保结算 or 医保结算的个人负担(元)."""
    if column == "people.age":
        return "年龄"
    record, _, name = column.partition(".")
    title = RECORDS[record].title
    return f"{title}的{RECORDS[record].columns[name].means.split('(')[0]}" if name else title


def said(parameter: Parameter, value: Value) -> str:
    """A value with its unit: 10,000.00 元, 20%; lists in the county's words."""
    if isinstance(value, tuple):
        return "、".join(_code(parameter, code) for code in value) or "(无)"
    if isinstance(value, str):
        return _code(parameter, value)
    if parameter.kind is ValueKind.SHARE:
        return f"{_plain(Decimal(value) * 100)}%"
    if parameter.kind is ValueKind.MONEY:
        return f"{value:,.2f} {parameter.unit}"
    return f"{_plain(Decimal(value))} {parameter.unit}"


def _plain(number: Decimal) -> str:
    """1.50 as 1.5 and 100 as 100."""
    return f"{number.normalize():f}"


def _code(parameter: Parameter, code: str) -> str:
    column = _CODES_OF_UNIT.get(parameter.unit)
    return meaning(column, code) if column else MONEY_BASES.get(code, code)


def _department_word(record: str, column: str, code: str) -> str | None:
    for source in SOURCES.values():
        declared = source.columns.get(column) if source.becomes.name == record else None
        for spelling, stands_for in declared.codes.items() if declared else ():
            if stands_for == code and "一" <= spelling[0] <= "鿿":
                return spelling
    return None
