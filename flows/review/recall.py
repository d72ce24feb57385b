"""What earlier sheets still mean for the next one: pairs that lie with others, pairs to ask again.

Once a verdict is honoured the matcher no longer doubts, so what is to be asked of a second person,
or again because people disagree, comes from the ledger's memory of what was asked.
"""

from __future__ import annotations

import polars as pl

from flows.review.doubts import NORMAL, items, normal
from flows.review.pairs import FIRST, Pair, pair_of
from flows.review.verdicts import standings

LENT_DAYS = 14
"""A sheet that has not come back after so many days no longer keeps its questions from others."""


def lent(asked: pl.DataFrame, answers: pl.DataFrame, who: str | None, since: str) -> set[Pair]:
    """Pairs that lie unanswered with somebody else, on a sheet made at `since` or later."""
    said = standings(answers)
    others = asked.filter(
        (pl.col("asked_at") >= since)
        & pl.col("asked_of").is_not_null()
        & (pl.col("asked_of") != (who or ""))
    )
    return {
        pair
        for record, other, asked_of in others.select(
            "record_key", "other_record_key", "asked_of"
        ).iter_rows()
        if (pair := pair_of(record, other)) not in said or asked_of not in said[pair].people
    }


def with_recalled(doubts: pl.DataFrame, asked: pl.DataFrame, answers: pl.DataFrame) -> pl.DataFrame:
    """The doubts, and the pairs no longer in doubt that people decided, as they were last asked."""
    said, now = standings(answers), normal(doubts)
    known = {pair_of(*pair) for pair in now.select("record_key", "other_record_key").iter_rows()}
    recalled = {}
    for row in asked.filter(pl.col("copy") == FIRST).sort("entry").iter_rows(named=True):
        pair = pair_of(row["record_key"], row["other_record_key"])
        if pair in said and said[pair].decided and pair not in known:
            changes = items(row["would_change"])
            recalled[pair] = {name: row.get(name) for name in NORMAL} | {"would_change": changes}
    return pl.concat([now, pl.DataFrame(list(recalled.values()), schema=NORMAL)])
