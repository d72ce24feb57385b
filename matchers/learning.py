"""Learn what each agreement level is worth: m and u of Fellegi and Sunter, by EM or by counting.

EM (Dempster, Laird and Rubin 1977, as Winkler applied it to record linkage) needs no proven pair:
it splits the compared pairs into two classes that best explain how the fields agree together.
Where verified numbers prove pairs, m is counted from those and EM only checks it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from matchers.model import BIT

ROUNDS = 200
CLOSE_ENOUGH = 1e-7
_SMOOTHING = 0.5
"""Pairs that every level is credited with, so that none is impossible."""
_RAREST = 1e-9
"""Matches are never so few or so many that their odds cannot be told."""

ALIKE = 0.8
"""Share of matches that agree on a field, before anything was learned."""

PERSONAL = {"name", "given_name", "birth"}
"""Fields that tell the members of a family apart."""

MOST_UNLIKE, UNLIKE_ON_THE_MEAN = 0.4, 0.25
"""Share of matches that may disagree on such a field, or EM has found families and not people.

Then only their number is learned, and the first guess stays.
"""

_TOLD_BY = 50
"""Matches below which it stays too."""

GATHERING = 2
"""Other fields that must agree before a pair tells what agreement of a field is worth."""
_TELLING = 20
"""Pairs of either class that must be left for that."""


@dataclass(frozen=True)
class Learned:
    """Weights by field and level, and the prior, in thousandths of a bit; the share of matches.

    Summed they give the odds that a pair of the kind learned from is a match.
    """

    weights: Mapping[str, Mapping[int, int]]
    prior: int
    matches: float
    m: Mapping[str, Mapping[int, float]]
    u: Mapping[str, Mapping[int, float]]


def by_em(
    patterns: pa.Table,
    fields: Mapping[str, Sequence[int]],
    agreeing: Mapping[str, int] | None = None,
) -> Learned:
    """From distinct level patterns with `pairs` (how many pairs show each) to weights.

    `fields` lists the levels of each field from worst to best; its column is `<field>_level`,
    null where nothing can be said, which counts for nothing. `agreeing` is the least level at
    which the values of a field are equal; the best one if it is not told.
    """
    pairs = patterns["pairs"].to_numpy().astype(float)
    seen = {name: _one_hot(patterns[f"{name}_level"], levels) for name, levels in fields.items()}
    equal = {name: (agreeing or {}).get(name, max(levels)) for name, levels in fields.items()}
    shares = {name: _shares(hot, pairs) for name, hot in seen.items()}
    guess = {name: _first_guess(fields[name], equal[name], shares[name]) for name in fields}
    m, u, matches, belongs = _converged(seen, pairs, guess, shares)
    unlike = [m[name][0] for name in fields.keys() & PERSONAL or fields]
    too_few = matches * pairs.sum() < _TOLD_BY
    if too_few or max(unlike) > MOST_UNLIKE or np.mean(unlike) > UNLIKE_ON_THE_MEAN:
        m, u, matches, belongs = _converged(seen, pairs, guess, shares, matches_only=True)
    weights = _judged(seen, fields, equal, belongs * pairs, (1 - belongs) * pairs)
    return Learned(
        weights=weights,
        prior=_prior(seen, fields, weights, pairs, matches),
        matches=matches,
        m={name: dict(zip(fields[name], m[name].tolist(), strict=True)) for name in fields},
        u={name: dict(zip(fields[name], u[name].tolist(), strict=True)) for name in fields},
    )


def _converged(
    seen: Mapping[str, np.ndarray],
    pairs: np.ndarray,
    m: dict[str, np.ndarray],
    u: dict[str, np.ndarray],
    matches_only: bool = False,
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], float, np.ndarray]:
    """m, u, the share of matches and the chance of each pattern to be one, from first guesses."""
    matches = 0.1
    for _ in range(ROUNDS):
        belongs = _posterior(seen, m, u, matches)
        share = float(np.clip((belongs * pairs).sum() / pairs.sum(), _RAREST, 1 - _RAREST))
        if not matches_only:
            m = {name: _shares(hot, belongs * pairs) for name, hot in seen.items()}
            u = {name: _shares(hot, (1 - belongs) * pairs) for name, hot in seen.items()}
        if abs(share - matches) < CLOSE_ENOUGH:
            break
        matches = share
    return m, u, matches, belongs


def _judged(
    seen: Mapping[str, np.ndarray],
    fields: Mapping[str, Sequence[int]],
    equal: Mapping[str, int],
    matching: np.ndarray,
    others: np.ndarray,
) -> dict[str, dict[int, int]]:
    """The weights of each field, from pairs that agree on enough of the other fields.

    Candidates share a value by choice. Strangers that share this field may be there for no other
    reason, which would make its agreement look worthless and near misses look better than it.
    """
    agree = {
        name: hot[:, [level >= equal[name] for level in fields[name]]].any(axis=1)
        for name, hot in seen.items()
    }
    count = np.sum(list(agree.values()), axis=0)
    weights = {}
    for name, hot in seen.items():
        said = hot.any(axis=1)
        for least in range(GATHERING, -1, -1):
            told = said & (count - agree[name] >= least)
            if min(matching[told].sum(), others[told].sum()) >= _TELLING:
                break
        weights[name] = weights_of(
            hot[told].T @ matching[told], hot[told].T @ others[told], fields[name]
        )
    return weights


def weights_of(m: np.ndarray, u: np.ndarray, levels: Sequence[int]) -> dict[int, int]:
    """log2(m / u) by level from counted pairs, never falling from a level to the next.

    A level that no pair shows is worth nothing, or what its neighbours are.
    """
    share = (m.sum() + _SMOOTHING) / (m.sum() + u.sum() + 2 * _SMOOTHING)
    many = dict(zip(levels, (m + u).tolist(), strict=True))
    m, u = m + _SMOOTHING * share, u + _SMOOTHING * (1 - share)
    raw = np.log2((m / m.sum()) / (u / u.sum()))
    bits = {level: round(BIT * weight) for level, weight in zip(levels, raw.tolist(), strict=True)}
    return monotone(bits, many)


def monotone(
    weights: Mapping[int, int], pairs: Mapping[int, float] | None = None
) -> dict[int, int]:
    """A closer agreement is worth no less: neighbours out of order get their mean (PAVA).

    `pairs` says how many pairs each weight rests on; without it they count alike.
    """
    pools: list[list[float]] = []
    for level in sorted(weights):
        pools.append([weights[level], pairs[level] + _RAREST if pairs else 1, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (low, few, below), (high, many, above) = pools[-2:]
            mean = (low * few + high * many) / (few + many)
            pools[-2:] = [[mean, few + many, below + above]]
    flat = [round(weight) for weight, _, levels in pools for _ in range(int(levels))]
    return dict(zip(sorted(weights), flat, strict=True))


def _prior(
    seen: Mapping[str, np.ndarray],
    fields: Mapping[str, Sequence[int]],
    weights: Mapping[str, Mapping[int, int]],
    pairs: np.ndarray,
    matches: float,
) -> int:
    """The prior with which the weights expect as many matches as EM found."""
    evidence = np.zeros(len(pairs))
    for name, hot in seen.items():
        evidence += hot @ np.array([weights[name][level] for level in fields[name]], dtype=float)
    low, high = -100 * BIT, 100 * BIT
    while high - low > 1:
        middle = (low + high) // 2
        odds = np.clip((evidence + middle) / BIT, -500, 500)
        expected = float((pairs / (1 + 2.0**-odds)).sum())
        low, high = (middle, high) if expected < matches * pairs.sum() else (low, middle)
    return high


def _one_hot(column: pa.ChunkedArray, levels: Sequence[int]) -> np.ndarray:
    """A row per pattern, a column per level; all zero where the level is null."""
    values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return (values[:, None] == np.array(levels, dtype=float)[None, :]).astype(float)


def _first_guess(levels: Sequence[int], equal: int, shares: np.ndarray) -> np.ndarray:
    """Matches mostly agree, on common and rare values as often as anybody.

    Below that each level is four times likelier than the one below.
    """
    agree = np.array([level >= equal for level in levels])
    below = np.where(agree, 0, 4.0 ** np.arange(len(levels)))
    return np.asarray(
        ALIKE * np.where(agree, shares, 0) / shares[agree].sum()
        + (1 - ALIKE) * below / max(below.sum(), 1)
    )


def _shares(hot: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    counts = hot.T @ pairs + _SMOOTHING
    return counts / counts.sum()


def _posterior(
    seen: Mapping[str, np.ndarray],
    m: Mapping[str, np.ndarray],
    u: Mapping[str, np.ndarray],
    matches: float,
) -> np.ndarray:
    """The probability that the pairs of each pattern match."""
    odds = math.log(matches / (1 - matches))
    for name, hot in seen.items():
        odds = odds + hot @ np.log(m[name] / u[name])
    return 1 / (1 + np.exp(-np.clip(odds, -500, 500)))
