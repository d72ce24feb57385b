"""How good the answers are and what they say about the model, as plain values for the report.

Three measures: the same person asked twice, two people asked the same, and the model's side of even
odds against the people's verdict, by the probability the model gave when the question was asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import polars as pl

from flows.review.contradictions import contradictions
from flows.review.doubts import NOTHING
from flows.review.pairs import FIRST, SECOND, Pair, pair_of, question_no
from flows.review.queue import CONFLICT, CONTRADICTION, UNSURE, build_queue
from flows.review.verdicts import (
    ANSWERS,
    SAME,
    Said,
    Standing,
    effective,
    in_force,
    standings,
)
from matchers.agreement import agreement, wilson
from transforms.signal import BLUE, RED, YELLOW

_EVERYTHING = 10**9
BANDS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
"""Probabilities are told in these bands; the last holds its upper end."""


def measures(answers: pl.DataFrame, asked: pl.DataFrame) -> dict[str, Any]:
    """Everything that is known of the answers; each figure is a count or comes with an interval."""
    said, verdicts = standings(answers), effective(answers)
    standing = in_force(answers)
    given = Counter(standing["answer"].to_list())
    found = contradictions(verdicts)
    return {
        "answers": {answer: given[answer] for answer in ANSWERS},
        "undone": answers.filter(pl.col("answer").is_not_null()).height - standing.height,
        "people": standing["who"].n_unique(),
        "pairs": {
            "same": int(verdicts["same"].sum()),
            "different": int((~verdicts["same"]).sum()),
            "unsure": sum(not one.decided for one in said.values()),
            "conflict": sum(one.is_conflict for one in said.values()),
            "settled_by_majority": sum(_is_outvoted(one) for one in said.values()),
        },
        "contradictions": found.select("entry", "chain").to_dicts(),
        "same_person_twice": _agreed(_twice(said)),
        "two_people": _agreed(_two_people(said)),
        "model": _against_model(said, asked),
    }


def waiting(doubts: pl.DataFrame, answers: pl.DataFrame) -> dict[str, Any]:
    """How many pairs wait for a person: by the finding that hangs on them, and asked again why."""
    queue = build_queue(doubts, answers, _EVERYTHING, share_twice=0)
    severities, kinds = Counter(queue["severity"]), Counter(queue["kind"])
    return {
        "questions": queue.height,
        "by_severity": {str(at): severities[at] for at in (RED, YELLOW, BLUE, NOTHING)},
        "again": {kind: kinds[kind] for kind in (CONFLICT, CONTRADICTION, UNSURE)},
    }


def _is_outvoted(standing: Standing) -> bool:
    """Whether people disagreed and a further one decided."""
    return standing.verdict is not None and len({s.answer for s in standing.decided.values()}) > 1


def _twice(said: Mapping[Pair, Standing]) -> Iterable[tuple[str, str]]:
    """What a person said first and at the blind repetition."""
    for pair, standing in said.items():
        numbers = question_no(pair, FIRST), question_no(pair, SECOND)
        latest = {(one.who, one.question_no): one.answer for one in standing.answers}
        for who in sorted(standing.people):
            if all((who, number) in latest for number in numbers):
                yield latest[who, numbers[0]], latest[who, numbers[1]]


def _two_people(said: Mapping[Pair, Standing]) -> Iterable[tuple[str, str]]:
    """The first answers of the first two people, who did not know of each other's."""
    for standing in said.values():
        first: dict[str, Said] = {}
        for one in standing.answers:
            first.setdefault(one.who, one)
        if len(first) > 1:
            one, other = sorted(list(first.values())[:2], key=lambda answer: answer.who)
            yield one.answer, other.answer


def _agreed(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    both = list(pairs)
    found = agreement([one for one, _ in both], [other for _, other in both], ANSWERS)
    return {
        "pairs": found.pairs,
        "agreed": found.agreed,
        "counts": [list(row) for row in found.counts],
        "kappa": _rounded(found.kappa),
        "interval": [_rounded(found.low), _rounded(found.high)],
    }


def _against_model(said: Mapping[Pair, Standing], asked: pl.DataFrame) -> dict[str, Any]:
    """The people's verdicts by what the model thought; `unknown` were never asked on a sheet."""
    thought = _probabilities(asked)
    decided = {pair: one for pair, one in said.items() if one.verdict}
    known = [
        (thought[pair], one.verdict == SAME) for pair, one in decided.items() if pair in thought
    ]
    bands = [
        _band(low, high, [row for row in known if _is_in(row[0], low, high)])
        for low, high in pairwise(BANDS)
    ]
    whole = _band(BANDS[0], BANDS[-1], known)
    return {**whole, "unknown": len(decided) - len(known), "bands": bands}


def _probabilities(asked: pl.DataFrame) -> dict[Pair, float]:
    """What the model thought of each pair when it was last asked."""
    rows = asked.filter(pl.col("probability").is_not_null()).sort("entry")
    columns = rows.select("record_key", "other_record_key", "probability")
    return {pair_of(left, right): thought for left, right, thought in columns.iter_rows()}


def _is_in(probability: float, low: float, high: float) -> bool:
    return low <= probability < high or probability == high == BANDS[-1]


def _band(low: float, high: float, rows: list[tuple[float, bool]]) -> dict[str, Any]:
    """How often the model's side of even odds was the people's, with a 95 % interval (Wilson)."""
    agreed = sum((probability >= 0.5) == same for probability, same in rows)
    interval = wilson(agreed, len(rows))
    return {
        "from": low,
        "to": high,
        "pairs": len(rows),
        "same": sum(same for _, same in rows),
        "agreed": agreed,
        "share": _rounded(agreed / len(rows)) if rows else None,
        "interval": [_rounded(end) for end in interval] if interval else [None, None],
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
