"""How many links are wrong and how many are missing, with intervals, where nobody knows the truth.

Intervals of 95 %: of a share, Clopper and Pearson, Biometrika 26 (1934) 404-413; of a difference of
two shares, Newcombe's hybrid score interval, Statist. Med. 17 (1998) 873-890; of a sum of estimates,
the recovery of variance estimates (MOVER), Zou and Donner, Statist. Med. 27 (2008) 1693-1702.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import exp, lgamma, log, log1p, sqrt
from statistics import NormalDist

from matchers.agreement import Z95

_TAIL = 0.025
_MANY = 100.0
"""A count that is expected so high is taken as normal."""
_HALVINGS = 60

Interval = tuple[float, float]


@dataclass(frozen=True)
class Estimate:
    """A figure and its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Clustered:
    """Hits among records that come in clusters: sums over clusters of n records and h hits each."""

    records: float
    hits: float
    hits_squared: float
    hits_records: float
    records_squared: float

    def __add__(self, other: Clustered) -> Clustered:
        return Clustered(
            self.records + other.records,
            self.hits + other.hits,
            self.hits_squared + other.hits_squared,
            self.hits_records + other.hits_records,
            self.records_squared + other.records_squared,
        )

    @property
    def share(self) -> float:
        """Hits a record; there is at least one record."""
        return self.hits / self.records

    @property
    def effective(self) -> float:
        """So many independent records would say as much: records over the design effect.

        Ten stays of one person are not ten witnesses. Where all or none are hits the sample cannot
        show how alike a cluster is, so it is taken to speak with one voice.
        """
        share, independent = self.share, self.records * self.share * (1 - self.share)
        if independent <= 0:
            effect = self.records_squared / self.records
        else:
            spread = self.hits_squared - 2 * share * self.hits_records
            effect = (spread + share * share * self.records_squared) / independent
        return self.records / max(effect, 1.0)


def clopper_pearson(hits: int, total: int) -> Interval | None:
    """The exact interval of a share; None of nothing."""
    if total == 0:
        return None
    low = 0.0 if hits == 0 else _solved(lambda p: _at_most(total - hits, total, 1 - p))
    high = 1.0 if hits == total else 1 - _solved(lambda p: _at_most(hits, total, 1 - p))
    return low, high


def count_of_events(expected: float, variance: float) -> Estimate:
    """How many of many independent events happen, from the sums of p and of p (1 - p).

    Few events: Poisson's quantiles, which are too wide rather than too narrow (Hoeffding 1956).
    """
    if expected >= _MANY:
        half = Z95 * sqrt(variance)
        return Estimate(expected, max(0.0, expected - half), expected + half)
    low, high = _poisson(expected, _TAIL), _poisson(expected, 1 - _TAIL)
    return Estimate(expected, min(float(low), expected), max(float(high), expected))


def summed(parts: Iterable[Estimate]) -> Estimate:
    """The sum of independent estimates (MOVER)."""
    known = list(parts)
    value = sum(one.value for one in known)
    below = sqrt(sum((one.value - one.low) ** 2 for one in known))
    above = sqrt(sum((one.high - one.value) ** 2 for one in known))
    return Estimate(value, max(0.0, value - below), value + above)


def difference(one: Clustered, other: Clustered, comparisons: int = 1) -> Estimate:
    """The first share less the second; the interval holds for all `comparisons` (Bonferroni)."""
    z = NormalDist().inv_cdf(1 - _TAIL / max(comparisons, 1))
    p, q = one.share, other.share
    (low_p, high_p), (low_q, high_q) = (_score(side, z) for side in (one, other))
    return Estimate(
        p - q,
        p - q - sqrt((p - low_p) ** 2 + (high_q - q) ** 2),
        p - q + sqrt((high_p - p) ** 2 + (q - low_q) ** 2),
    )


def precision(links: int, false: Estimate) -> Estimate | None:
    """The share of the links that are right; None without links."""
    if not links:
        return None
    shares = (1 - min(count, links) / links for count in (false.value, false.high, false.low))
    return Estimate(*shares)


def recall(links: int, false: Estimate, missed: Estimate) -> Estimate | None:
    """The share of the links there ought to be that are there; None if there ought to be none."""
    ends = ((false.value, missed.value), (false.high, missed.high), (false.low, missed.low))
    right = [(max(links - wrong, 0.0), missing) for wrong, missing in ends]
    if any(found + missing == 0 for found, missing in right):
        return None
    return Estimate(*(found / (found + missing) for found, missing in right))


def _score(side: Clustered, z: float) -> Interval:
    """Wilson's score interval with as many records as are independent."""
    size, share = side.effective, side.share
    grown = 1 + z * z / size
    middle = (share + z * z / (2 * size)) / grown
    half = z / grown * sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return min(max(0.0, middle - half), share), max(min(1.0, middle + half), share)


def _solved(tail: Callable[[float], float]) -> float:
    """Where a tail that grows with p reaches 2.5 %."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if tail(middle) < _TAIL else (low, middle)
    return (low + high) / 2


def _at_most(hits: int, total: int, p: float) -> float:
    """The chance of so many hits or fewer (binomial)."""
    if p <= 0 or p >= 1:
        return float(p <= 0)
    whole = lgamma(total + 1)
    return sum(
        exp(whole - lgamma(k + 1) - lgamma(total - k + 1) + k * log(p) + (total - k) * log1p(-p))
        for k in range(hits + 1)
    )


def _poisson(mean: float, tail: float) -> int:
    """The least count that is reached or undercut with a chance of `tail`."""
    chance = reached = exp(-mean)
    count = 0
    while reached < tail:
        count += 1
        chance *= mean / count
        reached += chance
        if count > 10 * (mean + 10):
            break
    return count
