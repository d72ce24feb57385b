"""The visitor: goes to a door, meets somebody or not, and finds what is true."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from benchmarks.reach.truth import Truth

COUNTY_CODE_LENGTH = 6
_NOT_MET = (("53", 0.08), ("54", 0.04), ("50", 0.03), ("52", 0.02))
"""Away or in hospital, refused, not found, gone: 17 % of doors (published: 10 to 25 %)."""
_FINDS_HELP = 0.9
_HELP = {
    "illness": ("14", "16"),
    "want": ("10", "13"),
    "elder_alone": ("12", "10"),
    "child_alone": ("12", "10"),
    "disability": ("11", "14"),
    "unsafe_house": ("16",),
    "school_costs": ("16",),
    "job_loss": ("10", "15"),
}
_TEMPORARY = ("15",)
_NO_NEED = (("30", 0.35), ("31", 0.25), ("32", 0.2), ("33", 0.1), ("40", 0.1))
MOVED_WITHIN, MOVED_AWAY, DIED = "51", "52", "55"


@dataclass(frozen=True)
class Call:
    """One call at a door: the household that lives behind it, if any, and what was written down."""

    household: int | None
    on: date
    code: str
    met: bool
    in_need: bool


@dataclass
class Visitor:
    """Draws depend on the household and how often it was called at, so every way has equal luck."""

    truth: Truth
    seed: int
    times: Counter[int] = field(default_factory=Counter)

    def call(self, household: int | None, township: str | None, on: date) -> Call:
        """Go to a household in the township that is printed; None for the county's own desk."""
        if household is None:
            return Call(None, on, "50", met=False, in_need=False)
        self.times[household] += 1
        luck = random.Random(f"{self.seed}:{household}:{self.times[household]}")
        code = self._why_not_met(household, township, luck)
        needs = self.truth.in_need(household, on)
        if code:
            return Call(household, on, code, met=False, in_need=needs)
        return Call(household, on, self._found(household, needs, luck), met=True, in_need=needs)

    def _why_not_met(self, household: int, township: str | None, luck: random.Random) -> str | None:
        homes = self.truth.homes.get(household, frozenset())
        if not homes:
            return MOVED_AWAY
        if township is not None and township not in homes:
            return MOVED_WITHIN
        return _drawn((*_NOT_MET, (None, 1.0)), luck.random())

    def _found(self, household: int, needs: bool, luck: random.Random) -> str:
        if not needs:
            return _drawn(_NO_NEED, luck.random()) or "30"
        codes = _HELP.get(self.truth.needs[household].kind, _TEMPORARY)
        return luck.choice(codes) if luck.random() < _FINDS_HELP else "20"


def _drawn(odds: tuple[tuple[str | None, float], ...], spot: float) -> str | None:
    """The first whose share of the whole covers the spot; the last for whatever is left."""
    below = 0.0
    for code, share in odds:
        below += share
        if spot < below:
            return code
    return odds[-1][0]
