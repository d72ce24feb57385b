"""Two names of places of which one is the other with more before it, or cut off behind."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from matchers.address_parts import Codes

NO, ANYTHING = -1, 0
LEFT, RIGHT = 1, 2
_TAIL, _HEAD = 2, 3
"""Characters that two such names have in common at least."""


def what_stands_before(left: Codes, right: Codes, names: list[str], sure: int = 3) -> Codes:
    """陵城西关 and 西关: the code of 陵城, since 西关 is short and elsewhere too.

    ANYTHING where the shared name has `sure` characters and two more stand before it; else NO.
    """
    codes = {name: code for code, name in enumerate(names)}

    def before(one: str, other: str) -> int:
        short, long = sorted((one, other), key=len)
        more = len(long) - len(short)
        if more < _TAIL or len(short) < _TAIL or not long.endswith(short):
            return NO
        return ANYTHING if len(short) >= sure else codes.get(long[:more], NO)

    return _judged(left, right, names, [name[-_TAIL:] for name in names], before)


def which_is_cut_off(left: Codes, right: Codes, names: list[str]) -> Codes:
    """LEFT or RIGHT for the name with which the other begins; else NO."""

    def shorter(one: str, other: str) -> int:
        return LEFT if other.startswith(one) else RIGHT if one.startswith(other) else NO

    return _judged(left, right, names, [name[:_HEAD] for name in names], shorter)


def _judged(
    left: Codes,
    right: Codes,
    names: list[str],
    shared: list[str],
    judge: Callable[[str, str], int],
) -> Codes:
    """The judge's answer where both names are said, differ and share a part; else NO."""
    part: npt.NDArray[np.int64] = np.unique(shared, return_inverse=True)[1]
    asked = (left != right) & (left > 0) & (right > 0) & (part[left] == part[right])
    pairs, which = np.unique(
        left[asked].astype(np.int64) * len(names) + right[asked], return_inverse=True
    )
    said = [judge(names[pair // len(names)], names[pair % len(names)]) for pair in pairs.tolist()]
    answers = np.full(len(left), NO, np.int32)
    answers[asked] = np.array(said, np.int32)[which]
    return answers
