"""Two evaluations of one night side by side: which households come, go and move in their line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from flows.planning.evaluation import Evaluated
from transforms.triage import ISSUED

Homes = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Household ids that are there before, after, and so came or went."""

    before: Homes
    after: Homes

    @property
    def added(self) -> list[str]:
        """Those that come."""
        return sorted(self.after - self.before)

    @property
    def removed(self) -> list[str]:
        """Those that go."""
        return sorted(self.before - self.after)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One township or signal: what changes among its findings and among its visits tonight."""

    key: str | None
    flagged: Change
    visited: Change


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """All that changes. A household that already has a finding may come newly to another signal.

    sooner, later: how many wait in the same line before and after, nearer its head or further off.
    """

    flagged: Change
    visited: Change
    by_township: tuple[Row, ...]
    by_signal: tuple[Row, ...]
    sooner: int
    later: int


def compared(before: Evaluated, after: Evaluated) -> Comparison:
    """What changes from one evaluation to the other; rows without a change are left out."""
    sooner, later = _moved(before.worklist, after.worklist)
    return Comparison(
        flagged=Change(before=_homes(before.findings), after=_homes(after.findings)),
        visited=Change(before=_visited(before), after=_visited(after)),
        by_township=_by_township(before, after),
        by_signal=_by_signal(before, after),
        sooner=sooner,
        later=later,
    )


def _homes(rows: pl.DataFrame) -> Homes:
    return frozenset(rows["household_id"])


def _visited(one: Evaluated) -> Homes:
    return _homes(one.worklist.filter(pl.col("state") == ISSUED))


def _by_township(before: Evaluated, after: Evaluated) -> tuple[Row, ...]:
    def inside(one: Evaluated, code: str | None) -> tuple[Homes, Homes]:
        here = _homes(one.findings.filter(pl.col("township_code").eq_missing(pl.lit(code))))
        return here, here & _visited(one)

    codes = {*before.findings["township_code"], *after.findings["township_code"]}
    return _rows(
        (code, inside(before, code), inside(after, code))
        for code in sorted(codes, key=lambda code: (code is None, code))
    )


def _by_signal(before: Evaluated, after: Evaluated) -> tuple[Row, ...]:
    def having(one: Evaluated, signal: str) -> tuple[Homes, Homes]:
        theirs = _homes(one.findings.filter(pl.col("signal") == signal))
        return theirs, theirs & _visited(one)

    signals = {*before.findings["signal"], *after.findings["signal"]}
    return _rows(
        (signal, having(before, signal), having(after, signal)) for signal in sorted(signals)
    )


def _rows(
    told: Iterable[tuple[str | None, tuple[Homes, Homes], tuple[Homes, Homes]]],
) -> tuple[Row, ...]:
    rows = (
        Row(
            key=key,
            flagged=Change(before=was[0], after=now[0]),
            visited=Change(before=was[1], after=now[1]),
        )
        for key, was, now in told
    )
    return tuple(row for row in rows if _changes(row.flagged) or _changes(row.visited))


def _changes(change: Change) -> bool:
    return change.before != change.after


def _moved(before: pl.DataFrame, after: pl.DataFrame) -> tuple[int, int]:
    """How many of those that wait in the same line both times stand nearer its head, and further."""
    both = before.join(after, on=["household_id", "township_code"], suffix="_after")
    shift = both["position_after"] - both["position"]
    return int((shift < 0).sum()), int((shift > 0).sum())
