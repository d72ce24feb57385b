"""What people's answers come to: one verdict a pair, or none while they disagree. Pure.

The latest decided answer of each person counts, an undone answer never. A verdict is what more than
half of these people say; two who disagree give none. Whoever is unsure decides nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from flows.review.pairs import Pair, pair_of

SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
ANSWERS = (SAME, DIFFERENT, UNSURE)

VERDICTS = {
    "left_record_key": pl.String,
    "right_record_key": pl.String,
    "same": pl.Boolean,
    "entry": pl.Int64,
}
"""One row per decided pair, left < right; `entry` is the latest answer that says so."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer in force."""

    answer: str
    who: str
    question_no: str | None
    asked: int | None
    entry: int


@dataclass(frozen=True)
class Standing:
    """All answers in force about one pair, the earliest first."""

    answers: tuple[Said, ...]

    @cached_property
    def decided(self) -> Mapping[str, Said]:
        """The latest decided answer of each person."""
        return {one.who: one for one in self.answers if one.answer != UNSURE}

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody who answered, be it that they were unsure."""
        return frozenset(one.who for one in self.answers)

    @cached_property
    def verdict(self) -> str | None:
        """What more than half of those who decided say."""
        said = [one.answer for one in self.decided.values()]
        return next((one for one in (SAME, DIFFERENT) if 2 * said.count(one) > len(said)), None)

    @property
    def is_conflict(self) -> bool:
        """Whether people disagree so that there is no verdict."""
        return bool(self.decided) and self.verdict is None

    @property
    def entry(self) -> int:
        """The latest answer that the verdict rests on."""
        return max(one.entry for one in self.decided.values() if one.answer == self.verdict)

    def numbers_of(self, who: str | None) -> frozenset[str | None]:
        """The question numbers under which somebody answered."""
        return frozenset(one.question_no for one in self.answers if one.who == who)


def undone(answers: pl.DataFrame) -> set[int]:
    """The entries that were taken back; an undoing can itself be undone, and then counts no more."""
    found: set[int] = set()
    undoing = answers.filter(pl.col("undoes").is_not_null()).sort("entry", descending=True)
    for entry, undoes in undoing.select("entry", "undoes").iter_rows():
        if entry not in found:
            found.add(undoes)
    return found


def in_force(answers: pl.DataFrame) -> pl.DataFrame:
    """The answers that were not undone."""
    kept = pl.col("answer").is_not_null() & ~pl.col("entry").is_in(sorted(undone(answers)))
    return answers.filter(kept).sort("entry")


def standings(answers: pl.DataFrame) -> dict[Pair, Standing]:
    """Every pair that has an answer in force, in the order of pairs."""
    said: dict[Pair, list[Said]] = defaultdict(list)
    for row in in_force(answers).iter_rows(named=True):
        said[pair_of(row["record_key"], row["other_record_key"])].append(
            Said(
                answer=row["answer"],
                who=row["who"],
                question_no=row["question_no"],
                asked=row.get("asked"),
                entry=row["entry"],
            )
        )
    return {pair: Standing(tuple(said[pair])) for pair in sorted(said)}


def effective(answers: pl.DataFrame) -> pl.DataFrame:
    """The verdicts in force: what every night honours, whatever its model says."""
    found = [
        (*pair, one.verdict == SAME, one.entry)
        for pair, one in standings(answers).items()
        if one.verdict
    ]
    return pl.DataFrame(found, schema=VERDICTS, orient="row")


def unhonoured(verdicts: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Verdicts that links (record_key, person_id) go against; must be empty but for contradictions.

    A pair of which a record is no longer known is neither honoured nor broken.
    """
    person = links.select("record_key", "person_id").unique("record_key")
    placed = verdicts.join(person, left_on="left_record_key", right_on="record_key").join(
        person, left_on="right_record_key", right_on="record_key", suffix="_right"
    )
    together = pl.col("person_id") == pl.col("person_id_right")
    return placed.filter(together != pl.col("same")).select(*VERDICTS).sort("entry")
