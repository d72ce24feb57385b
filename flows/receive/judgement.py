"""What became of a delivery: accepted, held for a person, or refused, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """A held delivery waits until a person releases it; a refused one must be sent anew."""

    ACCEPTED = "accepted"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Previous:
    """The last accepted delivery of the same source, which the next one is compared with."""

    rows: int
    as_of: date | None
    ended_with_newline: bool | None


@dataclass(frozen=True, kw_only=True)
class FailedExpectation:
    """A delivery rule that was broken, or that could not even be judged (`raised`)."""

    name: str
    reason: str
    reason_en: str
    raised: bool = False


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The verdict on one delivery: rows = loaded + quarantined + duplicate.

    `header` is the header row as delivered; `reasons` counts the faulty rows by row rule;
    `day_named` tells whether as_of stands in the file's name, not only in its rows; `announced`,
    whether the department said how many rows there are. `profile` and `drift` are
    plain values: what the delivery looked like, and what is not as it was (see flows/drift).
    """

    verdict: Verdict
    failed: tuple[FailedExpectation, ...] = ()
    warnings: tuple[str, ...] = ()
    rows: int = 0
    loaded: int = 0
    quarantined: int = 0
    duplicate: int = 0
    as_of: date | None = None
    day_named: bool = False
    ended_with_newline: bool | None = None
    undeclared: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    announced: bool = False
    reasons: Mapping[str, int] = field(default_factory=dict)
    header: tuple[str, ...] = ()
    profile: Mapping[str, Any] = field(default_factory=dict)
    drift: tuple[Mapping[str, Any], ...] = ()
