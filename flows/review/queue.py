"""Which questions to ask next, and in which order. Pure, and the same whatever the order of rows.

Most consequential first: a red, yellow or blue finding that would appear or vanish; then those not
yet declined as unsure; then nearest to even odds. A declared share of pairs is asked twice of the
same person, far apart and under another number, and once of a second person.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.review.contradictions import contradicted_pairs
from flows.review.doubts import NORMAL, normal
from flows.review.pairs import FIRST, SECOND, Pair, is_shown_twice, pair_of, question_no
from flows.review.verdicts import Standing, effective, standings

NEW, UNSURE, OTHER_PERSON, AGAIN = "new", "unsure", "other_person", "again"
CONFLICT, CONTRADICTION = "conflict", "contradiction"

SHARE_TWICE = 0.10
FAR_APART = 5
"""So many questions at least lie between the copies of one on a sheet; on a short sheet the second
copy waits for a later one."""

QUESTIONS = {
    "place": pl.Int64,
    "question_no": pl.String,
    "copy": pl.Int64,
    "kind": pl.String,
    **NORMAL,
}
"""One row per question to ask, in the order of asking; `kind` says why and is not shown."""

_NOBODY = Standing(())


@dataclass(frozen=True, kw_only=True)
class _Candidate:
    """A pair that may be asked of somebody, and which of its copies."""

    pair: Pair
    doubt: Mapping[str, Any]
    kinds: Mapping[int, str]
    rank: tuple[Any, ...]


def build_queue(
    doubts: pl.DataFrame,
    answers: pl.DataFrame,
    capacity: int,
    share_twice: float = SHARE_TWICE,
    *,
    who: str | None = None,
    lent: Collection[Pair] = (),
) -> pl.DataFrame:
    """At most `capacity` questions for a person, or for anybody when `who` is not given.

    Pairs in `lent` lie with somebody else and are left out, unless they are to be asked twice.
    """
    said, contradicted = standings(answers), contradicted_pairs(effective(answers))
    candidates = []
    for pair, doubt in _by_pair(doubts).items():
        twice = is_shown_twice(pair, share_twice)
        if pair in lent and not twice:
            continue
        standing = said.get(pair, _NOBODY)
        kind = _kind(standing, who, twice=twice, contradicted=pair in contradicted)
        kinds = {FIRST: kind} if kind else {}
        if twice and _wants_second_copy(pair, standing, who, kind):
            kinds[SECOND] = AGAIN
        if kinds:
            rank = _rank(doubt, standing, pair)
            candidates.append(_Candidate(pair=pair, doubt=doubt, kinds=kinds, rank=rank))
    candidates.sort(key=lambda one: one.rank)
    rows = [
        _question(place, one, copy)
        for place, (one, copy) in enumerate(_placed(_within(candidates, capacity)), 1)
    ]
    return pl.DataFrame(rows, schema=QUESTIONS)


def _kind(standing: Standing, who: str | None, *, twice: bool, contradicted: bool) -> str | None:
    """Why a pair is asked of somebody, or nothing if it is not."""
    if not standing.answers:
        return NEW
    if standing.is_conflict:
        return CONFLICT
    if who in standing.people:
        return None
    if contradicted:
        return CONTRADICTION
    if not standing.decided:
        return UNSURE
    return OTHER_PERSON if twice and who and len(standing.people) < 2 else None


def _wants_second_copy(pair: Pair, standing: Standing, who: str | None, kind: str | None) -> bool:
    """Whether the blind repetition is due: of one person only, and of them only once."""
    number = question_no(pair, SECOND)
    if any(one.question_no == number for one in standing.answers):
        return False
    answered_first = kind is None and question_no(pair, FIRST) in standing.numbers_of(who)
    return kind in (NEW, OTHER_PERSON) or answered_first


def _rank(doubt: Mapping[str, Any], standing: Standing, pair: Pair) -> tuple[Any, ...]:
    declined = len(standing.people) - len(standing.decided)
    return (-doubt["severity"], declined, _from_even(doubt), question_no(pair), pair)


def _from_even(doubt: Mapping[str, Any]) -> float:
    return abs((0.5 if doubt["probability"] is None else doubt["probability"]) - 0.5)


def _by_pair(doubts: pl.DataFrame) -> dict[Pair, dict[str, Any]]:
    """One doubt per pair; of several the most consequential, then the one nearest to even odds."""
    rows = list(normal(doubts).iter_rows(named=True))
    rows.sort(key=lambda one: (-one["severity"], _from_even(one), repr(sorted(one.items()))))
    found: dict[Pair, dict[str, Any]] = {}
    for doubt in rows:
        if doubt["record_key"] != doubt["other_record_key"]:
            found.setdefault(pair_of(doubt["record_key"], doubt["other_record_key"]), doubt)
    return found


def _within(candidates: Sequence[_Candidate], capacity: int) -> list[tuple[_Candidate, int]]:
    """The questions that there is room for, those of a pair one after the other."""
    rows = [(one, copy) for one in candidates for copy in one.kinds]
    return rows[: max(0, capacity)]


def _placed(rows: Sequence[tuple[_Candidate, int]]) -> list[tuple[_Candidate, int]]:
    """The questions in order, each second copy half a sheet away from its first."""
    leading = [row for row in rows if not _repeats(*row)]
    half = len(leading) // 2
    place = {one.pair: at for at, (one, _) in enumerate(leading)}
    keyed = [(float(at), row) for at, row in enumerate(leading)]
    if half >= FAR_APART:
        keyed += [
            ((place[row[0].pair] + half) % len(leading) + 0.5, row)
            for row in rows
            if _repeats(*row)
        ]
    return [row for _, row in sorted(keyed, key=lambda one: one[0])]


def _repeats(one: _Candidate, copy: int) -> bool:
    """Whether the same sheet asks this pair before."""
    return copy == SECOND and FIRST in one.kinds


def _question(place: int, one: _Candidate, copy: int) -> dict[str, Any]:
    """A row of the queue; the second copy shows the two records the other way round."""
    asked = {
        **one.doubt,
        "place": place,
        "question_no": question_no(one.pair, copy),
        "copy": copy,
        "kind": one.kinds[copy],
    }
    if copy == SECOND:
        for name, other in (("record_key", "other_record_key"), ("person_id", "other_person_id")):
            asked[name], asked[other] = asked[other], asked[name]
    return {name: asked[name] for name in QUESTIONS}
