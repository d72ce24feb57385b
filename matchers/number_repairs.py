"""Whether a text of 17 characters is a number that lost one of them; which one is not guessed."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from matchers.number_digits import (
    LENGTH,
    Characters,
    Truths,
    birth_days,
    characters,
    missing_digit,
)
from matchers.number_texts import looks_like

_SHORT = r"^[1-8][0-9]{15}[0-9X]$"


def lost_one_digit(text: pa.Array) -> pa.Array:
    """Texts that one more digit, somewhere, makes a number with a birth date and right check."""
    asked = looks_like(text, _SHORT)
    found = np.asarray(asked.to_numpy(zero_copy_only=False), bool)
    short = characters(text.filter(asked), LENGTH - 1)
    can_be = np.zeros(len(short), bool)
    for place in range(LENGTH):
        still = ~can_be
        can_be[still] = _completes(short[still], place)
    found[found] = can_be
    return pa.array(found)


def _completes(short: Characters, place: int) -> Truths:
    """Whether a digit at that place makes a number; the check character always can."""
    whole = np.insert(short, place, ord("0"), axis=1)
    if place < LENGTH - 1:
        digit = missing_digit(whole, place)
        whole[:, place] = np.where(digit <= 9, digit, 0) + ord("0")
    else:
        digit = np.zeros(len(short), np.int64)
    letters = (whole[:, : LENGTH - 1] > ord("9")).any(axis=1)
    return np.asarray((digit <= 9) & ~letters & birth_days(whole)[1])
