"""Shares, ratios and medians with their 95 % intervals.

Share: Wilson's score interval, J. Amer. Statist. Assoc. 22 (1927) 209-212. Ratio of two shares of
different people: the logarithmic interval with halves added, Walter, Biometrics 31 (1975) 229-231,
as in Fagerland, Lydersen and Laake, Statist. Methods Med. Res. 24 (2015) 224-254. Median: order
statistics, Conover, Practical Nonparametric Statistics, 3.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from math import exp, floor, log, sqrt
from statistics import median

from matchers.agreement import Z95, wilson

BAND = (0.8, 1.25)
"""A ratio is worth a look when its whole interval lies beyond these.

The four-fifths rule and its inverse. That the whole interval must lie outside makes large groups
answer to the band and small ones to chance, so many comparisons still raise few false alarms.
"""


@dataclass(frozen=True)
class Interval:
    """A figure with its interval."""

    value: float
    low: float
    high: float

    def told(self, digits: int = 4) -> dict[str, float]:
        """As plain rounded values."""
        return {name: round(figure, digits) for name, figure in asdict(self).items()}

    @property
    def alarms(self) -> bool:
        """Whether it lies wholly beyond the band."""
        return self.high < BAND[0] or self.low > BAND[1]


def share(hits: int, total: int) -> Interval | None:
    """A share; None of nothing."""
    found = wilson(hits, total)
    return Interval(hits / total, *found) if found else None


def ratio(hits: int, total: int, other_hits: int, other_total: int) -> Interval | None:
    """One group's share over that of all others; None where either has nobody or nothing."""
    if not total or not other_total or not other_hits:
        return None
    mine, others = (hits + 0.5) / (total + 0.5), (other_hits + 0.5) / (other_total + 0.5)
    spread = sqrt(
        1 / (hits + 0.5) - 1 / (total + 0.5) + 1 / (other_hits + 0.5) - 1 / (other_total + 0.5)
    )
    middle, half = log(mine / others), Z95 * spread
    value = (hits / total) / (other_hits / other_total)
    return Interval(value, exp(middle - half), exp(middle + half))


def middle_of(days: Sequence[int]) -> Interval | None:
    """The median; None of nothing. Of very few the interval is their whole range."""
    if not days:
        return None
    ordered, size = sorted(days), len(days)
    from_end = max(0, floor(size / 2 - Z95 * sqrt(size) / 2) - 1)
    return Interval(median(ordered), ordered[from_end], ordered[-1 - from_end])


def median_ratio(days: Sequence[int], others: Sequence[int]) -> Interval | None:
    """A group's median over that of all others, with the interval of the group's own median."""
    mine, rest = middle_of(days), middle_of(others)
    if mine is None or rest is None or not rest.value:
        return None
    return Interval(*(end / rest.value for end in (mine.value, mine.low, mine.high)))
