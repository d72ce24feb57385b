"""How two characters are related: variants, one sound in some reading, or alike to the eye or ear.

Which characters are variants or look alike comes from data_contracts/reference; what sounds alike
is computed. A dialect confuses z and zh, n and l, in and ing: near sounds count as likeness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

import numpy as np

from matchers.name_code_points import Numbers
from matchers.name_readings import TABLE_SIZE, readings


class CharacterLevel(IntEnum):
    """What two characters in the same place of two names have in common, best last."""

    DIFFERENT = 0
    ALIKE = 1
    SOUND = 2
    VARIANT = 3
    EQUAL = 4


@dataclass(frozen=True, eq=False)
class Shapes:
    """Sorted pairs of code points that are variants, and that look alike."""

    variants: Numbers
    alike: Numbers

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> Shapes:
        """From rows with kind, character and others.

        A row tells the variants of a character (variant), what it looks like (shape), or
        characters with a part in common, every two of which look alike (part).
        """
        pairs: dict[str, set[tuple[int, int]]] = {"variant": set(), "shape": set(), "part": set()}
        for row in rows:
            group = row["character"] + row["others"]
            first = group if row["kind"] == "part" else row["character"]
            pairs[row["kind"]] |= {(ord(one), ord(other)) for one in first for other in group}
        return cls(_sorted(pairs["variant"]), _sorted(pairs["shape"] | pairs["part"]))


NO_SHAPES = Shapes(np.zeros(0, np.int64), np.zeros(0, np.int64))


def character_levels(left: Numbers, right: Numbers, shapes: Shapes) -> Numbers:
    """For two arrays of code points of one shape: a CharacterLevel each."""
    levels = np.full(left.shape, CharacterLevel.EQUAL, np.int8)
    differs = left != right
    levels[differs] = _levels_of_different(left[differs], right[differs], shapes)
    return levels


def _levels_of_different(left: Numbers, right: Numbers, shapes: Shapes) -> Numbers:
    pairs = _packed(left, right)
    sounds, near = _share_sound(left, right, readings().every), _share_sound(left, right, _near())
    return np.select(
        [_contains(shapes.variants, pairs), sounds, near | _contains(shapes.alike, pairs)],
        [CharacterLevel.VARIANT, CharacterLevel.SOUND, CharacterLevel.ALIKE],
        CharacterLevel.DIFFERENT,
    ).astype(np.int8)


def _share_sound(left: Numbers, right: Numbers, table: Numbers) -> Numbers:
    ones, others = table[_in_table(left)], table[_in_table(right)]
    shared = np.zeros(len(left), bool)
    for reading in ones.T:
        shared |= ((others == reading[:, None]) & (reading[:, None] > 0)).any(axis=1)
    return shared


def _in_table(points: Numbers) -> Numbers:
    return np.where(points < TABLE_SIZE, points, 0)


@cache
def _near() -> Numbers:
    """The table of readings once more, with syllables that dialects confuse made one."""
    folded = [near_syllable(one) for one in readings().syllables]
    number = {syllable: index for index, syllable in enumerate(sorted(set(folded)))}
    return np.array([number[one] for one in folded], np.uint16)[readings().every]


def near_syllable(syllable: str) -> str:
    """Without what dialects leave out: zh ch sh as z c s, n as l at the front, ng as n behind."""
    initial = syllable[:1] + syllable[1:].removeprefix("h") if syllable[:1] in "zcs" else syllable
    front = "l" + initial[1:] if initial[:1] == "n" else initial
    return front.removesuffix("g") if front.endswith("ng") and front[-3] in "aei" else front


def _sorted(pairs: set[tuple[int, int]]) -> Numbers:
    columns = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return np.unique(_packed(columns[:, 0], columns[:, 1]))


def _packed(left: Numbers, right: Numbers) -> Numbers:
    low, high = np.minimum(left, right), np.maximum(left, right)
    return low.astype(np.int64) << 21 | high.astype(np.int64)


def _contains(pairs: Numbers, wanted: Numbers) -> Numbers:
    if not len(pairs):
        return np.zeros(len(wanted), bool)
    places = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    return np.asarray(pairs[places] == wanted)


def near_letter(character: str) -> str:
    """One private letter for each near sound; a character without a reading is its own letter."""
    number = _near()[ord(character), 0] if ord(character) < TABLE_SIZE else 0
    return chr(0xE000 + int(number)) if number else character
