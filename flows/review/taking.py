"""Take what people answered into the ledger, from a filled workbook or from the desk's screen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import polars as pl

from flows import files
from flows.errors import Exit, UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.review.desk import ledger_of, person
from flows.review.judging import Judged, judge
from flows.review.returned import Returned, ReturnedSheet, read_sheet
from flows.review.sides import sides
from flows.review.verdicts import ANSWERS
from flows.review.words import ANSWER_WORDS


def import_answers(home: Home, path: Path, who: str, now: datetime) -> tuple[Exit, list[str]]:
    """Take what a filled workbook answers into the ledger; tell every cell that could not be taken."""
    who = person(who)
    if not path.is_file():
        raise UsageError(f"找不到文件 {path.name}。")
    sheet = read_sheet(files.read(path))
    ledger = ledger_of(home)
    wanted = [(one.sheet_no, one.question_no) for one in sheet.answers]
    answered = _asked_in(ledger.asked(ledger.position()), wanted)
    keys = {*answered["record_key"], *answered["other_record_key"]}
    shown = {key: side.shown for key, side in sides(home, keys).items()} if keys else {}
    judged, _ = take_answers(ledger, sheet.answers, shown, who, now)
    return Exit.WARNINGS if sheet.faults or judged.faults else Exit.DONE, _told(sheet, judged)


def take_answers(
    ledger: Ledger,
    answers: Sequence[Returned],
    shown: Mapping[str, str],
    who: str,
    now: datetime,
) -> tuple[Judged, list[int]]:
    """Note the answers that still stand; what became of them, and the entries of those noted."""
    position = ledger.position()
    judged = judge(answers, ledger.asked(position), ledger.answers(position), shown, who)
    return judged, ledger.answer(judged.new, who, now.isoformat(timespec="seconds"))


def _asked_in(asked: pl.DataFrame, wanted: list[tuple[int, str]]) -> pl.DataFrame:
    """The questions that a returned sheet answers."""
    columns = {"entry": pl.Int64, "question_no": pl.String}
    return asked.join(
        pl.DataFrame(wanted, schema=columns, orient="row"), on=list(columns), how="semi"
    )


def _told(sheet: ReturnedSheet, judged: Judged) -> list[str]:
    """What became of every question of the sheet, and each cell that is to be put right."""
    given = Counter(one.answer for one in judged.new if one.answer)
    parts = "、".join(f"{ANSWER_WORDS[answer]} {given[answer]}" for answer in ANSWERS)
    faults = sorted({*sheet.faults, *judged.faults})
    lines = [
        f"新记下 {sum(given.values())} 个判断({parts});先前已记下 {judged.known} 个;"
        f"未填 {sheet.unanswered} 题;有 {len(faults)} 处需要改正。"
    ]
    changed = sum(one.undoes is not None for one in judged.new)
    if changed:
        lines.append(f"其中 {changed} 题在同一张表上改了判断,原判断已撤销。")
    return [*lines, *map(str, faults)]
