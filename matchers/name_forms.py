"""The normal form of a name as it was typed, or nothing where it is no name of this person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

from matchers.name_characters import MIDDLE_DOT, MISSING
from matchers.name_notes import child_of, names_nobody, with_one_bracket, without_notes
from matchers.name_units import HAN, syllables

_NOT_IN_HAN_NAMES = re.compile(rf"[^\w{MIDDLE_DOT}{MISSING}]+|[\d_]+")
_NOT_IN_LATIN_NAMES = re.compile(r"[\W\d_]+")
_LETTERS = re.compile(r"[A-Z]+")
_TITLE = re.compile(r"^(?:MR|MRS|MS|MISS|DR) (?=.)")
_LATIN_NOBODY = re.compile(r"NULL|NONE|NAN?|N A|TEST|UNKNOWN|[X ]+")
_SEVERAL_DOTS = re.compile(rf"{MIDDLE_DOT}+")
_ENUMERATED = re.compile(r"(?<=..)[A-D]$")
_LONGEST = 100
"""Characters; what stands behind them is no name."""

Reading = tuple[str | None, str | None]
"""The normal form of the person's own name, and that of the parent they are named by."""


def read_name(text: str) -> Reading:
    """Of a name whose characters are clean already."""
    text = text[:_LONGEST]
    if not HAN.search(text):
        return _stable(_latin_form, text), None
    typed = with_one_bracket(text.replace(" ", ""))
    if len(typed) == 1:
        typed += MISSING
    parent = child_of(_without_ends(typed))
    if parent:
        return None, _stable(_han_form, parent)
    return _stable(_han_form, typed), None


def _stable(form: Callable[[str], str | None], text: str) -> str | None:
    """Reading twice is reading once: what one reading uncovers, the next one reads."""
    before: str | None = None
    while text != before:
        before, text = text, form(text) or ""
    return text or None


def _han_form(text: str) -> str | None:
    if not HAN.search(text):
        return None
    bare = without_notes(with_one_bracket(_without_ends(text)))
    if child_of(bare):
        return None
    kept = _ENUMERATED.sub("", _NOT_IN_HAN_NAMES.sub("", bare))
    name = _SEVERAL_DOTS.sub(MIDDLE_DOT, _LETTERS.sub(_letters_in, kept)).strip(MIDDLE_DOT)
    count = len(name.replace(MIDDLE_DOT, ""))
    return name if count >= 2 and HAN.search(name) and not names_nobody(name) else None


def _without_ends(text: str) -> str:
    return text.strip("0123456789·-_'\" ")


def _letters_in(run: re.Match[str]) -> str:
    """Pinyin for a character nobody could type stays; a whole name in pinyin beside it goes."""
    letters, beside = run.group(), len(HAN.findall(run.string))
    if set(letters) == {"X"}:
        return MISSING * len(letters)
    spoken = syllables(letters)
    if len(spoken) >= 2 and beside >= 2:
        return ""
    return letters if spoken else MISSING


def _latin_form(text: str) -> str | None:
    if re.search(r"[/、;&+]", text):
        return None
    last, comma, first = with_one_bracket(text).partition(",")
    ordered = f"{first} {last}" if comma else last
    plain = "".join(map(_without_accent, re.sub(r"\([^()]*(?:\)|$)|['’?]", "", ordered)))
    name = _TITLE.sub("", _NOT_IN_LATIN_NAMES.sub(" ", plain).strip())
    return name if len(name) >= 2 and not _LATIN_NOBODY.fullmatch(name) else None


@cache
def _without_accent(character: str) -> str:
    if not "\u00c0" <= character <= "\u024f":
        return character
    return "".join(one for one in unicodedata.normalize("NFKD", character) if one.isalpha())
