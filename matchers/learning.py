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


@dataclass(frozen=True)
class Learned:
    """Weights by field and level in thousandths of a bit; the share of matches among the pairs."""

    weights: Mapping[str, Mapping[int, int]]
    matches: float
    m: Mapping[str, Mapping[int, float]]
    u: Mapping[str, Mapping[int, float]]


def by_em(patterns: pa.Table, fields: Mapping[str, Sequence[int]]) -> Learned:
    """From distinct level patterns with `pairs` (how many pairs show each) to weights.

    `fields` lists the levels of each field from worst to best; its column is `<field>_level`,
    null where nothing can be said, which counts for nothing.
    """
    pairs = patterns["pairs"].to_numpy().astype(float)
    seen = {name: _one_hot(patterns[f"{name}_level"], levels) for name, levels in fields.items()}
    m = {name: _first_guess(len(levels)) for name, levels in fields.items()}
    u = {name: _shares(hot, pairs) for name, hot in seen.items()}
    matches = 0.1
    for _ in range(ROUNDS):
        belongs = _posterior(seen, m, u, matches)
        share = float((belongs * pairs).sum() / pairs.sum())
        m = {name: _shares(hot, belongs * pairs) for name, hot in seen.items()}
        u = {name: _shares(hot, (1 - belongs) * pairs) for name, hot in seen.items()}
        if abs(share - matches) < CLOSE_ENOUGH:
            break
        matches = share
    return Learned(
        weights={name: weights_of(m[name], u[name], levels) for name, levels in fields.items()},
        matches=matches,
        m={name: dict(zip(fields[name], m[name].tolist(), strict=True)) for name in fields},
        u={name: dict(zip(fields[name], u[name].tolist(), strict=True)) for name in fields},
    )


def weights_of(m: np.ndarray, u: np.ndarray, levels: Sequence[int]) -> dict[int, int]:
    """log2(m / u) by level, never falling from a level to the next."""
    raw = {level: math.log2(a / b) for level, a, b in zip(levels, m, u, strict=True)}
    return monotone({level: round(BIT * weight) for level, weight in raw.items()})


def monotone(weights: Mapping[int, int]) -> dict[int, int]:
    """A closer agreement is worth no less: neighbours out of order get their mean (PAVA)."""
    pools: list[list[float]] = []
    for level in sorted(weights):
        pools.append([weights[level], 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (low, few), (high, many) = pools[-2:]
            pools[-2:] = [[(low * few + high * many) / (few + many), few + many]]
    flat = [round(weight) for weight, many in pools for _ in range(int(many))]
    return dict(zip(sorted(weights), flat, strict=True))


def _one_hot(column: pa.ChunkedArray, levels: Sequence[int]) -> np.ndarray:
    """A row per pattern, a column per level; all zero where the level is null."""
    values = column.cast(pa.float64()).to_numpy(zero_copy_only=False)
    return (values[:, None] == np.array(levels, dtype=float)[None, :]).astype(float)


def _first_guess(levels: int) -> np.ndarray:
    """Matches mostly agree: each level is four times likelier than the one below."""
    guess = 4.0 ** np.arange(levels)
    return guess / guess.sum()


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
