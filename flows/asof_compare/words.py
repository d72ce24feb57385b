"""A comparison of then and now in the county's words; nobody is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data_contracts.terms import Source
from flows.asof_compare.changes import Change, Finding, Kind
from flows.asof_compare.evidence import Difference
from flows.planning.words import sentence_of, signal_name, township_name
from flows.publish.work_orders import SEVERITY_WORDS

MOST_RECORDS = 5
"""So many records are named for one change; the others are counted."""

_KINDS = {
    Kind.GONE: "当时有、现在没有",
    Kind.CAME: "现在有、当时没有",
    Kind.WEIGHED: "轻重或数值不同",
}
_HOW = {
    "came": "当时还没有送来",
    "gone": "现在已不在该来源的数据中",
    "corrected": "后来更正",
    "moved": "后来归到另一人名下",
}
_NO_RECORD = "没有版本不同的记录:可能因来源当时迟到、人工判断、比对模型或家庭成员的变化"


def change_lines(
    found: Sequence[tuple[Change, Sequence[Difference]]],
    townships: Mapping[str, str],
    sources: Mapping[str, Source],
    limit: int,
) -> Iterator[str]:
    """Counts of every kind, then at most `limit` changes of each with the records behind them."""
    for kind, words in _KINDS.items():
        these = [(one, differing) for one, differing in found if one.kind is kind]
        households = len({one.household_id for one, _ in these})
        yield f"{words}:{households} 户 {len(these)} 项"
        for one, differing in these[:limit]:
            place = township_name(one.told_by["township_code"], townships)
            yield f"  {one.household_id} {place} {signal_name(one.signal)}:{_weights(one)}"
            yield f"    {sentence_of(one.told_by)}"
            yield from _reasons(differing, sources)
        if len(these) > limit:
            yield f"  另有 {len(these) - limit} 项没有列出(--limit)"


def _weights(change: Change) -> str:
    sides = (_weight(change.then), _weight(change.now))
    return " → ".join(sides)


def _weight(finding: Finding | None) -> str:
    if finding is None:
        return "无"
    measure = finding["measure"]
    said = "数值不详" if measure is None else f"{measure:,.2f}"
    return f"{SEVERITY_WORDS[finding['severity']]}({said})"


def _reasons(differing: Sequence[Difference], sources: Mapping[str, Source]) -> Iterator[str]:
    for one in differing[:MOST_RECORDS]:
        places = [f"批次 {side[0]} 第 {side[1]} 行" for side in (one.then, one.now) if side]
        told = " → ".join(dict.fromkeys(places))
        yield f"    因:{sources[one.source].title} {told}({_HOW[one.how]})"
    if len(differing) > MOST_RECORDS:
        yield f"    因:另有 {len(differing) - MOST_RECORDS} 条记录不同"
    if not differing:
        yield f"    {_NO_RECORD}"
