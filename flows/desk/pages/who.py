"""辨认: two records side by side, and a person says whether they are one."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.review_round import Round, give, present_round, take_back
from flows.desk.waterfall import ROW, WIDTH, waterfall
from flows.desk.words import N_
from flows.review.verdicts import DIFFERENT, SAME, UNSURE

CHOICES = (
    ("1", SAME, N_("是同一人")),
    ("2", DIFFERENT, N_("不是")),
    ("3", UNSURE, N_("说不准")),
)
ANSWERED = {answer: word for _, answer, word in CHOICES}


def who(visit: Visit) -> Response:
    """The next question; what the system thought of the last one stands below it."""
    present = present_round(visit)
    question = present.waiting[0] if present.waiting else None
    if question:
        visit.note("view pair", on=question.number)
    return visit.show(
        "who.html.j2",
        question=question,
        waiting=len(present.waiting),
        done=len(present.given),
        choices=CHOICES,
        **_last(present),
    )


def answer(visit: Visit) -> Response:
    """Take one answer; a question of a night that has passed since is asked again."""
    present = present_round(visit)
    with present.turn:
        question = present.find(visit.said("question"))
        if question:
            give(visit, present, question, visit.said("answer"), visit.said("note"))
    if question is None:
        visit.tell("这一题已经答过,或刚发布了新的一夜。请看下面的题。")
    return visit.go("/who")


def undo(visit: Visit) -> Response:
    """Take the last answer of this round back and ask again."""
    present = present_round(visit)
    with present.turn:
        take_back(visit, present)
    visit.tell("已撤回,请重新判断。")
    return visit.go("/who")


def _last(present: Round) -> dict[str, Any]:
    if not present.given:
        return {"last": None}
    last = present.given[-1]
    return {
        "last": last,
        "answered": ANSWERED[last.answer],
        "fall": waterfall(last.question.why_zh, last.question.probability),
        "picture": (WIDTH, ROW),
    }


PAGES = (
    Page("/who", who, needs=Need.REVIEW, title=N_("辨认"), menu=3),
    Page("/who/answer", answer, needs=Need.REVIEW, method="POST"),
    Page("/who/undo", undo, needs=Need.REVIEW, method="POST"),
)
