"""What one character of a name is written as in every normal form."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
from opencc import OpenCC

from matchers.name_code_points import Strings

MISSING = "?"
"""Stands in a normal form for a character that a system could not write or would not show."""
MIDDLE_DOT = "·"
PARTIAL_MARKS = "?□■*〓�×▢◻☐○◯〇囗✕╳¿"

_DOTS = "·•∙⋅‧・●˙．.。•᛫⸱丶ꞏ･"
_JOINERS = ("\ufe00", "\ufe0f"), ("\U000e0100", "\U000e01ef")
_NOT_SIMPLIFIED = frozenset("乾於")
"""Characters of their own in today's names: 乾 qian is not 干 gan, 於 is a surname beside 于."""


def clean_characters(names: Strings, private_use: Mapping[str, str]) -> pa.Array:
    """NFKC, upper case, simplified; one dot, one mark, one space; nothing that cannot be seen."""
    texts = pc.utf8_upper(pc.utf8_normalize(names, form="NFKC")).to_pylist()
    table = {ord(one): _normal_character(one, private_use) for one in set().union(*texts)}
    return pa.array([text.translate(table) for text in texts], pa.string())


def _normal_character(character: str, private_use: Mapping[str, str]) -> str:
    """Nothing for what cannot be seen; one space for every space."""
    character = private_use.get(character, character)
    if character in _DOTS:
        return MIDDLE_DOT
    if character in PARTIAL_MARKS:
        return MISSING
    category = unicodedata.category(character)
    if character.isspace() or category == "Zs":
        return " "
    invisible = category in ("Cc", "Cf") or any(low <= character <= high for low, high in _JOINERS)
    return "" if invisible else simplified(character)


@cache
def simplified(character: str) -> str:
    """Of a traditional character; others stay as they are."""
    return character if character in _NOT_SIMPLIFIED else str(_simplifier().convert(character))


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")
