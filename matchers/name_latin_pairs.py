"""Names in letters: the given names first, the surname last, compared part by part."""

from __future__ import annotations

import numpy as np
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.process import cpdist

from matchers.name_code_points import Numbers
from matchers.name_levels import NameLevel

_SOUND, _SHAPE, _ONE_OFF = 0.94, 0.9, 0.85
"""Jaro-Winkler similarity from which two parts of a name are that much alike."""
_LONG_WORD = 5
"""Letters; one letter more or less in such a word is a slip."""


def compare_latin_names(left: list[str], right: list[str]) -> Numbers:
    """A NameLevel for each pair of normal forms in letters."""
    givens, surnames = _parts(left), _parts(right)
    by_words = [_by_words(*pair) for pair in zip(left, right, strict=True)]
    given = _likeness([one for one, _ in givens], [one for one, _ in surnames])
    surname = _likeness([one for _, one in givens], [one for _, one in surnames])
    weaker = np.minimum(given, surname)
    in_part = np.select(
        [given >= NameLevel.SOUND, surname >= NameLevel.SOUND],
        [NameLevel.SAME_GIVEN, NameLevel.SAME_SURNAME],
        NameLevel.DIFFERENT,
    )
    return np.maximum.reduce([np.array(by_words, np.int8), weaker, in_part]).astype(np.int8)


def _parts(names: list[str]) -> list[tuple[str, str]]:
    """All words but the last, and the last; a single word is both."""
    split = (name.rpartition(" ") for name in names)
    return [(given or surname, surname) for given, _space, surname in split]


def _by_words(left: str, right: str) -> NameLevel:
    if left == right:
        return NameLevel.EQUAL
    ones, others = left.split(), right.split()
    if "".join(ones) == "".join(others):
        return NameLevel.VARIANT
    if sorted(ones) == sorted(others):
        return NameLevel.SWAPPED
    return NameLevel.PARTIAL if _is_shortened(ones, others) else NameLevel.DIFFERENT


def _is_shortened(ones: list[str], others: list[str]) -> bool:
    """Middle names left out, or first names cut to an initial: J SMITH for JOHN ALBERT SMITH."""
    short, long = sorted((ones, others), key=len)
    if len(short) < 2 or short[-1] != long[-1]:
        return False
    rest = iter(long[:-1])
    return all(any(_is_initial(one, other) for other in rest) for one in short[:-1])


def _is_initial(one: str, other: str) -> bool:
    return one == other or (1 in (len(one), len(other)) and one[0] == other[0])


def _likeness(left: list[str], right: list[str]) -> Numbers:
    """EQUAL, SOUND, SHAPE, ONE_OFF or DIFFERENT of one part of each name."""
    alike = np.asarray(cpdist(left, right, scorer=JaroWinkler.similarity, dtype=np.float32))
    slips = np.asarray(cpdist(left, right, scorer=OSA.distance, score_cutoff=1, dtype=np.int32))
    length = np.array([max(map(len, pair)) for pair in zip(left, right, strict=True)])
    return np.select(
        [
            slips == 0,
            (alike >= _SOUND) | ((slips == 1) & (length >= _LONG_WORD)),
            alike >= _SHAPE,
            alike >= _ONE_OFF,
        ],
        [NameLevel.EQUAL, NameLevel.SOUND, NameLevel.SHAPE, NameLevel.ONE_OFF],
        NameLevel.DIFFERENT,
    ).astype(np.int8)
