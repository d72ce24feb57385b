"""The ten lines of the morning report that a county engineer needs, from the figures alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flows.linkage_report.words import GROUPING_TITLES, OUTCOME_WORDS, group_title, percent, spread

MOST_NAMED = 4
"""So many groups are named in a line; the rest stand on the page."""
_LEAST_PRINTED = 5
_SAY_NOTHING = ("unknown", "missing", "partial")
"""Records that say little of themselves are harder to link, and that is no news."""


def ten_lines(quality: Mapping[str, Any]) -> list[str]:
    """One line each: a title, a colon, the figures."""
    return [
        _population(quality["population"]),
        _identifiers(quality["identifiers"]),
        _method(quality["method"]),
        _rates(quality["rates"]["records"]),
        _groups(quality["groups"]),
        _estimated(quality["estimates"]["by_probability"]["all"]),
        _checked(quality),
        _duplicates(quality["duplicates"]),
        _changes(quality["changes"]),
        _review(quality["review"]),
    ]


def _population(found: Mapping[str, int]) -> str:
    return (
        f"范围:{found['departments']} 个来源 {found['records']:,} 条记录"
        f"(人口登记 {found['register_records']:,} 条),归为 {found['people']:,} 人,"
        f"其中登记外 {found['people_outside_register']:,} 人"
    )


def _identifiers(departments: list[dict[str, Any]]) -> str:
    others = [one for one in departments if not one["is_register"]]
    total = sum(one["records"] for one in others)

    def share(name: str) -> str:
        hits = sum(one["numbers"].get(name, one.get(name, 0)) for one in others)
        return percent(hits / total if total else None)

    return (
        f"标识:部门记录中号码可用 {share('usable')},残缺或有误 {share('damaged')},"
        f"没有号码 {share('missing')};姓名缺字 {share('name_partial')},"
        f"出生日期空缺 {share('birth_date_missing')},无从辨认 {share('nothing')}"
    )


def _method(method: Mapping[str, Any]) -> str:
    asked = method["thresholds"]
    return (
        f"方法:证号相符先定,其余按概率比对,模型 {method['model']} 号;"
        f"概率 {asked['decided']:.0%} 以上归为同一人,{asked['doubtful']:.0%} 以上请人核对"
    )


def _rates(found: Mapping[str, Any]) -> str:
    parts = ",".join(
        f"{word} {found[outcome]:,} 条({percent(found['rates'][outcome])})"
        for outcome, word in OUTCOME_WORDS.items()
    )
    return f"结果:部门记录 {found['records']:,} 条,{parts}"


def _groups(groups: Mapping[str, list[dict[str, Any]]]) -> str:
    """Groups that are doubted or not linked clearly more often, the worst first."""
    worse = [
        (
            found["ratio"] or float("inf"),
            GROUPING_TITLES[grouping],
            group_title(grouping, entry),
            outcome,
        )
        for grouping, entries in groups.items()
        for entry in entries
        for outcome, found in entry["differs"].items()
        if found["notable"] and entry[outcome] >= _LEAST_PRINTED and (found["ratio"] or 2) > 1
        if grouping != "number" and entry["group"] not in _SAY_NOTHING
    ]
    if not worse:
        return "差异:没有哪类人的存疑或未归入明显偏多"
    ordered = sorted(worse, key=lambda one: (-one[0], *one[1:]))
    named = "、".join(
        f"{title}“{group}”{OUTCOME_WORDS[outcome]}{_times(ratio)}"
        for ratio, title, group, outcome in ordered[:MOST_NAMED]
    )
    more = f"等 {len(ordered)} 项" if len(ordered) > MOST_NAMED else ""
    return f"差异:{named}{more}(超出偶然,见 linkage.html)"


def _times(ratio: float) -> str:
    return "而他处没有" if ratio == float("inf") else f"为他处的 {ratio:.1f} 倍"


def _estimated(found: Mapping[str, Any]) -> str:
    return (
        f"估计:错连约 {found['false']['estimate']:,.0f} 条,漏连约 {found['missed']['estimate']:,.0f} 条;"
        f"查准率 {spread(found['precision'])},查全率 {spread(found['recall'])}"
    )


def _checked(quality: Mapping[str, Any]) -> str:
    truth, answers = quality["truth"], quality["estimates"]["by_answers"]
    if truth:
        is_off = not all(truth["as_expected"].values())
        off = ";估计的区间没有含住真值,模型的概率偏乐观或偏悲观" if is_off else ""
        return (
            f"检验:合成数据已知真值,错连 {truth['false']:,} 条,漏连 {truth['missed']:,} 条;"
            f"查准率 {percent(truth['precision'])},查全率 {percent(truth['recall'])}{off}"
        )
    if answers:
        wrong = sum(band["fits_model"] is False for band in answers["bands"])
        fits = f"有 {wrong} 个概率段与模型不符,宜重新训练" if wrong else "与模型概率相符"
        return f"检验:人工结论 {answers['pairs']:,} 对,{fits};查准率 {spread(answers['precision'])}"
    return "检验:还没有人工结论,上面的估计未经检验"


def _duplicates(found: Mapping[str, Any]) -> str:
    return (
        f"重复登记:{found['people']:,} 人在人口登记中有多条(多出 {found['surplus_rows']:,} 条),"
        f"另疑似 {found['suspected_rows']:,} 条待核对"
    )


def _changes(found: Mapping[str, Any] | None) -> str:
    if found is None:
        return "比上一夜:没有可比的上一夜"
    return (
        f"比上一夜:新归入 {found['gained']:,} 条,失去 {found['lost']:,} 条,"
        f"改归他人 {found['moved']:,} 条;新增记录 {found['appeared']:,} 条,"
        f"撤走 {found['vanished']:,} 条,并号 {found['persons_merged']:,} 人"
    )


def _review(found: Mapping[str, Any]) -> str:
    return (
        f"人工核对:待核对 {found['waiting']:,} 题,已有结论 {found['decided_pairs']:,} 对"
        f"(占 {percent(found['answered_share'], 1)})"
    )
