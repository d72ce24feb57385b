"""Who visits where, and how many doors a night: HOME/policy/visitors.csv, if the county keeps one.

Its columns are 乡镇代码, 村代码 (may be empty), 走访人 and 每晚单数. A township that it does not name
has the policy's capacity and no named visitors.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows import files
from flows.errors import DoorstepError

VISITORS_FILE = "visitors.csv"
_COLUMNS = ("乡镇代码", "村代码", "走访人", "每晚单数")


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """One visitor: a township (9 digits), perhaps one village of it (12), and visits a night."""

    township_code: str
    village_code: str | None
    name: str
    visits: int


def read_visitors(policy_folder: Path) -> tuple[Visitor, ...]:
    """The visitors a county has named, in the order of the file; none without the file."""
    path = policy_folder / VISITORS_FILE
    if not path.is_file():
        return ()
    try:
        text = files.read(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DoorstepError(f"policy/{VISITORS_FILE} 不是 UTF-8 文本,请另存为 UTF-8。") from None
    rows = csv.DictReader(io.StringIO(text))
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise DoorstepError(
            f"policy/{VISITORS_FILE} 的表头应当是:{'、'.join(_COLUMNS)};请改正后重试。"
        )
    return tuple(_visitor(line, row) for line, row in enumerate(rows, start=2))


def _visitor(line: int, row: dict[str, str]) -> Visitor:
    township, village, name, visits = ((row[column] or "").strip() for column in _COLUMNS)
    problem = _problem(township, village, name, visits)
    if problem:
        raise DoorstepError(f"policy/{VISITORS_FILE} 第 {line} 行:{problem};请改正后重试。")
    return Visitor(
        township_code=township, village_code=village or None, name=name, visits=int(visits)
    )


def _problem(township: str, village: str, name: str, visits: str) -> str | None:
    if not (len(township) == 9 and township.isascii() and township.isdigit()):
        return "乡镇代码要写 9 位数字"
    is_code = len(village) == 12 and village.isascii() and village.isdigit()
    if village and not (is_code and village.startswith(township)):
        return "村代码要写 12 位数字,且属于该乡镇,或留空"
    if not name:
        return "走访人不能为空"
    if not (visits.isascii() and visits.isdigit() and int(visits) <= 1000):
        return "每晚单数要写 0 到 1000 的整数"
    return None


def capacities(visitors: Sequence[Visitor]) -> pl.DataFrame:
    """township_code, visits: how many doors a night the named visitors of each township reach."""
    sums: dict[str, int] = {}
    for one in visitors:
        sums[one.township_code] = sums.get(one.township_code, 0) + one.visits
    schema = {"township_code": pl.String, "visits": pl.Int64}
    return pl.DataFrame(sorted(sums.items()), schema=schema, orient="row")


def assigned(
    visitors: Sequence[Visitor],
    doors: Sequence[tuple[str, str | None]],
    named: Sequence[str | None] = (),
) -> list[str | None]:
    """Who goes to each door (township, village), loads balanced against what each can visit.

    Where an officer has named a visitor of that township (`named`, one a door), it is that one.

    A village's own visitors go there first; others of the township help once those are full. Ties
    go to the visitor named first in the file, so that the same doors are always shared alike.
    """
    load = [0] * len(visitors)
    chosen: list[str | None] = []
    for door, (township, village) in enumerate(doors):
        fit = [
            at
            for at, one in enumerate(visitors)
            if one.township_code == township and one.visits > 0
        ]
        wanted = named[door] if named else None
        fit = [at for at in fit if visitors[at].name == wanted] or fit
        if not fit:
            chosen.append(None)
            continue

        def rank(at: int, village: str | None = village) -> tuple[int, float, int]:
            one = visitors[at]
            is_full = load[at] >= one.visits
            fits = 0 if one.village_code and one.village_code == village else 1
            fits = fits if one.village_code in (village, None) else 2
            return (3 if is_full else fits, load[at] / one.visits, at)

        best = min(fit, key=rank)
        load[best] += 1
        chosen.append(visitors[best].name)
    return chosen
