"""The pairs the matcher leaves to people, as the published night lists them, and what hangs on them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from flows import files
from transforms.signal import BLUE, RED, YELLOW
from transforms.signals import SIGNALS

DOUBTS = {
    "record_key": pl.String,
    "other_record_key": pl.String,
    "person_id": pl.String,
    "other_person_id": pl.String,
    "probability": pl.Float64,
    "weight": pl.Float64,
    "second_probability": pl.Float64,
    "how": pl.String,
    "why_zh": pl.String,
    "would_change": pl.List(pl.String),
}
"""One row per doubtful record and candidate. `would_change` names the signals that would appear
(+) or vanish (-) if the two were one person, or were not where they are one now, each with its
severity: '+red:rent_arrears'."""

NORMAL = {**DOUBTS, "severity": pl.Int64}
"""The doubts as this room reads them: with the worst finding that hangs on each, 0 for none."""

NOTHING = 0
_LEVELS = {"red": RED, "yellow": YELLOW, "blue": BLUE, "3": RED, "2": YELLOW, "1": BLUE}
_DOING = {"+": "新增", "-": "取消", "": "改变"}
_PARTED = re.compile(r"[,;、,;\s]+")


@dataclass(frozen=True)
class Change:
    """A signal that would appear, vanish or change for somebody."""

    sign: str
    severity: int
    signal: str

    @classmethod
    def read(cls, text: str) -> Change:
        """An item of `would_change`; a signal named without its severity counts as the worst."""
        sign = text[:1] if text[:1] in ("+", "-") else ""
        words = text.removeprefix(sign).split(":")
        levels = [_LEVELS[word] for word in words if word in _LEVELS]
        names = [word for word in words if word not in _LEVELS]
        return cls(sign, max(levels, default=RED), ":".join(names))

    @property
    def words(self) -> str:
        """The change as a reviewer reads it; a sensitive kind is not named to them."""
        known = SIGNALS.get(self.signal)
        title = known.title if known else self.signal
        told = "敏感情形" if known and known.is_sensitive else title
        return f"{_DOING[self.sign]}预警“{told}”"


def doubts_of(snapshot: Path) -> pl.DataFrame:
    """The doubts of the published night; none where the snapshot does not list them yet."""
    if not snapshot.exists():
        return pl.DataFrame(schema=DOUBTS)
    connection = files.duckdb_database(snapshot, read_only=True)
    try:
        tables = {name for (name,) in connection.execute("SHOW TABLES").fetchall()}
        if "doubt" not in tables:
            return pl.DataFrame(schema=DOUBTS)
        found: pl.DataFrame = connection.execute("FROM doubt").pl()
    finally:
        connection.close()
    return found


def normal(doubts: pl.DataFrame) -> pl.DataFrame:
    """The doubts in the columns of NORMAL, `would_change` as a list; twice is the same as once."""
    rows = []
    for row in doubts.iter_rows(named=True):
        changes = list(items(row.get("would_change")))
        severity = row.get("severity")
        rows.append(
            {
                **{name: row.get(name) for name in NORMAL},
                "would_change": changes,
                "severity": severity_of(changes) if severity is None else severity,
            }
        )
    return pl.DataFrame(rows, schema=NORMAL)


def items(would_change: str | Sequence[str] | None) -> tuple[str, ...]:
    """The items of a cell of `would_change`: a list, the JSON of one, or parted by commas."""
    if isinstance(would_change, str):
        text = would_change.strip()
        parts: Iterable[Any] = json.loads(text) if text[:1] == "[" else _PARTED.split(text)
    else:
        parts = would_change or ()
    return tuple(str(one) for one in parts if one)


def severity_of(would_change: Iterable[str]) -> int:
    """The worst finding that an answer would add or remove; 0 when it changes none."""
    return max((Change.read(one).severity for one in would_change), default=NOTHING)


def consequence(would_change: Iterable[str], *, together: bool = False) -> str:
    """What hangs on the answer, in words; empty when nothing does.

    Of two records that are one person now (`together`), "no" is the answer that changes something.
    """
    words = dict.fromkeys(Change.read(one).words for one in would_change)
    answer = "若不是" if together else "若是同一人"
    return f"{answer},将{'、'.join(words)}" if words else ""
