"""The delivery rules that follow from a contract and from what was announced or came before."""

from __future__ import annotations

from collections.abc import Iterator

from data_contracts.terms import DeliveryKind, Kind, Need, Source
from flows.receive.header import needed
from flows.receive.judgement import Previous
from flows.receive.rules import (
    BAND,
    CONFLICTS,
    CONTROL,
    ENOUGH,
    FUTURE,
    QUARANTINE,
    RECONCILE,
    SAME_END,
    TOTAL,
    UNAMBIGUOUS,
    DeliveryRule,
    filled_rule,
    header_rule,
    known_rule,
)
from flows.receive.unusable import COMPLETE, NOT_EMPTY, ONE_SHEET, READABLE

_FEW = 5
"""So many faulty rows never refuse a delivery by themselves, unless they are half of it."""


def opening_rules(source: Source) -> Iterator[DeliveryRule]:
    """What must hold before the rows are looked at; each counts faults."""
    for name, reason, english in (
        (READABLE, "文件无法读取", "the file cannot be read"),
        (NOT_EMPTY, "文件是空的", "the file is empty"),
        (COMPLETE, "文件不完整", "the file is incomplete"),
        (ONE_SHEET, "有多个数据工作表", "there are several data sheets"),
        (FUTURE, "文件名中的日期晚于今天,请核对日期", "the date in the file name is in the future"),
        (
            UNAMBIGUOUS,
            "有列名重复或两列指同一内容,请只保留一列",
            "two columns have the same meaning; keep one of them",
        ),
    ):
        yield DeliveryRule(name=name, reason=reason, reason_en=english)
    for name in needed(source):
        spellings = "、".join(source.columns[name].headers)
        yield DeliveryRule(
            name=header_rule(name),
            reason=f"缺少必需的列“{source.columns[name].means}”(可用的列名:{spellings})",
            reason_en=f"the required column {name} is missing",
        )


def content_rules(
    source: Source,
    rows: int,
    *,
    control_rows: int | None,
    stated_rows: int | None,
    previous: Previous | None,
) -> Iterator[DeliveryRule]:
    """What must hold of the rows together."""
    yield DeliveryRule(
        name=ENOUGH,
        low=source.at_least_rows,
        high=None,
        reason="只有 {value} 行数据,至少应有 {low} 行",
        reason_en="there are {value} rows, at least {low} are expected",
    )
    yield DeliveryRule(
        name=RECONCILE,
        reason="行数对不上:有 {value} 行去向不明,请联系管理员",
        reason_en="{value} rows are unaccounted for; call the administrator",
    )
    for name, count, origin in (
        (CONTROL, control_rows, "随文件给出的"),
        (TOTAL, stated_rows, "文件末尾写明的"),
    ):
        if count is not None:
            yield DeliveryRule(
                name=name,
                low=count,
                high=count,
                reason=f"实收 {{value}} 行,与{origin}行数 {{low}} 不符,请重新发送完整文件",
                reason_en="{value} rows arrived, {low} were announced; send the whole file again",
            )
    yield from _share_rules(source, rows)
    if previous is not None:
        yield from _comparing_rules(source, previous)


def allowed(share: float, rows: int) -> int:
    """How many of some rows may be faulty: a share of them, or a few, but never all."""
    return max(int(share * rows), min(_FEW, rows // 2))


def _share_rules(source: Source, rows: int) -> Iterator[DeliveryRule]:
    yield DeliveryRule(
        name=QUARANTINE,
        high=allowed(source.quarantine_limit, rows),
        reason="有 {value} 行不合格,超过上限 {high} 行,请更正后重新发送",
        reason_en="{value} rows are faulty, at most {high} are allowed; correct and send again",
    )
    # One column that fails this often is a changed format and not the usual dirt.
    most = allowed(source.quarantine_limit / 2, rows)
    yield DeliveryRule(
        name=CONFLICTS,
        high=most,
        reason="有 {value} 行主键相同而内容不同,超过上限 {high} 行,请核对主键",
        reason_en="{value} rows share a key with different content, at most {high} are allowed",
    )
    for name, column in source.columns.items():
        if column.need is Need.VALUE:
            yield DeliveryRule(
                name=filled_rule(name),
                high=most,
                reason=f"“{column.means}”有 {{value}} 行为空,超过上限 {{high}} 行,请核对该列",
                reason_en=f"{name} is empty in {{value}} rows, at most {{high}} are allowed",
            )
        if column.kind is Kind.CODE:
            yield DeliveryRule(
                name=known_rule(name),
                high=most,
                reason=f"“{column.means}”有 {{value}} 行不是约定的代码,超过上限 {{high}} 行,"
                "请按约定的代码表导出",
                reason_en=f"{name} has {{value}} unknown codes, at most {{high}} are allowed",
            )


def _comparing_rules(source: Source, previous: Previous) -> Iterator[DeliveryRule]:
    if source.delivery is DeliveryKind.FULL and previous.rows:
        yield DeliveryRule(
            name=BAND,
            low=source.band.low * previous.rows,
            high=source.band.high * previous.rows,
            reason=f"全量数据由上次的 {previous.rows} 行变为 {{value}} 行,超出约定范围;"
            "确认无误后可人工放行",
            reason_en=f"a full delivery went from {previous.rows} to {{value}} rows, "
            "outside its band; release it if that is right",
        )
    if previous.ended_with_newline:
        yield DeliveryRule(
            name=SAME_END,
            reason="文件末尾没有换行,而上次有,可能被截断;确认完整后可人工放行",
            reason_en="the last line is not closed, as it was before: the file may be cut; "
            "release it if it is complete",
        )
