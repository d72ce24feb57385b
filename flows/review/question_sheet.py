"""The questions as a workbook for Excel or WPS: two rows each, record above record, to be compared.

Where the two records differ the characters are bold, red and underlined, so that black-and-white
print shows it as well. Only the answer and the note can be written into; a blind repetition looks
like every other question.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import chinese_day, lines_needed, plain, shortened, typeset
from flows.review.doubts import consequence
from flows.review.question_formats import QuestionFormats
from flows.review.queue import CONFLICT
from flows.review.sheet_columns import (
    ANSWER,
    LAST_COLUMN,
    NOTE,
    SIDE_COLUMNS,
    TITLES,
    WHY,
    WIDTHS,
)
from flows.review.side_cells import MOST_LINES, height_of, write_fact
from flows.review.sides import Side
from flows.review.words import ANSWER_HEADER, ANSWER_WORDS, sheet_words

SHEET_NAME = "人员核对"
NOTICE = "内部资料,注意保密:只用于判断两条记录是否同一人,不得转发或拍照外传,用后按规定保管或销毁。"
HOW_TO = (
    "每题上下两行,是两条记录,不同的字已加粗标红。只填右边带颜色的两栏:"
    "“您的判断”从下拉表中选,拿不准就选“说不准”,不要猜;系统的判断只供参考。"
)
CONFLICT_HINT = "此前各人的判断不一致,请仔细再看一次。"
A4 = 9
LOWEST_ROW = 34
TITLE_ROW, SUMMARY_ROW, HOW_TO_ROW, NOTICE_ROW, HEADER_ROW = range(5)
FIRST_LINE = HEADER_ROW + 1
LABELS = ("甲", "乙")


def question_sheet(
    questions: Sequence[Mapping[str, Any]],
    sides: Mapping[str, Side],
    *,
    sheet_no: int,
    county: str,
    who: str | None,
    made_at: datetime,
) -> bytes:
    """The questions, whose records all have a side, as the bytes of an XLSX file."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": SHEET_NAME, "created": made_at.replace(tzinfo=None)})
        sheet, formats = book.add_worksheet(SHEET_NAME), QuestionFormats(book)
        title = f"{plain(county)}{SHEET_NAME}  {sheet_words(sheet_no)}  {chinese_day(made_at)}"
        asked_of = f"    请 {plain(who)} 填写" if who else ""
        _write_head(sheet, formats, title, f"共 {len(questions)} 题{asked_of}")
        for at, question in enumerate(questions):
            pair = (sides[question["record_key"]], sides[question["other_record_key"]])
            _write_question(sheet, formats, FIRST_LINE + 2 * at, sheet_no, question, pair)
        _set_up(sheet, FIRST_LINE + 2 * len(questions) - 1, title)
    return file.getvalue()


def _write_head(sheet: Worksheet, formats: QuestionFormats, title: str, summary: str) -> None:
    heads = (
        (TITLE_ROW, 28, title, formats.title),
        (SUMMARY_ROW, 18, summary, formats.summary),
        (HOW_TO_ROW, 32, HOW_TO, formats.summary),
        (NOTICE_ROW, 18, NOTICE, formats.notice),
    )
    for row, height, text, style in heads:
        sheet.set_row(row, height)
        sheet.merge_range(row, 0, row, LAST_COLUMN, "", style)
        sheet.write_string(row, 0, typeset(text), style)
    sheet.set_row(HEADER_ROW, 24)
    for at, (name, width) in enumerate(zip(TITLES, WIDTHS, strict=True)):
        style = formats.header_to_fill if at in (ANSWER, NOTE) else formats.header
        sheet.write_string(HEADER_ROW, at, name, style)
        sheet.set_column(at, at, width)


def _write_question(
    sheet: Worksheet,
    formats: QuestionFormats,
    row: int,
    sheet_no: int,
    question: Mapping[str, Any],
    pair: tuple[Side, Side],
) -> None:
    """Two rows, both with the number of the question, so that no sorting can part them from it."""
    for at, label in enumerate(LABELS):
        told = (question["question_no"], sheet_words(sheet_no), label)
        for column, text in enumerate(told):
            sheet.write_string(row + at, column, text, formats.known)
    height = max(write_fact(sheet, formats, row, at, pair) for at in range(len(SIDE_COLUMNS)))
    why = _why(question)
    for column, text, style in (
        (WHY, why, formats.known),
        (ANSWER, "", formats.to_fill),
        (NOTE, "", formats.to_fill),
    ):
        sheet.merge_range(row, column, row + 1, column, "", style)
        if text:
            sheet.write_string(row, column, text, style)
    height = max(height, height_of(lines_needed(why, WIDTHS[WHY])) / 2, LOWEST_ROW)
    sheet.set_row(row, height)
    sheet.set_row(row + 1, height)


def _why(question: Mapping[str, Any]) -> str:
    hint = CONFLICT_HINT if question["kind"] == CONFLICT else ""
    person, other = question.get("person_id"), question.get("other_person_id")
    told = consequence(question["would_change"], together=person is not None and person == other)
    parts = (hint, plain(question["why_zh"]), told)
    text = "\n".join(typeset(part) for part in parts if part)
    return shortened(text, WIDTHS[WHY], 2 * MOST_LINES)


def _set_up(sheet: Worksheet, last: int, title: str) -> None:
    """A drop-down list; locked but for what is to be filled; A4 landscape with headers on each page."""
    sheet.data_validation(
        FIRST_LINE,
        ANSWER,
        last,
        ANSWER,
        {
            "validate": "list",
            "source": list(ANSWER_WORDS.values()),
            "ignore_blank": True,
            "input_title": ANSWER_HEADER,
            "input_message": "上下两行是同一个人吗?",
            "error_title": ANSWER_HEADER,
            "error_message": "请从下拉表中选一项",
        },
    )
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.freeze_panes(FIRST_LINE, 1)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.55)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, last, LAST_COLUMN)
    name = title[:40].replace("&", "&&")
    sheet.set_footer(f"&L{name}&C第 &P 页 / 共 &N 页&R内部使用 严禁外传", {"margin": 0.25})
