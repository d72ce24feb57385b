"""Verdicts that cannot all be true: A is B, B is C, but A is not C. Found and told, never resolved.

For every such 'different' the shortest chain of 'same' verdicts that it goes against is named, so
that a person can look at these answers and undo the wrong one.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping

import polars as pl

from flows.review.pairs import Pair, pair_of

CONTRADICTIONS = {
    "left_record_key": pl.String,
    "right_record_key": pl.String,
    "entry": pl.Int64,
    "chain": pl.List(pl.Int64),
}
"""One row per 'different' that is contradicted; `chain` holds the entries that say 'same'."""

_Neighbours = Mapping[str, list[tuple[str, int]]]


def contradictions(verdicts: pl.DataFrame) -> pl.DataFrame:
    """Every 'different' verdict between records that a chain of 'same' verdicts joins."""
    same = _neighbours(verdicts.filter(pl.col("same")))
    found = []
    apart = verdicts.filter(~pl.col("same")).sort("left_record_key", "right_record_key")
    for left, right, entry in apart.select(*list(CONTRADICTIONS)[:3]).iter_rows():
        chain = _chain(same, left, right)
        if chain:
            found.append((left, right, entry, chain))
    return pl.DataFrame(found, schema=CONTRADICTIONS, orient="row")


def without_contradictions(verdicts: pl.DataFrame) -> pl.DataFrame:
    """The verdicts that no contradiction touches; both its sides wait for a person."""
    found = contradictions(verdicts)
    touched = {*found["entry"], *(entry for chain in found["chain"] for entry in chain)}
    return verdicts.filter(~pl.col("entry").is_in(sorted(touched)))


def contradicted_pairs(verdicts: pl.DataFrame) -> set[Pair]:
    """The pairs whose verdicts stand on either side of a contradiction."""
    kept = set(without_contradictions(verdicts)["entry"])
    columns = verdicts.select("left_record_key", "right_record_key", "entry")
    return {pair_of(left, right) for left, right, entry in columns.iter_rows() if entry not in kept}


def _neighbours(same: pl.DataFrame) -> _Neighbours:
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for left, right, entry in same.select(
        "left_record_key", "right_record_key", "entry"
    ).iter_rows():
        found[left].append((right, entry))
        found[right].append((left, entry))
    return {record: sorted(others) for record, others in found.items()}


def _chain(same: _Neighbours, start: str, end: str) -> list[int]:
    """The entries along a shortest way from one record to the other; empty when there is none."""
    came: dict[str, tuple[str, int]] = {}
    waiting = deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for record, entry in same.get(here, ()):
            if record != start and record not in came:
                came[record] = (here, entry)
                waiting.append(record)
    entries = []
    while end in came:
        end, entry = came[end]
        entries.append(entry)
    return entries[::-1]
