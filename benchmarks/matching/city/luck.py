"""Where chance comes from: one generator per purpose, so that one choice never moves another."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.object_]


def luck(seed: int, *purpose: str) -> np.random.Generator:
    """A generator of its own for one purpose of one seed."""
    return np.random.default_rng([seed, *(zlib.crc32(word.encode()) for word in purpose)])


def weighted(rng: np.random.Generator, weights: Sequence[float], size: int) -> Ints:
    """`size` positions drawn by weight."""
    steps = np.cumsum(np.asarray(weights, dtype=float))
    return np.minimum(
        np.searchsorted(steps, rng.random(size) * steps[-1], side="right"), len(steps) - 1
    )


def pick(rng: np.random.Generator, options: Sequence[str], size: int) -> Texts:
    """`size` of the options, each as likely as another."""
    return texts(options)[rng.integers(0, len(options), size)]


def texts(values: Sequence[str | None]) -> Texts:
    """A one-dimensional array of Python strings."""
    out = np.empty(len(values), dtype=object)
    out[:] = values
    return out


def words(text: str) -> list[str]:
    """A list of words, written as one text."""
    return text.split()
