"""How steady each person's answers are: against the truth where it is known, themselves, colleagues.

Kappa with its 95 % interval (matchers/agreement.py); 'unsure' is an answer of its own and never agrees
with a decided one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.review.pairs import FIRST, SECOND, Pair, question_no
from flows.review.verdicts import ANSWERS, DIFFERENT, SAME, Said, Standing, in_force, standings
from matchers.agreement import Agreement, agreement


@dataclass(frozen=True, kw_only=True)
class PersonMeasure:
    """One person's answers in force: how many of each kind, and three agreements."""

    who: str
    given: Mapping[str, int]
    known: Agreement
    twice: Agreement
    others: Agreement


@dataclass(frozen=True, kw_only=True)
class KnownAnswer:
    """What somebody last said about a pair of which the truth is known."""

    who: str
    same: bool
    answer: str


def by_person(answers: pl.DataFrame, known: Sequence[KnownAnswer]) -> list[PersonMeasure]:
    """One row per person who ever answered, by name."""
    standing, said = in_force(answers), standings(answers)
    people = sorted({*standing["who"], *(one.who for one in known)})
    return [
        PersonMeasure(
            who=who,
            given=Counter(standing.filter(pl.col("who") == who)["answer"].to_list()),
            known=_agreed(
                (SAME if one.same else DIFFERENT, one.answer) for one in known if one.who == who
            ),
            twice=_agreed(_twice(said, who)),
            others=_agreed(_beside_others(said, who)),
        )
        for who in people
    ]


def known_answers(entries: Iterable[Mapping[str, Any]]) -> list[KnownAnswer]:
    """The ledger's entries about known pairs (who, body) folded: the last of each person counts."""
    last: dict[tuple[str, str], KnownAnswer | None] = {}
    for entry in entries:
        body = entry["body"]
        key = (entry["who"], body["question_no"])
        given = body["answer"]
        last[key] = (
            KnownAnswer(who=entry["who"], same=body["same"], answer=given) if given else None
        )
    return [one for one in last.values() if one]


def _twice(said: Mapping[Pair, Standing], who: str) -> Iterable[tuple[str, str]]:
    """What they said first, and at the blind repetition."""
    for pair, standing in said.items():
        latest = {one.question_no: one.answer for one in standing.answers if one.who == who}
        first, second = question_no(pair, FIRST), question_no(pair, SECOND)
        if first in latest and second in latest:
            yield latest[first], latest[second]


def _beside_others(said: Mapping[Pair, Standing], who: str) -> Iterable[tuple[str, str]]:
    """Their first answer beside the first answer of each colleague, who did not know of it."""
    for standing in said.values():
        first: dict[str, Said] = {}
        for one in standing.answers:
            first.setdefault(one.who, one)
        if who in first:
            mine = first.pop(who).answer
            yield from ((mine, first[other].answer) for other in sorted(first))


def _agreed(pairs: Iterable[tuple[str, str]]) -> Agreement:
    both = list(pairs)
    return agreement([one for one, _ in both], [other for _, other in both], ANSWERS)
