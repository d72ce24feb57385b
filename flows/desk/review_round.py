"""A reviewer's round of questions: asked and noted in the ledger at once, answered one by one.

A round lives in the session and belongs to one published night. Records are read once for the whole
round, so that people can go on answering while the next night runs; nothing unmasked is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock

from flows.desk.page import Visit
from flows.desk.review_questions import Question, next_questions
from flows.errors import UsageError
from flows.review.commands import undo_answer
from flows.review.filled_sheet import Place
from flows.review.known_pairs import KIND
from flows.review.notes import why_not_kept
from flows.review.returned import Returned
from flows.review.taking import take_answers
from flows.review.verdicts import ANSWERS

UNDO_REASON = "在工作台上撤回"


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer of this round, and its entry in the ledger."""

    question: Question
    answer: str
    entry: int


@dataclass(kw_only=True)
class Round:
    """What is still open, the next one first, and what was answered, the last one last."""

    night: tuple[date, int]
    waiting: list[Question]
    given: list[Given] = field(default_factory=list)
    turn: Lock = field(default_factory=Lock, repr=False)
    """A key pressed twice must not answer twice."""

    def find(self, number: str) -> Question | None:
        """An open question by its number."""
        return next((one for one in self.waiting if one.number == number), None)


def present_round(visit: Visit) -> Round:
    """The reader's round: the one they are in, or a new one where that is done or of another night."""
    kept = visit.session.kept if visit.session else {}
    found: Round | None = kept.get("round")
    night = _night(visit)
    if found is None or found.night != night or not found.waiting:
        given = found.given if found and found.night == night else []
        found = Round(night=night, waiting=next_questions(visit), given=given)
        kept["round"] = found
    return found


def give(visit: Visit, of: Round, question: Question, answer: str, note: str) -> None:
    """Write an answer into the ledger, as a returned sheet would."""
    if answer not in ANSWERS:
        raise UsageError("请选择:是同一人、不是、说不准。")
    unfit = why_not_kept(note)
    if unfit:
        raise UsageError(f"备注{'、'.join(unfit)},台账不保存。请改写。")
    if question.truth is None:
        entry = _noted(visit, question, answer, note)
    else:
        entry = _note_known(visit, question, answer)
    of.waiting.remove(question)
    of.given.append(Given(question=question, answer=answer, entry=entry))


def take_back(visit: Visit, of: Round) -> None:
    """Undo the last answer of this round and ask its question again, on a sheet of its own."""
    if not of.given:
        raise UsageError("这一轮还没有可以撤回的判断。")
    last = of.given.pop()
    question = last.question
    if question.truth is not None:
        _note_known(visit, question, None)
    else:
        undo_answer(visit.home, str(last.entry), UNDO_REASON, visit.who, visit.now)
        at = visit.now.isoformat(timespec="seconds")
        question = replace(question, sheet_no=visit.ledger.ask(question.asked, visit.who, at))
    of.waiting.insert(0, question)


def _noted(visit: Visit, question: Question, answer: str, note: str) -> int:
    said = Returned(
        place=Place("", 0),
        sheet_no=question.sheet_no,
        question_no=question.number,
        answer=answer,
        note=note,
    )
    shown = dict(zip(question.record_keys, question.shown, strict=True))
    judged, entries = take_answers(visit.ledger, [said], shown, visit.who, visit.now)
    if judged.faults:
        raise UsageError(f"{judged.faults[0].reason}。")
    return entries[-1]


def _note_known(visit: Visit, question: Question, answer: str | None) -> int:
    """Kept apart from what people decide: it says how good answers are and changes no link."""
    body = {
        "question_no": question.number,
        "record_keys": question.record_keys,
        "same": question.truth,
        "answer": answer,
        "given_at": visit.now.isoformat(timespec="seconds"),
    }
    return visit.ledger.decide(KIND, [body], visit.who)[0]


def _night(visit: Visit) -> tuple[date, int]:
    """What tells one published night from another: its date, and how often it was run."""
    found = visit.snapshot.rows('SELECT "on", number FROM night')[0]
    return found["on"], found["number"]
