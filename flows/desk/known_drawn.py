"""Which known pairs a round gets, and where: drawn by the sheet's number, so that nobody can tell."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from flows.desk.page import Visit
from flows.models import in_force
from flows.review.asking import Sheet
from flows.review.known_pairs import KIND, KnownPair, known_pairs

_POOLS: dict[tuple[Path, date, int], list[KnownPair]] = {}


class _HasNumber(Protocol):
    @property
    def number(self) -> str: ...


Numbered = TypeVar("Numbered", bound=_HasNumber)


def drawn_known(visit: Visit, sheet: Sheet) -> list[KnownPair]:
    """As many known pairs as the share says, none that this reader has answered before."""
    share = visit.home.config.review.known_share
    count = drawn_count(share, sheet.queue.height, sheet.sheet_no)
    if not count:
        return []
    earlier = visit.ledger.decisions(visit.ledger.position())
    seen = {
        one["body"]["question_no"]
        for one in earlier
        if one["kind"] == KIND and one["who"] == visit.who
    } | {*sheet.queue["question_no"]}
    return [one for one in _pool(visit) if one.question_no not in seen][:count]


def _pool(visit: Visit) -> list[KnownPair]:
    """The known pairs of the published night, looked for once."""
    night = visit.snapshot.rows('SELECT "on", number FROM night')[0]
    key = (visit.home.root, night["on"], night["number"])
    if key not in _POOLS:
        model = in_force(visit.home, visit.ledger, visit.ledger.position()).model
        _POOLS.clear()
        _POOLS[key] = known_pairs(visit.home, model, night["on"].toordinal())
    return _POOLS[key]


def drawn_count(share: float, questions: int, sheet_no: int) -> int:
    """How many known pairs a round gets: the share, its fraction drawn by the sheet's number."""
    return int(share * questions + _drawn(sheet_no, "count"))


def mixed(real: Sequence[Numbered], known: Sequence[Numbered], sheet_no: int) -> list[Numbered]:
    """Known pairs at places drawn by the sheet's number; real questions keep their order."""
    questions = list(real)
    for one in known:
        questions.insert(int(_drawn(sheet_no, one.number) * (len(questions) + 1)), one)
    return questions


def _drawn(sheet_no: int, topic: str) -> float:
    text = f"round\x1f{sheet_no}\x1f{topic}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big") / 2**48
