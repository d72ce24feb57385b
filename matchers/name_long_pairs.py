"""Han names of more than four characters: minorities' names, with dots or without, often cut."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from matchers.name_characters import MIDDLE_DOT
from matchers.name_code_points import Numbers, code_points
from matchers.name_levels import NameLevel
from matchers.name_shapes import CharacterLevel, Shapes, character_levels, near_letter

_SHORTEST_CUT = 4
"""A register that cuts long names leaves at least this many characters."""
_SHORTEST_PART = 3
"""A given name alone must have this many characters to stand for the whole."""
_LONGEST = 40
"""Nobody's name is longer; what is longer is compared as a whole."""


def compare_long_names(left: list[str], right: list[str], shapes: Shapes) -> Numbers:
    """A NameLevel for each pair of normal forms of Han characters and dots."""
    ones = [name.replace(MIDDLE_DOT, "") for name in left]
    others = [name.replace(MIDDLE_DOT, "") for name in right]
    by_parts = [_by_parts(*pair) for pair in zip(left, right, ones, others, strict=True)]
    return np.maximum.reduce(
        [
            np.array(by_parts, np.int8),
            _by_distance(ones, others),
            _by_character(ones, others, shapes),
        ]
    )


def _by_parts(left: str, right: str, one: str, other: str) -> NameLevel:
    """What can be said of whole parts: swapped, cut, given name alone, or one part in common."""
    if one == other:
        return NameLevel.EQUAL if left == right else NameLevel.VARIANT
    if len(one) == len(other) and sorted(one) == sorted(other):
        return NameLevel.SWAPPED
    short, long = sorted((one, other), key=len)
    if len(short) >= _SHORTEST_CUT and long.startswith(short):
        return NameLevel.PARTIAL
    (first, *_, last), (other_first, *_, other_last) = _parts(left), _parts(right)
    if first == other_first:
        alone = MIDDLE_DOT not in left or MIDDLE_DOT not in right
        is_given = alone and len(first) >= _SHORTEST_PART
        return NameLevel.PARTIAL if is_given else NameLevel.SAME_GIVEN
    return NameLevel.SAME_SURNAME if last == other_last else NameLevel.DIFFERENT


def _parts(name: str) -> list[str]:
    """Given name and father's name; both are the whole where there is no dot."""
    parts = name.split(MIDDLE_DOT)
    return parts if len(parts) > 1 else parts * 2


def _by_distance(ones: list[str], others: list[str]) -> Numbers:
    """One slip of hand or ear, two in six characters or more."""
    length = np.array([max(map(len, pair)) for pair in zip(ones, others, strict=True)])
    allowed = np.where(length < 6, 1, 2)
    slips = np.minimum(_distance(ones, others), _distance(_letters(ones), _letters(others)))
    return np.where(slips <= allowed, NameLevel.ONE_OFF, NameLevel.DIFFERENT).astype(np.int8)


def _distance(left: list[str], right: list[str]) -> Numbers:
    slips = cpdist(left, right, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    return np.asarray(slips)


def _letters(names: list[str]) -> list[str]:
    """One letter for each syllable, the same letter for what dialects confuse."""
    table = {ord(one): near_letter(one) for one in set().union(*names)}
    return [name.translate(table) for name in names]


def _by_character(ones: list[str], others: list[str], shapes: Shapes) -> Numbers:
    """Names of one length, place by place."""
    left, right = code_points(pa.array(ones)), code_points(pa.array(others))
    levels = np.full(len(ones), NameLevel.DIFFERENT, np.int8)
    rows = np.flatnonzero((left.lengths == right.lengths) & (left.lengths <= _LONGEST))
    if not len(rows):
        return levels
    width = int(left.lengths[rows].max())
    found = character_levels(left.grid(rows, width), right.grid(rows, width), shapes)
    lowest = found.min(axis=1)
    differing = np.count_nonzero(found < CharacterLevel.VARIANT, axis=1)
    levels[rows] = np.select(
        [
            lowest >= CharacterLevel.VARIANT,
            lowest >= CharacterLevel.SOUND,
            (lowest >= CharacterLevel.ALIKE) & (differing <= 2),
        ],
        [NameLevel.VARIANT, NameLevel.SOUND, NameLevel.SHAPE],
        NameLevel.DIFFERENT,
    )
    return levels
