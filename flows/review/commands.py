"""`doorstep review undo` and `status`: take an answer back, tell how the review stands."""

from __future__ import annotations

from datetime import datetime

import polars as pl

from flows.errors import UsageError
from flows.home import Home
from flows.review.desk import ledger_of, person
from flows.review.doubts import doubts_of
from flows.review.measures import measures, waiting
from flows.review.notes import why_not_kept
from flows.review.pairs import canonical_question_no
from flows.review.recall import with_recalled
from flows.review.status import measure_lines, newest_lines, queue_lines
from flows.review.verdicts import undone


def undo_answer(home: Home, which: str, reason: str, who: str, now: datetime) -> str:
    """Undo one answer by its number, or all answers in force under a question number."""
    if not reason.strip():
        raise UsageError("请用 --reason 写明撤销理由。")
    unfit = why_not_kept(reason)
    if unfit:
        raise UsageError(f"撤销理由{'、'.join(unfit)},台账不保存。请改写。")
    who, at = person(who), now.isoformat(timespec="seconds")
    ledger = ledger_of(home)
    answers = ledger.answers(ledger.position())
    entries = _entries_meant(which, answers)
    for entry in entries:
        ledger.undo(entry, who, at, reason.strip())
    restored = answers.filter(pl.col("entry").is_in(entries) & pl.col("undoes").is_not_null())
    what = "已撤回撤销,原判断恢复有效" if restored.height else "已撤销"
    return f"{what}:编号 {'、'.join(map(str, entries))}。下一次夜间任务起生效。"


def review_status(home: Home) -> list[str]:
    """The lines that `doorstep review status` prints."""
    ledger = ledger_of(home)
    position = ledger.position()
    answers, asked = ledger.answers(position), ledger.asked(position)
    doubts = with_recalled(doubts_of(home.snapshot), asked, answers)
    return [
        *queue_lines(waiting(doubts, answers)),
        *measure_lines(measures(answers, asked)),
        *newest_lines(answers),
    ]


def _entries_meant(which: str, answers: pl.DataFrame) -> list[int]:
    """The entries of what is to be undone."""
    left = answers.filter(~pl.col("entry").is_in(sorted(undone(answers))))
    number = canonical_question_no(which)
    if number:
        found = left.filter((pl.col("question_no") == number) & pl.col("answer").is_not_null())
    else:
        found = left.filter(pl.col("entry").cast(pl.String) == which.strip())
    if found.is_empty():
        raise UsageError(
            "没有这个编号的有效判断。判断的编号见 doorstep review status,也可以写问题编号。"
        )
    return found["entry"].to_list()
