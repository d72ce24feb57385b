"""Phones: most adults have their own, children and the old use those of their people."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city.luck import Ints, Texts, words

PREFIXES = words(
    "130 131 132 133 134 135 136 137 138 139 147 150 151 152 155 156 157 158 159 166 173 176 177 178 "
    "180 181 182 183 185 186 187 188 189 191 198 199"
)


def phones(age: np.ndarray, contact: Ints, rng: np.random.Generator) -> tuple[Texts, Texts]:
    """Own phone of most adults; others use their contact's. Earlier numbers beside."""
    size = len(age)
    own = _fresh(size, rng)
    has = rng.random(size) < np.interp(
        age, [10, 14, 18, 60, 70, 80, 90], [0, 0.2, 0.95, 0.95, 0.7, 0.4, 0.1]
    )
    shared = np.where(contact >= 0, contact, np.arange(size))
    source = np.where(has, np.arange(size), shared)
    source = np.where(has[source], source, shared[source])
    silent = ~has[source]
    phone = own[source]
    phone[silent] = None
    old = _fresh(size, rng)
    reissued = rng.random(size) < 0.1  # the company has given it to somebody else since
    old[reissued] = own[rng.integers(0, size, int(reissued.sum()))]
    return phone, old


def _fresh(size: int, rng: np.random.Generator) -> Texts:
    """Mobile numbers of eleven digits."""
    front = np.asarray(PREFIXES, dtype=np.int64)[rng.integers(0, len(PREFIXES), size)]
    return (front * 10**8 + rng.integers(0, 10**8, size)).astype(str).astype(object)
