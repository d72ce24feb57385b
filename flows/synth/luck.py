"""Chance that belongs to a record: the same record meets the same slips in every delivery."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from flows.synth.draws import Floats

Luck = NDArray[np.uint64]
_ODD = np.uint64(0x9E3779B97F4A7C15)


def of_records(rng: np.random.Generator, count: int) -> Luck:
    """One luck per record."""
    return rng.integers(0, 2**64, count, dtype=np.uint64)


def mixed(luck: Luck, topic: str) -> Luck:
    """A record's luck in one topic, unrelated to its luck in another."""
    mix = (luck ^ np.uint64(crc32(topic.encode()))) * _ODD
    mix = (mix ^ (mix >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    return mix ^ (mix >> np.uint64(32))


def share(luck: Luck, topic: str) -> Floats:
    """A record's luck in one topic as a number from 0 to 1."""
    return (mixed(luck, topic) >> np.uint64(11)).astype(np.float64) / 2**53
