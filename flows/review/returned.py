"""What a filled sheet answers. What is wrong with a cell is said by row and column, never by value.

The two rows of a question both bear its number, so its answer may stand in either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flows.review.filled_sheet import Place, Row, rows_of
from flows.review.notes import why_not_kept
from flows.review.pairs import canonical_question_no
from flows.review.words import (
    ANSWER_HEADER,
    ANSWER_WORDS,
    NOTE_HEADER,
    NUMBER_HEADER,
    SHEET_HEADER,
    answer_meant,
    sheet_meant,
)


@dataclass(frozen=True, order=True)
class Fault:
    """One cell that cannot be taken as it is."""

    place: Place
    column: str
    reason: str

    def __str__(self) -> str:
        """As it is told."""
        return f"{self.place}“{self.column}”:{self.reason}"


@dataclass(frozen=True, kw_only=True)
class Returned:
    """One answered question of a returned sheet."""

    place: Place
    sheet_no: int
    question_no: str
    answer: str
    note: str = ""


@dataclass(frozen=True)
class ReturnedSheet:
    """What a file says: answers in the order of its rows, faults, how many questions are open."""

    answers: tuple[Returned, ...]
    faults: tuple[Fault, ...]
    unanswered: int


def read_sheet(data: bytes) -> ReturnedSheet:
    """The answers of a workbook; one bad cell never costs another row its answer."""
    questions: dict[tuple[int, str], list[Row]] = {}
    answers: list[Returned] = []
    faults: list[Fault] = []
    unanswered = 0
    for row in rows_of(data):
        key = _key(row)
        if isinstance(key, Fault):
            faults.append(key)
        elif key:
            questions.setdefault(key, []).append(row)
    for key, rows in questions.items():
        said = _said(key, rows)
        if isinstance(said, Fault):
            faults.append(said)
        elif said:
            fault = _note_fault(said)
            faults += [fault] if fault else []
            answers.append(replace(said, note="") if fault else said)
        else:
            unanswered += 1
    return ReturnedSheet(tuple(answers), tuple(faults), unanswered)


def _key(row: Row) -> tuple[int, str] | Fault | None:
    """Which question of which sheet a row is about; nothing for a row without a question."""
    number = canonical_question_no(row.cells[NUMBER_HEADER])
    sheet_no = sheet_meant(row.cells[SHEET_HEADER])
    if number and sheet_no is not None:
        return sheet_no, number
    if not row.cells[ANSWER_HEADER] and not row.cells[NOTE_HEADER]:
        return None
    if number is None:
        return Fault(row.place, NUMBER_HEADER, "不是有效的问题编号,请从导出的表中复制")
    return Fault(row.place, SHEET_HEADER, "不是有效的批次,请从导出的表中复制")


def _said(key: tuple[int, str], rows: Sequence[Row]) -> Returned | Fault | None:
    """The one answer of a question, what is wrong with it, or nothing where it was left open."""
    notes = [row for row in rows if row.cells[NOTE_HEADER]]
    filled = [
        (row.place, answer_meant(row.cells[ANSWER_HEADER]))
        for row in rows
        if row.cells[ANSWER_HEADER]
    ]
    if not filled:
        return Fault(notes[0].place, ANSWER_HEADER, "写了备注但没有选判断") if notes else None
    for place, answer in filled:
        if answer is None:
            choices = "、".join(ANSWER_WORDS.values())
            return Fault(place, ANSWER_HEADER, f"看不懂,请从“{choices}”中选一项")
    if len({answer for _, answer in filled}) > 1:
        lines = "、".join(str(place.line) for place, _ in filled)
        return Fault(filled[0][0], ANSWER_HEADER, f"同一题填了不同的判断(第 {lines} 行)")
    return Returned(
        place=filled[0][0],
        sheet_no=key[0],
        question_no=key[1],
        answer=str(filled[0][1]),
        note=";".join(dict.fromkeys(row.cells[NOTE_HEADER] for row in notes)),
    )


def _note_fault(said: Returned) -> Fault | None:
    """Numbers of people do not belong into the ledger; the answer beside them is not touched."""
    found = why_not_kept(said.note)
    if not found:
        return None
    return Fault(said.place, NOTE_HEADER, f"{'、'.join(found)},备注不予保存(不影响判断)")
