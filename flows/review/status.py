"""How the review stands, in a few Chinese lines: what waits, what was answered, how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from flows.review.verdicts import DIFFERENT, SAME, UNSURE, in_force
from flows.review.words import ANSWER_WORDS

NEWEST = 10
_SEVERITIES = (("3", "红"), ("2", "黄"), ("1", "蓝"), ("0", "不影响预警"))
_KINDS = (
    ("conflict", "判断不一致待再问"),
    ("contradiction", "互相矛盾待再问"),
    ("unsure", "说不准待换人问"),
)


def queue_lines(waits: Mapping[str, Any]) -> Iterator[str]:
    """How many pairs wait, and what hangs on them (see measures.waiting)."""
    if not waits["questions"]:
        yield "现在没有需要核对的问题。"
        return
    by_severity = waits["by_severity"]
    parts = "、".join(f"{word} {by_severity[at]}" for at, word in _SEVERITIES if by_severity[at])
    told = "".join(
        f";其中{word} {waits['again'][kind]} 题" for kind, word in _KINDS if waits["again"][kind]
    )
    yield f"待核对 {waits['questions']} 题({parts}){told}。"


def measure_lines(measured: Mapping[str, Any]) -> Iterator[str]:
    """What was answered, contradictions to be put right, kappa, and the model's record."""
    said, pairs = measured["answers"], measured["pairs"]
    if not sum(said.values()) and not measured["undone"]:
        yield "还没有收到判断。"
        return
    given = "、".join(f"{ANSWER_WORDS[one]} {said[one]}" for one in (SAME, DIFFERENT, UNSURE))
    yield f"已收到 {measured['people']} 人的判断:{given};撤销 {measured['undone']}。"
    yield (
        f"有结论 {pairs['same'] + pairs['different']} 对(是同一人 {pairs['same']}、不是 "
        f"{pairs['different']},其中 {pairs['settled_by_majority']} 对由多数定);"
        f"判断不一致 {pairs['conflict']} 对;都说不准 {pairs['unsure']} 对。"
    )
    for one in measured["contradictions"]:
        chain = "、".join(map(str, one["chain"]))
        yield (
            f"互相矛盾:判断 {chain} 合起来说是同一人,判断 {one['entry']} 说不是。"
            "请核对后撤销有误的一个(doorstep review undo 编号 --reason 理由)。"
        )
    yield f"同一人前后两次:{_agreement(measured['same_person_twice'])}"
    yield f"两人分别判断:{_agreement(measured['two_people'])}"
    yield from _model_lines(measured["model"])


def newest_lines(answers: pl.DataFrame) -> Iterator[str]:
    """The newest answers with the numbers by which they can be undone."""
    standing = set(in_force(answers)["entry"])
    newest = answers.filter(pl.col("answer").is_not_null()).sort("entry", descending=True)
    if newest.height:
        yield f"最近的判断(编号可用于撤销,共 {newest.height} 个):"
    for row in newest.head(NEWEST).iter_rows(named=True):
        state = "" if row["entry"] in standing else "(已撤销)"
        yield (
            f"  {row['entry']}  {row['given_at'][:16].replace('T', ' ')}  {row['who']}  "
            f"{row['question_no'] or ''}  {ANSWER_WORDS[row['answer']]}{state}"
        )


def _agreement(found: Mapping[str, Any]) -> str:
    if not found["pairs"]:
        return "还没有可比的判断。"
    told = f"{found['pairs']} 对,一致 {found['agreed']} 对"
    if found["kappa"] is None:
        return f"{told};判断全部相同,算不出 kappa。"
    low, high = found["interval"]
    return f"{told};kappa {found['kappa']:.2f}(95% 区间 {low:.2f} 至 {high:.2f})。"


def _model_lines(found: Mapping[str, Any]) -> Iterator[str]:
    if not found["pairs"]:
        return
    yield f"与模型对照:{found['pairs']} 对,模型的倾向与人的结论一致 {_share(found)}。"
    for band in found["bands"]:
        if band["pairs"]:
            yield (
                f"  模型认为 {band['from']:.0%} 至 {band['to']:.0%}:{band['pairs']} 对,"
                f"人判同一人 {band['same']} 对,一致 {_share(band)}"
            )


def _share(band: Mapping[str, Any]) -> str:
    low, high = band["interval"]
    return f"{band['agreed']} 对({band['share']:.0%},95% 区间 {low:.0%} 至 {high:.0%})"
