"""The data dictionary: every source and record as Chinese Markdown, rendered from the contracts."""

from __future__ import annotations

from collections.abc import Mapping

from data_contracts.purposes import purposes_of
from data_contracts.records import IDENTITY, RECORDS
from data_contracts.sources import SOURCES
from data_contracts.terms import Column, DeliveryKind, Fact, Kind, Record, Source
from flows.dictionary_words import DELIVERIES, KINDS, NEEDS, PREFACE, PRIVACY, PURPOSES, TYPES
from flows.markdown import table


def render_data_dictionary() -> str:
    """The whole dictionary: the sources as delivered, then the records they become."""
    parts = [PREFACE, "## 来源\n", _overview()]
    parts += [_source(source) for source in SOURCES.values()]
    parts += ["## 记录\n", *(_record(record) for record in (IDENTITY, *RECORDS.values()))]
    return "\n".join(parts)


def _overview() -> str:
    return table(
        ("来源", "名称", "提供部门", "交付方式", "周期(天)", "成为记录"),
        (
            (
                f"[{source.name}](#{source.name})",
                source.title,
                source.supplier,
                source.delivery.value,
                str(source.cadence_days),
                source.becomes.name,
            )
            for source in SOURCES.values()
        ),
    )


def _source(source: Source) -> str:
    return "\n".join(
        (
            f"### {source.name}\n",
            f"**{source.title}**\n",
            _agreed(source),
            _columns(source),
            _codes(source.columns),
            _rules(source),
            _unused(source),
        )
    )


def _agreed(source: Source) -> str:
    facts = {
        "提供部门": source.supplier,
        "依据": str(source.authority),
        "粒度": source.grain,
        "交付方式": DELIVERIES[source.delivery],
        "周期": f"每 {source.cadence_days} 天{_optional_note(source)}",
        "主键": "、".join(f"`{name}`" for name in source.key) + _key_note(source),
        "事实日期": f"`{source.dated_by}`",
        "对谁完整": source.complete_for,
        "地址": "地址列是现住址" if source.carries_current_address else "不作为现住址",
        "行数": f"至少 {source.at_least_rows} 行{_band_note(source)}",
        "隔离上限": f"隔离行超过 {source.quarantine_limit:.0%} 时整个文件不入库",
        "成为记录": f"`{source.becomes.name}`({source.becomes.title})",
    }
    return "".join(f"- {label}:{value}\n" for label, value in facts.items())


def _optional_note(source: Source) -> str:
    return "(可选:从未送来不算缺失,送来以后与其他来源一样)" if source.optional else ""


def _key_note(source: Source) -> str:
    return "(由部门保证唯一)" if source.own_key else "(部门不保证唯一,重复的行按次序区分)"


def _band_note(source: Source) -> str:
    if source.delivery is not DeliveryKind.FULL:
        return ""
    return f";比上次少于 {source.band.low:.0%} 或多于 {source.band.high:.0%} 时等人放行"


def _columns(source: Source) -> str:
    return table(
        ("列", "含义", "类型", "要求", "隐私", "用途", "表头写法", "限制"),
        (
            (
                f"`{name}`",
                column.means,
                KINDS[column.kind],
                NEEDS[column.need],
                PRIVACY[column.privacy],
                "、".join(PURPOSES[purpose] for purpose in purposes_of(source, name)),
                "、".join(column.headers),
                _limits(column),
            )
            for name, column in source.columns.items()
        ),
    )


def _limits(column: Column) -> str:
    limits = []
    if column.at_least is not None:
        limits.append(f"不小于 {column.at_least}")
    if column.at_most is not None:
        limits.append(f"不大于 {column.at_most}")
    if column.matches:
        limits.append(f"形如 `{column.matches}`")
    if column.kind in (Kind.TEXT, Kind.NAME, Kind.ID_NUMBER, Kind.PHONE, Kind.ADDRESS):
        limits.append(f"最长 {column.max_length} 字")
    return ",".join(limits)


def _codes(columns: Mapping[str, Column]) -> str:
    coded = {name: column.codes for name, column in columns.items() if column.codes}
    if not coded:
        return ""
    rows = (
        (f"`{name}`", f"`{meaning}`" if meaning else "(未说明,按空值)", "、".join(spellings))
        for name, codes in coded.items()
        for meaning, spellings in _by_meaning(codes).items()
    )
    return "代码:\n\n" + table(("列", "含义", "代码和文字"), rows)


def _by_meaning(codes: Mapping[str, str]) -> dict[str, list[str]]:
    spellings_of: dict[str, list[str]] = {}
    for spelling, meaning in codes.items():
        spellings_of.setdefault(meaning, []).append(spelling)
    return spellings_of


def _rules(source: Source) -> str:
    if not source.rules:
        return "行规则:无。\n"
    rows = ((f"`{rule.name}`", rule.reason) for rule in source.rules)
    return "行规则(不符合的行进入隔离文件;有空值时视为符合):\n\n" + table(
        ("规则", "隔离原因"), rows
    )


def _unused(source: Source) -> str:
    if not source.unused:
        return ""
    return "不接收的列:\n\n" + table(("表头", "原因"), source.unused.items())


def _record(record: Record) -> str:
    return "\n".join(
        (
            f"### 记录 {record.name}\n",
            f"**{record.title}**,粒度:{record.grain}\n",
            table(
                ("列", "含义", "类型", "取值"),
                (_fact(name, fact) for name, fact in record.columns.items()),
            ),
        )
    )


def _fact(name: str, fact: Fact) -> tuple[str, ...]:
    return f"`{name}`", fact.means, TYPES[fact.type], "、".join(f"`{v}`" for v in fact.one_of)
