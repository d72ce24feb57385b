"""Chance, always from a named generator, so that one topic's draws never move another's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def generator(seed: int, topic: str) -> Generator:
    """The generator of one topic of one county."""
    return Generator(PCG64([seed, *topic.encode()]))


def pick(rng: Generator, weights: Sequence[float] | Floats, size: int) -> Ints:
    """Positions drawn with the given weights, with replacement."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    drawn = np.searchsorted(edges / edges[-1], rng.random(size), side="right")
    return np.minimum(drawn, len(edges) - 1).astype(np.int64)


def happens(rng: Generator, probability: float | Floats, size: int) -> Bools:
    """For each of `size` cases, whether a thing of this probability happens."""
    return rng.random(size) < probability


def money(amounts: Floats) -> Floats:
    """Amounts in yuan, rounded to fen."""
    return np.round(amounts, 2)


def counts_within(groups: Ints) -> Ints:
    """The ordinal of each element within its group, from 0, in the order given."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(groups) else order
    lengths = np.diff(np.r_[starts, len(groups)])
    ordinals = np.empty(len(groups), dtype=np.int64)
    ordinals[order] = np.arange(len(groups)) - np.repeat(starts, lengths)
    return ordinals
