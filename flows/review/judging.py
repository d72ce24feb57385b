"""Which of the returned answers the ledger takes: of questions that were asked and still stand. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.ledger import MatchAnswer
from flows.review.returned import Fault, Returned
from flows.review.verdicts import in_force
from flows.review.words import NUMBER_HEADER, SHEET_HEADER

_Question = tuple[int, str]


@dataclass(frozen=True)
class Judged:
    """New answers (with the undoing of those they replace), faults, and how many were known."""

    new: tuple[MatchAnswer, ...]
    faults: tuple[Fault, ...]
    known: int


def judge(
    returned: Sequence[Returned],
    asked: pl.DataFrame,
    answers: pl.DataFrame,
    shown: Mapping[str, str],
    who: str,
) -> Judged:
    """What is new in a returned sheet; `shown` says what each record shows now.

    An answer that this person gave on this sheet before is known, also if it was undone since: an
    old file cannot bring it back. Another answer on the same sheet replaces it.
    """
    questions = {(row["entry"], row["question_no"]): row for row in asked.iter_rows(named=True)}
    before, standing = _given_before(answers, who), set(in_force(answers)["entry"])
    new: list[MatchAnswer] = []
    faults: list[Fault] = []
    known = 0
    for one in returned:
        key = (one.sheet_no, one.question_no)
        earlier = before.get(key)
        if earlier and (earlier["answer"], earlier["note"]) == (one.answer, one.note):
            known += 1
        elif fault := _fault(one, questions.get(key), shown, who):
            faults.append(fault)
        else:
            if earlier and earlier["entry"] in standing:
                new.append(_undoing(earlier))
            new.append(_taken(one, questions[key]))
    return Judged(tuple(new), tuple(faults), known)


def _given_before(answers: pl.DataFrame, who: str) -> dict[_Question, dict[str, Any]]:
    """The last answer that a person gave to each question of each sheet, undone or not."""
    mine = answers.filter((pl.col("who") == who) & pl.col("answer").is_not_null())
    rows = mine.filter(pl.col("asked").is_not_null()).sort("entry").iter_rows(named=True)
    return {(row["asked"], row["question_no"]): row for row in rows}


def _fault(
    one: Returned, question: Mapping[str, Any] | None, shown: Mapping[str, str], who: str
) -> Fault | None:
    if question is None:
        return Fault(one.place, NUMBER_HEADER, "这一批没有问过这一题,请核对问题编号和批次")
    if question["asked_of"] and question["asked_of"] != who:
        return Fault(one.place, SHEET_HEADER, "这一批是请另一位同事填写的,请为填写人重新导出")
    for key, then in (("record_key", "shown"), ("other_record_key", "other_shown")):
        now = shown.get(question[key])
        if now is None:
            return Fault(one.place, NUMBER_HEADER, "导出之后其中一条记录已不存在,不再需要判断")
        if now != question[then]:
            return Fault(
                one.place, NUMBER_HEADER, "导出之后其中一条记录的内容变了,请重新导出后再判断"
            )
    return None


def _taken(one: Returned, question: Mapping[str, Any]) -> MatchAnswer:
    return MatchAnswer(
        record_key=question["record_key"],
        other_record_key=question["other_record_key"],
        answer=one.answer,
        question_no=one.question_no,
        note=one.note,
        asked=one.sheet_no,
    )


def _undoing(earlier: Mapping[str, Any]) -> MatchAnswer:
    return MatchAnswer(
        record_key=earlier["record_key"],
        other_record_key=earlier["other_record_key"],
        answer=None,
        question_no=earlier["question_no"],
        note="同一张表上改了判断",
        undoes=earlier["entry"],
    )
