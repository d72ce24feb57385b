"""How far two series of judgements agree beyond chance: Cohen's kappa with its interval.

Kappa: J. Cohen, Educ. Psychol. Meas. 20 (1960) 37-46. Standard error: J. L. Fleiss, J. Cohen and
B. S. Everitt, Psychol. Bull. 72 (1969) 323-327, as in Fleiss, Statistical Methods for Rates and
Proportions, ch. 13. It is a large-sample figure and nought when all agree, so the interval is
widened to what Wilson's interval of the observed agreement allows (J. Amer. Statist. Assoc. 22 (1927)
209-212): five equal answers out of five are not certainty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Z95 = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """`counts[i][j]`: how often the first said label i and the second label j.

    `kappa` and its 95 % interval are None when there is nothing to compare, and when both always
    give one and the same label: chance alone would explain that.
    """

    labels: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    pairs: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None


def agreement(first: Sequence[str], second: Sequence[str], labels: Sequence[str]) -> Agreement:
    """Two judgements of each of the same things, in the same order."""
    at = {label: place for place, label in enumerate(labels)}
    counts = np.zeros((len(at), len(at)), dtype=np.int64)
    for one, other in zip(first, second, strict=True):
        counts[at[one], at[other]] += 1
    kappa, low, high = _kappa(counts)
    return Agreement(
        labels=tuple(labels),
        counts=tuple(tuple(int(count) for count in row) for row in counts),
        pairs=int(counts.sum()),
        agreed=int(np.trace(counts)),
        kappa=kappa,
        low=low,
        high=high,
    )


def standard_error(counts: NDArray[np.int64]) -> float:
    """The large-sample standard error of kappa (Fleiss, Cohen and Everitt 1969)."""
    total = counts.sum()
    share = counts / total
    rows, columns = share.sum(axis=1), share.sum(axis=0)
    chance = float(rows @ columns)
    kappa = (float(np.trace(share)) - chance) / (1 - chance)
    both = rows[None, :] + columns[:, None]  # p(.i) + p(j.) of cell i, j
    equal = float(np.sum(np.diag(share) * (1 - np.diag(both) * (1 - kappa)) ** 2))
    unequal = share - np.diag(np.diag(share))
    other = (1 - kappa) ** 2 * float(np.sum(unequal * both**2))
    spread = equal + other - (kappa - chance * (1 - kappa)) ** 2
    return sqrt(max(spread, 0.0) / total) / (1 - chance)


def wilson(hits: int, total: int, z: float = Z95) -> tuple[float, float] | None:
    """Wilson's score interval of a share; None of nothing."""
    if total == 0:
        return None
    share, grown = hits / total, 1 + z * z / total
    middle = (share + z * z / (2 * total)) / grown
    half = z / grown * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def _kappa(counts: NDArray[np.int64]) -> tuple[float | None, float | None, float | None]:
    total = int(counts.sum())
    if total == 0:
        return None, None, None
    rows, columns = counts.sum(axis=1) / total, counts.sum(axis=0) / total
    chance, agreed = float(rows @ columns), int(np.trace(counts))
    if chance >= 1:
        return None, None, None
    kappa = (agreed / total - chance) / (1 - chance)
    half = Z95 * standard_error(counts)
    low, high = ((share - chance) / (1 - chance) for share in wilson(agreed, total) or (0.0, 1.0))
    return kappa, max(-1.0, min(kappa - half, low)), min(1.0, max(kappa + half, high))
