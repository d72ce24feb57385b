"""Simpler ways to choose doors: anybody, the largest bill, the most flags.

They know every household's true home and every true bill, which no county does, and go to as many
doors of each township each night as Doorstep. Whoever was called at is not due again within a month
(90 days after a visit, 30 after a closed door), so nobody is called at twice.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from benchmarks.reach.truth import Truth
from benchmarks.reach.visitor import Call, Visitor

Scores = Mapping[int, float]
_UNDER_WAY = timedelta(days=2)
"""From the list to the door, as Doorstep's visitors take on average."""


@dataclass(frozen=True)
class Seen:
    """What a night shows: the date, and how many different findings each true household has."""

    on: date
    flags: Mapping[int, int]


@dataclass
class Baseline:
    """Calls at the doors with the highest scores; ties and the unscored fall by lot."""

    name: str
    truth: Truth
    seed: int
    score: Callable[[Truth, Seen], Scores]
    calls: list[Call] = field(default_factory=list)
    called: set[int] = field(default_factory=set)

    def night(self, seen: Seen, doors: Mapping[str, int]) -> None:
        """Call at so many doors of each township; a name that is none means the whole county."""
        scores = self.score(self.truth, seen)
        lot = random.Random(f"{self.name}:{self.seed}:{seen.on}")
        everybody = [one for township in self.truth.doors.values() for one in township]
        visitor = Visitor(self.truth, self.seed)
        for township, count in sorted(doors.items(), key=lambda item: len(item[0]), reverse=True):
            fit = [
                one for one in self.truth.doors.get(township, everybody) if one not in self.called
            ]
            lot.shuffle(fit)
            fit.sort(key=lambda one: -scores.get(one, 0.0))
            self.called |= set(fit[:count])
            self.calls += [visitor.call(one, None, seen.on + _UNDER_WAY) for one in fit[:count]]


def baselines(truth: Truth, seed: int) -> list[Baseline]:
    """The three of them."""
    return [
        Baseline("random household", truth, seed, lambda _truth, _seen: {}),
        Baseline("largest bill", truth, seed, lambda truth, seen: truth.largest_bills(seen.on)),
        Baseline("most flags", truth, seed, lambda _truth, seen: seen.flags),
    ]
