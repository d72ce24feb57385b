"""A normal form cut into what stands for one syllable each: the slow way, for odd names only."""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from matchers.name_characters import MIDDLE_DOT, MISSING
from matchers.name_code_points import Numbers
from matchers.name_readings import readings

_HAN_BLOCKS = (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x323AF)
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]")
_UNIT = re.compile(r"[^\W\d_\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]+|\S")
_LONGEST_SYLLABLE, _LONGEST_PINYIN = 6, 60
_MOST_SYLLABLES = 4
_PASSPORT = {"lyu": "lv", "nyu": "nv", "lyue": "lve", "nyue": "nve", "lue": "lve", "nue": "nve"}


def is_han(points: Numbers) -> Numbers:
    """Of code points: is each of them a Han character?"""
    inside = ((points >= first) & (points <= last) for first, last in _HAN_BLOCKS)
    return np.logical_or.reduce(list(inside))


@lru_cache(maxsize=1 << 16)
def syllables(letters: str) -> tuple[str, ...]:
    """Of pinyin without tones, the longest first; empty where the letters are no pinyin."""
    if len(letters) > _LONGEST_PINYIN:
        return ()
    letters = letters.lower()
    for end in range(min(len(letters), _LONGEST_SYLLABLE), 0, -1):
        head = _PASSPORT.get(letters[:end], letters[:end])
        if head in readings().spoken:
            tail = syllables(letters[end:]) if letters[end:] else ()
            if tail or not letters[end:]:
                return (head, *tail)
    return ()


def units(name: str) -> tuple[str, ...]:
    """Han characters, pinyin syllables, other words and marks, in order; dots are left out."""
    pieces = _UNIT.findall(name.replace(MIDDLE_DOT, " "))
    if not HAN.search(name) and not _is_pinyin(pieces):
        return tuple(pieces)
    return tuple(unit for piece in pieces for unit in (_syllables_in(piece) or (piece,)))


def _syllables_in(piece: str) -> tuple[str, ...]:
    return syllables(piece) if piece.isascii() and piece.isalpha() else ()


def _is_pinyin(words: list[str]) -> bool:
    """ZHANG SAN and LI MEILING: all of it is pinyin and one word, the surname, is one syllable."""
    counts = [len(_syllables_in(word)) for word in words]
    return len(words) > 1 and min(counts) == 1 and sum(counts) <= _MOST_SYLLABLES


def is_partial_name(name: str) -> bool:
    """A mark, or letters among Han characters, in place of a character."""
    return MISSING in name or (
        HAN.search(name) is not None and re.search("[A-Z]", name) is not None
    )
