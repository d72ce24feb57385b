"""Two to four Han characters against two to four: what almost every pair of names is."""

from __future__ import annotations

import numpy as np

from matchers.name_code_points import Numbers
from matchers.name_levels import NameLevel
from matchers.name_shapes import CharacterLevel, Shapes, character_levels

WIDTH = 4
"""Names longer than this are compared by edit distance."""


def compare_short_names(left: Numbers, right: Numbers, shapes: Shapes) -> Numbers:
    """A NameLevel for each row of two grids of code points, WIDTH wide and zero after the end."""
    one, other = np.count_nonzero(left, axis=1), np.count_nonzero(right, axis=1)
    same_length, length = one == other, np.maximum(one, other)
    found = character_levels(left, right, shapes)
    differing = np.count_nonzero(found < CharacterLevel.VARIANT, axis=1)
    lowest = found.min(axis=1)
    few = np.where(length < WIDTH, 1, 2)
    kept = found >= CharacterLevel.VARIANT
    levels = np.full(len(left), NameLevel.DIFFERENT, np.int8)
    for level, is_true in (
        (NameLevel.SAME_SURNAME, found[:, 0] >= CharacterLevel.SOUND),
        (NameLevel.SAME_GIVEN, _given_agrees(left, right, kept, one - other)),
        (NameLevel.ONE_OFF, same_length & (length > 2) & (differing == 1) & _rooted(kept, length)),
        (NameLevel.ONE_OFF, _one_lost(left, right, one, other)),
        (NameLevel.SWAPPED, same_length & (np.sort(left) == np.sort(right)).all(axis=1)),
        (NameLevel.SHAPE, same_length & (lowest >= CharacterLevel.ALIKE) & (differing <= few)),
        (NameLevel.SOUND, same_length & (lowest >= CharacterLevel.SOUND)),
        (NameLevel.VARIANT, same_length & (lowest >= CharacterLevel.VARIANT)),
        (NameLevel.EQUAL, same_length & (lowest == CharacterLevel.EQUAL)),
    ):
        levels[is_true] = level
    return levels


def _rooted(kept: Numbers, length: Numbers) -> Numbers:
    """Three characters with another surname are another family's; four may be of any people."""
    return np.asarray(kept[:, 0] | (length == WIDTH))


def _given_agrees(left: Numbers, right: Numbers, kept: Numbers, longer_by: Numbers) -> Numbers:
    """What follows the surname is equal, or all that is left of the other name."""
    left_without, right_without = _without(left, 0), _without(right, 0)
    return np.asarray(
        ((longer_by == 0) & kept[:, 1:].all(axis=1))
        | ((longer_by == 1) & (left_without == right).all(axis=1))
        | ((longer_by == -1) & (right_without == left).all(axis=1))
    )


def _one_lost(left: Numbers, right: Numbers, one: Numbers, other: Numbers) -> Numbers:
    """One name is the other without one character, which is no surname."""
    is_lost = np.zeros(len(left), bool)
    for long, short, by in ((left, right, one - other), (right, left, other - one)):
        rows = np.flatnonzero(by == 1)
        four = long[rows, WIDTH - 1] > 0
        for place in range(WIDTH):
            same = (_without(long[rows], place) == short[rows]).all(axis=1)
            is_lost[rows] |= same if place else same & four
    return is_lost


def _without(names: Numbers, place: int) -> Numbers:
    last = np.zeros((len(names), 1), names.dtype)
    return np.concatenate([names[:, :place], names[:, place + 1 :], last], axis=1)
