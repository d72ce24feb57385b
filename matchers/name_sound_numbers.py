"""One 63-bit number for a row of syllables, the same in numpy for many and in Python for one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from matchers.name_code_points import Numbers

_FACTOR = 0x9E3779B97F4A7C15
"""Odd, so that multiplying loses nothing; 2^64 divided by the golden ratio, as is usual."""
_ALL_BITS = 0xFFFFFFFFFFFFFFFF


@lru_cache(maxsize=1 << 16)
def syllable_hash(syllable: str) -> int:
    """64 bits."""
    return int.from_bytes(blake2b(syllable.encode(), digest_size=8).digest(), "little")


def number_of(hashes: Iterable[int]) -> int:
    """Of one row of syllable hashes, in order."""
    total = 0
    for one in hashes:
        total = ((total + one) * _FACTOR) & _ALL_BITS
        total ^= total >> 32
    return total >> 1


def numbers_of_rows(
    hashes: Numbers, instead: Numbers | None = None, where: Numbers | None = None
) -> Numbers:
    """Of each row of syllable hashes (uint64); of those of `instead` where `where` holds."""
    total = np.zeros(len(hashes), np.uint64)
    for column in hashes.T:
        total = (total + column) * np.uint64(_FACTOR)
        total ^= total >> np.uint64(32)
    numbers = (total >> np.uint64(1)).astype(np.int64)
    if instead is not None and where is not None and where.any():
        numbers[where] = numbers_of_rows(instead[where])
    return numbers
