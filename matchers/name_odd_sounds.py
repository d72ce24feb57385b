"""How names sound that hold more than readable Han characters: marks, letters, rarest characters."""

from __future__ import annotations

import re
from functools import lru_cache

import pyarrow as pa

from matchers.name_characters import MIDDLE_DOT, MISSING
from matchers.name_code_points import Strings
from matchers.name_readings import TABLE_SIZE, readings
from matchers.name_sound_numbers import number_of, syllable_hash
from matchers.name_units import HAN, is_partial_name, units

SOUND_COLUMNS = (
    "name_pinyin",
    "name_sound",
    "name_bag",
    "surname_sound",
    "given_sound",
    "is_partial",
)
_LETTERS = {"ph": "f", "ck": "k", "kn": "n", "wr": "r", "c": "k", "q": "k", "z": "s", "x": "s"}
_ALIKE = re.compile("|".join(_LETTERS))
_UNHEARD = re.compile("[aeiouyhw]")
_TWICE = re.compile(r"(.)\1+")
_TYPES = (pa.string(), pa.int64(), pa.int64(), pa.int64(), pa.int64(), pa.bool_())

Sounds = tuple[str | None, int | None, int | None, int | None, int | None, bool | None]


def sounds_of_odd_names(keys: Strings) -> pa.Table:
    """The sound columns, one row per normal form; null where characters are missing."""
    sounds = [_sounds(key) for key in keys.to_pylist()]
    columns = zip(*sounds, strict=True) if sounds else [()] * len(_TYPES)
    arrays = [pa.array(one, kind) for one, kind in zip(columns, _TYPES, strict=True)]
    return pa.table(arrays, names=list(SOUND_COLUMNS))


def _sounds(key: str | None) -> Sounds:
    if key is None:
        return (None,) * 6
    cut = units(key)
    written = [_spoken(one, at) for at, one in enumerate(cut)]
    spoken = [_consonants(one) for one in written]
    surname, given = _surname_and_given(key, spoken)
    anywhere = [_consonants(_spoken(one, 0)) for one in cut]
    whole = MISSING not in cut
    return (
        " ".join(written),
        _number(spoken),
        number_of(sorted(map(syllable_hash, anywhere))) if whole else None,
        _number(surname),
        _number(given),
        is_partial_name(key),
    )


def _number(spoken: list[str]) -> int | None:
    return number_of(map(syllable_hash, spoken)) if spoken and MISSING not in spoken else None


def _spoken(unit: str, place: int) -> str:
    """One syllable; what has no reading sounds like itself."""
    if len(unit) > 1 or ord(unit) >= TABLE_SIZE:
        return unit.lower()
    table = readings()
    number = (table.given if place else table.surname)[ord(unit)]
    return table.syllables[number] or unit.lower()


@lru_cache(maxsize=1 << 16)
def _consonants(word: str) -> str:
    """Of a word in letters, so that SMITH meets SMYTHE; a word of one consonant stays whole."""
    if not word.isascii() or word in readings().spoken:
        return word
    alike = _ALIKE.sub(lambda found: _LETTERS[found.group()], word)
    bare = alike[0] + _UNHEARD.sub("", alike[1:])
    once = _TWICE.sub(r"\1", bare)
    return once if len(once) > 1 else word


def _surname_and_given(key: str, spoken: list[str]) -> tuple[list[str], list[str]]:
    """The surname of a dotted or Latin name stands last, of a Han name first."""
    is_han = HAN.search(key) is not None
    given, separator, _surname = key.rpartition(MIDDLE_DOT if is_han else " ")
    if separator:
        count = len(units(given))
        return spoken[count:], spoken[:count]
    return (spoken[:1], spoken[1:]) if is_han else (spoken, [])
