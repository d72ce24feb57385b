"""Findings of one night as known at two times: what came, what went, what weighs differently."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import polars as pl

Finding = Mapping[str, Any]


class Kind(StrEnum):
    """How a household's finding differs."""

    GONE = "gone"
    CAME = "came"
    WEIGHED = "weighed"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One signal of one household; `then` and `now` are its gravest findings, None where none.

    persons: everybody of the household whom the signal was found of, then or now.
    """

    household_id: str
    signal: str
    then: Finding | None
    now: Finding | None
    persons: frozenset[str]

    @property
    def kind(self) -> Kind:
        """Whether it went, came, or weighs differently."""
        if self.now is None:
            return Kind.GONE
        return Kind.CAME if self.then is None else Kind.WEIGHED

    @property
    def told_by(self) -> Finding:
        """The finding that tells most: what is known now, if anything."""
        return self.now or self.then or {}


def changes(then: pl.DataFrame, now: pl.DataFrame) -> list[Change]:
    """What differs, by household and signal; both frames as `Evaluated.findings`, ids of today."""
    was, here = _by_need(then), _by_need(now)
    found = (
        Change(
            household_id=household,
            signal=signal,
            then=_gravest(was.get((household, signal), [])),
            now=_gravest(here.get((household, signal), [])),
            persons=frozenset(
                row["person_id"]
                for side in (was, here)
                for row in side.get((household, signal), [])
            ),
        )
        for household, signal in sorted({*was, *here})
    )
    return [one for one in found if _weight(one.then) != _weight(one.now)]


def _by_need(findings: pl.DataFrame) -> dict[tuple[str, str], list[dict[str, Any]]]:
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in findings.sort("person_id").iter_rows(named=True):
        found.setdefault((row["household_id"], row["signal"]), []).append(row)
    return found


def _gravest(rows: list[dict[str, Any]]) -> Finding | None:
    """The worst by severity, then by measure; an unknown measure is the least, ties by person."""
    return max(
        rows,
        key=lambda row: (row["severity"], row["measure"] is not None, row["measure"] or 0),
        default=None,
    )


def _weight(finding: Finding | None) -> tuple[Any, Any] | None:
    return (finding["severity"], finding["measure"]) if finding else None
