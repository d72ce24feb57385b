"""How far a figure may move before a person is asked.

A band lies around the median of the last deliveries. It is as wide as a least movement that means
nothing, and beyond it the noise of counting so few rows or the usual movement between deliveries
(MAD), whichever is more: the movement between deliveries holds the noise already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

REMEMBERED = 8
"""So many last deliveries say what is usual."""

_NOISE = 4.0
_MAD_TO_SIGMA = 1.4826
_USUAL = 3.0


@dataclass(frozen=True)
class Band:
    """What is usual, and between which bounds it stays usual."""

    usual: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether a value is as usual."""
        return self.low <= value <= self.high


def band(past: Sequence[float], least: float, noise: float) -> Band:
    """The band around some past values: a least tolerance and the standard error of one more."""
    usual = median(past)
    mad = median(abs(value - usual) for value in past)
    width = least + max(_NOISE * noise, _USUAL * _MAD_TO_SIGMA * mad)
    return Band(usual, usual - width, usual + width)


def share_noise(share: float, rows: int, past_rows: float) -> float:
    """The standard error of the difference of two shares; never as if a share were certain."""
    likely = min(max(share, 1 / (past_rows + 2)), 1 - 1 / (past_rows + 2))
    return sqrt(likely * (1 - likely) * (1 / max(1, rows) + 1 / max(1.0, past_rows)))


def middle_noise(spread: float, rows: int, past_rows: float) -> float:
    """The standard error of the difference of two medians."""
    return 1.2533 * spread * sqrt(1 / max(1, rows) + 1 / max(1.0, past_rows))
