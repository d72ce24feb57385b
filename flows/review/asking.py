"""The next questions for somebody; `doorstep review export` writes them as a workbook.

What was asked is noted in the ledger, whether it stands on a sheet or on the desk's screen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from flows import files
from flows.audit.noting import note_export
from flows.errors import Exit, UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.review.desk import ledger_of, person
from flows.review.doubts import doubts_of
from flows.review.question_sheet import question_sheet
from flows.review.queue import build_queue
from flows.review.recall import LENT_DAYS, lent, with_recalled
from flows.review.sides import Side, sides
from flows.review.words import sheet_words


def export_questions(
    home: Home, out: Path, limit: int, who: str | None, now: datetime
) -> tuple[Exit, list[str]]:
    """Write the next questions as a workbook and note in the ledger what was asked."""
    who = person(who) if who is not None else None
    if out.suffix.lower() != ".xlsx":
        raise UsageError("请把导出的文件命名为 .xlsx。")
    if out.exists():
        raise UsageError(f"{out.name} 已存在,里面可能有填好的判断,没有覆盖。请换一个文件名。")
    if not home.snapshot.exists():
        raise UsageError("还没有已发布的数据。请先运行 doorstep nightly。")
    asked = next_sheet(home, limit, who, now)
    if asked is None:
        return Exit.NOTHING_NEW, ["现在没有需要核对的问题,没有写文件。"]
    queue, sheet_no = asked.queue, asked.sheet_no
    data = question_sheet(
        list(queue.iter_rows(named=True)),
        asked.sides,
        sheet_no=sheet_no,
        county=home.config.site.name,
        who=who,
        made_at=now,
    )
    files.write(out, data)
    note_export(home, out, "review export", f"最要紧的 {limit} 题", queue.height)
    return Exit.DONE, [
        f"已写出{sheet_words(sheet_no)} {queue.height} 题:{out}",
        f"填好后运行 doorstep review import {out.name} --who {who or '填写人'}",
    ]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Questions that were put to somebody: `queue` as build_queue gives it, `asked` as it is noted."""

    sheet_no: int
    queue: pl.DataFrame
    asked: pl.DataFrame
    sides: Mapping[str, Side]


def next_sheet(home: Home, limit: int, who: str | None, now: datetime) -> Sheet | None:
    """Ask the next questions and note it; None when there is nothing to ask."""
    ledger = ledger_of(home)
    queue, known = _next_questions(home, ledger, limit, who, now)
    if queue.is_empty():
        return None
    asked = _as_asked(queue, known)
    sheet_no = ledger.ask(asked, who, now.isoformat(timespec="seconds"))
    return Sheet(sheet_no=sheet_no, queue=queue, asked=asked, sides=known)


def _next_questions(
    home: Home, ledger: Ledger, limit: int, who: str | None, now: datetime
) -> tuple[pl.DataFrame, dict[str, Side]]:
    """The queue and the sides of all its records; a pair of which a record is gone is left out."""
    position = ledger.position()
    answers, asked = ledger.answers(position), ledger.asked(position)
    since = (now - timedelta(days=LENT_DAYS)).isoformat(timespec="seconds")
    elsewhere = lent(asked, answers, who, since)
    doubts = with_recalled(doubts_of(home.snapshot), asked, answers)
    share = home.config.review.twice_share
    while True:
        queue = build_queue(doubts, answers, limit, share, who=who, lent=elsewhere)
        keys = _keys(queue)
        known = sides(home, keys) if keys else {}
        gone = sorted(keys - set(known))
        if not gone:
            return queue, known
        missing = pl.col("record_key").is_in(gone) | pl.col("other_record_key").is_in(gone)
        doubts = doubts.filter(~missing)


def _as_asked(queue: pl.DataFrame, known: dict[str, Side]) -> pl.DataFrame:
    """The questions as the ledger remembers them: what was shown only as keyed hashes."""
    return queue.with_columns(
        shown=_each(queue["record_key"], lambda key: known[key].shown),
        other_shown=_each(queue["other_record_key"], lambda key: known[key].shown),
        would_change=_each(queue["would_change"], lambda found: json.dumps(list(found))),
        why_zh=queue["why_zh"].fill_null(""),
    )


def _each(values: pl.Series, told: Callable[[Any], str]) -> pl.Series:
    return pl.Series([told(value) for value in values], dtype=pl.String)


def _keys(pairs: pl.DataFrame) -> set[str]:
    return {*pairs["record_key"], *pairs["other_record_key"]}
