"""The difference that a model would make, in lines for a person; only counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from data_contracts.terms import Source
from flows.models.differences import CHANGES, Difference
from flows.models.words import level_words
from matchers.rules import HOW_IN_CHINESE
from transforms.signals import SIGNALS

_WORDS = {
    "gained": "新归到人",
    "lost": "不再归到人",
    "moved": "改归他人",
    "regrouped": "登记以外的人重新分组",
}
_MOST = 12


def diff_lines(
    found: Difference,
    before: int,
    after: int,
    sources: Mapping[str, Source],
    townships: Mapping[str, str],
) -> Iterator[str]:
    """Everything `doorstep model diff` prints but for where the list lies."""
    total = sum(found.changes.values())
    yield (
        f"第 {after} 号模型与第 {before} 号模型相比:记录 {found.records:,} 条,"
        f"归属改变 {total:,} 条({_share(total, found.records)})"
    )
    for change in CHANGES:
        yield f"  {_WORDS[change]} {found.changes[change]:,}"
    old, new = found.queue
    yield f"待人工核对:{old:,} → {new:,}({new - old:+,})"
    yield _answer_line(found)
    yield from _finding_lines(found)
    if total:
        yield from _crossed("按部门", found.by["source"], "source", _titles(sources))
        yield from _crossed("按乡镇", found.by["township_code"], "township_code", townships)
        yield from _how_lines(found.by["how"])
        yield from _evidence_lines(found.by["evidence"])


def _answer_line(found: Difference) -> str:
    known, before, after = found.answered
    return (
        f"人工已判断 {known:,} 对,判断始终优先;若只看模型,原模型有 {before:,} 对不同,"
        f"新模型有 {after:,} 对不同。"
    )


def _finding_lines(found: Difference) -> Iterator[str]:
    if found.findings is None:
        yield "没有已发布的快照,未统计涉及的预警。"
        return
    said = [f"{_signal(row['signal'])} {row['n']:,}" for row in found.findings]
    yield f"相关人员现有预警(可能增减,以采用后的一夜为准):{'、'.join(said) or '无'}"


def _signal(name: str) -> str:
    return SIGNALS[name].title if name in SIGNALS else name


def _crossed(
    title: str, rows: list[dict[str, Any]], column: str, names: Mapping[str, str]
) -> Iterator[str]:
    """A line for each value with its changes, the most changed first."""
    yield f"{title}:"
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row[column] or "", {})[row["change"]] = row["n"]
    order = sorted(counts, key=lambda one: (-sum(counts[one].values()), one))
    for value in order:
        said = [
            f"{_WORDS[change]} {counts[value][change]:,}"
            for change in CHANGES
            if change in counts[value]
        ]
        yield f"  {names.get(value, value) or '乡镇不明'}:{'、'.join(said)}"


def _how_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    yield "按判定方式(最多的几种):"
    for row in rows[:_MOST]:
        old, new = (HOW_IN_CHINESE.get(row[one], row[one]) for one in ("how_before", "how_after"))
        yield f"  {_WORDS[row['change']]} {row['n']:,}:{old.rstrip('。')} → {new.rstrip('。')}"


def _evidence_lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    """By how name and birth date agreed with the person that was, or would be, chosen."""
    yield "按姓名和生日的相符程度(最多的几种):"
    for row in rows[:_MOST]:
        said = [
            level_words(field, row[f"{field}_level"])
            for field in ("name", "birth")
            if row[f"{field}_level"] is not None
        ]
        yield f"  {_WORDS[row['change']]} {row['n']:,}:{'、'.join(said) or '姓名、生日均无可比'}"


def _titles(sources: Mapping[str, Source]) -> dict[str, str]:
    return {name: source.title for name, source in sources.items()}


def _share(some: int, every: int) -> str:
    return f"{some / every:.2%}" if every else "0%"
