"""The questions of a round: doubtful pairs of the queue, with a few known pairs among them.

All records of a round are read at once, while nobody else reads them; nothing unmasked is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import polars as pl

from flows.desk.known_drawn import drawn_known, mixed
from flows.desk.page import Visit
from flows.publish.cells import typeset
from flows.review.asking import Sheet, next_sheet
from flows.review.difference import Stretches, differences
from flows.review.effects import Belonging, effects
from flows.review.known_pairs import KnownPair, with_less
from flows.review.likeness import in_words, likenesses
from flows.review.queue import CONFLICT
from flows.review.sheet_columns import SIDE_COLUMNS, SideColumn
from flows.review.sides import Side, sides

SIZE = 10
"""Few, because what is asked of one reviewer is not asked of another for a fortnight."""

_ONE_READER = Lock()
"""The working database has one reader at a time; two officers wait for each other, not for a night."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One fact of both records: its title, both texts in pieces, in which words they are alike."""

    title: str
    texts: tuple[Stretches, Stretches]
    alike: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One pair on the screen. `truth` is None for a real question; `asked` is its row in the ledger."""

    number: str
    sheet_no: int
    record_keys: tuple[str, str]
    shown: tuple[str, str]
    facts: tuple[Fact, ...]
    effects: tuple[str, ...]
    is_conflict: bool
    why_zh: str
    probability: float | None
    asked: pl.DataFrame | None = None
    truth: bool | None = None


def next_questions(visit: Visit) -> list[Question]:
    """The next questions of the queue, with known pairs among them."""
    with _ONE_READER:
        sheet = next_sheet(visit.home, SIZE, visit.who, visit.now)
        if sheet is None:
            return []
        known = drawn_known(visit, sheet)
        found = sides(visit.home, {key for one in known for key in _keys(one)}) if known else {}
    real = _questions(visit, sheet)
    return mixed(real, [_known_question(one, found) for one in known], sheet.sheet_no)


def _questions(visit: Visit, sheet: Sheet) -> list[Question]:
    rows = list(sheet.queue.iter_rows(named=True))
    pairs = [(sheet.sides[row["record_key"]], sheet.sides[row["other_record_key"]]) for row in rows]
    places = _belongings(visit, sorted(sheet.sides))
    facts = _facts(pairs)
    return [
        Question(
            number=row["question_no"],
            sheet_no=sheet.sheet_no,
            record_keys=(row["record_key"], row["other_record_key"]),
            shown=(one.shown, other.shown),
            facts=facts[at],
            effects=tuple(
                effects(
                    places.get(one.record_key), places.get(other.record_key), row["would_change"]
                )
            ),
            is_conflict=row["kind"] == CONFLICT,
            why_zh=row["why_zh"] or "",
            probability=row["probability"],
            asked=sheet.asked[at : at + 1],
        )
        for at, (row, (one, other)) in enumerate(zip(rows, pairs, strict=True))
    ]


def _known_question(known: KnownPair, found: Mapping[str, Side]) -> Question:
    """A known pair as it would look in the queue: of one side less is shown, two people until now."""
    pair = found[known.record_key], with_less(found[known.other_record_key])
    apart = (
        Belonging(person_id="1", household_id="1", people=2),
        Belonging(person_id="2", household_id="2", people=1),
    )
    return Question(
        number=known.question_no,
        sheet_no=0,
        record_keys=_keys(known),
        shown=(pair[0].shown, pair[1].shown),
        facts=_facts([pair])[0],
        effects=tuple(effects(*apart, [])),
        is_conflict=False,
        why_zh=known.why_zh,
        probability=known.probability,
        truth=known.same,
    )


def _keys(known: KnownPair) -> tuple[str, str]:
    return known.record_key, known.other_record_key


def _facts(pairs: Sequence[tuple[Side, Side]]) -> list[tuple[Fact, ...]]:
    compared = [(one.exact, other.exact) for one, other in pairs if one.exact and other.exact]
    words = [in_words(levels) for levels in likenesses(compared)]
    return [
        tuple(_fact(pair, column, alike) for column in SIDE_COLUMNS)
        for pair, alike in zip(pairs, words, strict=True)
    ]


def _fact(pair: tuple[Side, Side], column: SideColumn, alike: Mapping[str, str]) -> Fact:
    one, other = (_text(side, column.fact) for side in pair)
    texts = differences(one, other) if column.compared else ([(one, False)], [(other, False)])
    return Fact(title=column.title, texts=texts, alike=alike.get(column.fact, ""))


def _text(side: Side, fact: str) -> str:
    text = str(getattr(side, fact))
    if fact == "household":
        return typeset(text)
    return f"{text}\n{side.dated}" if fact == "source" and side.dated else text


def _belongings(visit: Visit, record_keys: Sequence[str]) -> dict[str, Belonging]:
    """To whom the records belong in the published night."""
    rows = visit.snapshot.rows(
        """
        WITH asked AS (FROM link WHERE list_contains(?, record_key))
        SELECT record_key, person_id, household_id, (
          SELECT count(DISTINCT link.person_id) FROM link
          WHERE link.household_id = asked.household_id) AS people
        FROM asked ORDER BY record_key
        """,
        list(record_keys),
    )
    return {row.pop("record_key"): Belonging(**row) for row in rows}
