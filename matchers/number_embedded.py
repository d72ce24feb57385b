"""Numbers inside longer text: with a note behind, a card's suffix, or two in one cell."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from matchers.number_digits import LENGTH, completed, verified
from matchers.number_texts import CUT_OFF, looks_like

_RUN = re.compile(r"[0-9X]{15,}")
_OLD = 15
_CARD = re.compile(r"[1-7][1-4]")
"""A disability card has its holder's number, then kind and grade (then B1 if it was reissued)."""
_LOOK_ALIKES = str.maketrans("OQDILZSB", "00011258")
"""Capitals that a reader, human or not, takes for digits."""


def embedded(text: pa.Array, known: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The one verified number within each text, and which texts hold several.

    `known` are texts that are a number themselves; they are not searched.
    """
    asked = pc.and_not(looks_like(text, r"[0-9OQDILZSB]{14}"), known)
    found = _found(text.filter(asked).to_pylist())
    single = pa.array([min(some) if len(some) == 1 else None for some in found], pa.string())
    several = pa.array([len(some) > 1 for some in found], pa.bool_())
    return (
        pc.replace_with_mask(pa.nulls(len(text), pa.string()), asked, single),
        pc.replace_with_mask(pa.array(np.zeros(len(text), bool)), asked, several),
    )


def _found(texts: list[str]) -> list[set[str]]:
    """The verified numbers in each text, judged all at once."""
    candidates = [(owner, one) for owner, text in enumerate(texts) for one in _candidates(text)]
    found: list[set[str]] = [set() for _ in texts]
    numbers = _modern(pa.array([one for _, one in candidates], pa.string()))
    for (owner, _), number, holds in zip(
        candidates, numbers.to_pylist(), verified(numbers), strict=True
    ):
        if holds:
            found[owner].add(number)
    return found


def _candidates(text: str) -> list[str]:
    """Runs of the length of one or more numbers, and what look-alike letters may stand for."""
    found = []
    for run in _RUN.findall(text):
        if len(run) % LENGTH == 0:
            found += [run[at : at + LENGTH] for at in range(0, len(run), LENGTH)]
        elif len(run) == _OLD or _CARD.fullmatch(run, LENGTH):
            found.append(run[:LENGTH])
    if len(text) == LENGTH:
        found.append(text.translate(_LOOK_ALIKES))
    return found


def _modern(numbers: pa.Array) -> pa.Array:
    old = pc.and_not(looks_like(numbers, r"^[1-8][0-9]{14}$"), looks_like(numbers, CUT_OFF))
    return pc.replace_with_mask(numbers, old, completed(numbers.filter(old)))
