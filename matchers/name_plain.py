"""Which names are their own normal form: what almost every name is, told without reading it."""

from __future__ import annotations

from functools import cache

import numpy as np

from matchers.name_characters import MIDDLE_DOT, simplified
from matchers.name_code_points import CodePoints, Numbers
from matchers.name_notes import NOTE_CHARACTERS, NOTE_WORDS

_FIRST, _LAST = 0x4E00, 0x9FFF
"""Everyday Han characters; rare ones stand in Extension A or beyond the BMP."""
_SHORTEST, _LONGEST = 2, 40


def is_plain(points: CodePoints) -> Numbers:
    """Simplified Han characters, single dots between them, and no word that could be a note."""
    plain, opens, closes = _plain_characters()
    places = np.minimum(points.flat, _LAST + 1)
    first, last = points.edges()
    is_dot = points.flat == ord(MIDDLE_DOT)
    is_note = opens[places] & closes[np.roll(places, -1)] & ~last
    is_inner = ~first & ~last & ~np.roll(is_dot, -1)
    fine = np.where(is_dot, is_inner, plain[places] & ~is_note)
    is_short = (points.lengths >= _SHORTEST) & (points.lengths <= _LONGEST)
    return np.asarray(is_short & points.all_of(fine))


@cache
def _plain_characters() -> tuple[Numbers, Numbers, Numbers]:
    """By code point: is it plain in every name, and can it open and close a two-character note?"""
    plain = np.zeros(_LAST + 2, bool)
    han = range(_FIRST, _LAST + 1)
    plain[_FIRST : _LAST + 1] = [simplified(chr(one)) == chr(one) for one in han]
    plain[[ord(one) for one in NOTE_CHARACTERS]] = False
    opens, closes = np.zeros_like(plain), np.zeros_like(plain)
    for word in NOTE_WORDS.split():
        opens[ord(word[0])] = closes[ord(word[1])] = True
    return plain, opens, closes
