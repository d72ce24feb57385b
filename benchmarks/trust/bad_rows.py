"""Rows that break a contract in one way each, with the words that their reason must hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from benchmarks.trust.drift import Table
from data_contracts.terms import Kind, Need, Source


def bad_rows(source: Source, table: Table, good: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """A bad row for every way in which every delivered column can be wrong; the rare ways first."""
    ways = [(name, cell, reason) for name in table.names for cell, reason in _wrong(source, name)]
    seen: dict[str, int] = {}
    ranked = []
    for name, cell, reason in ways:
        seen[reason] = seen.get(reason, 0) + 1
        ranked.append((seen[reason], name, cell, reason))
    for nth, (_, name, cell, reason) in enumerate(sorted(ranked, key=lambda one: one[0])):
        at = table.names.index(name)
        row = [*good[:at], cell, *good[at + 1 :]]
        key = next((one for one in source.key if one in table.names), name)
        if key != name and source.columns[key].kind is Kind.TEXT:
            row[table.names.index(key)] = f"B{nth:07d}"
        yield row, f"“{table.header[at]}”{reason}"


_UNREADABLE: Mapping[Kind, tuple[str, str]] = {
    Kind.DATE: ("2024-02-30", "不是有效的日期"),
    Kind.MONTH: ("202413", "不是有效的年月"),
    Kind.MONEY: ("一千", "不是有效的金额"),
    Kind.INTEGER: ("3.5", "不是有效的整数"),
    Kind.NUMBER: ("约九十", "不是有效的数字"),
    Kind.CODE: ("不在代码表", "不是约定的代码"),
    Kind.ICD10: ("肾衰竭", "不是有效的疾病编码"),
    Kind.PLACE_CODE: ("3708811", "不是 6、9 或 12 位区划代码"),
    Kind.ID_NUMBER: ("3.70881E+17", "被表格软件改成科学计数法"),
    Kind.PHONE: ("3.70881E+17", "被表格软件改成科学计数法"),
}
_TEXTS = {Kind.TEXT, Kind.NAME, Kind.ADDRESS, Kind.ID_NUMBER, Kind.PHONE}


def _wrong(source: Source, name: str) -> Iterator[tuple[str, str]]:
    """Bad cells of a column, each with the end of its reason."""
    column = source.columns[name]
    if column.need is Need.VALUE:
        yield "", "不能为空"
    if column.kind in _UNREADABLE:
        yield _UNREADABLE[column.kind]
    if name == "birth_date":
        yield "1899-12-31", "早于 1900 年"
    if name in {source.dated_by, "birth_date"} and not column.may_be_future:
        yield "2031-01-01", "晚于接收日期"
    if column.at_least is not None:
        yield str(column.at_least - 1), f"小于 {column.at_least}"
    if column.at_most is not None:
        yield str(column.at_most + 1), f"大于 {column.at_most}"
    if column.kind in _TEXTS:
        yield "张" * (column.max_length + 1), f"超过 {column.max_length} 个字"
