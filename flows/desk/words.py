"""The desk's two languages: Chinese is what stands in the code, English comes from the catalogue.

The catalogue is every .po file of one folder, so that a page may bring its own. A text with values
in it, such as a refusal, stands there with `{}` in their places, so code goes on saying f"..."; its
English may name them `{0}`, `{1}` to change their order. A list joined by 、 is translated part by part.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

from flows import files
from flows.publish.cells import typeset

LANGUAGES = {"zh": "中文", "en": "English"}
GAP = "{}"
"""Stands in the catalogue for a value."""

_PARTED = re.compile("、(?![^(“]*[)”])")
"""Between the parts of a list, not within brackets or quotes."""

CATALOGUE = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES"


@cache
def english() -> dict[str, str]:
    """Our Chinese texts with their English."""
    parts = [read_po(BytesIO(files.read(path)), locale="en") for path in files.listing(CATALOGUE)]
    return {str(one.id): str(one.string) for part in parts for one in part if one.id and one.string}


@cache
def _sentences() -> list[tuple[re.Pattern[str], str]]:
    """The texts with values in them, the longest first, each with its English."""
    found = sorted(((text, said) for text, said in english().items() if GAP in text), key=_length)
    return [
        (re.compile("(.*?)".join(map(re.escape, text.split(GAP)))), said) for text, said in found
    ]


def _length(entry: tuple[str, str]) -> int:
    return -len(entry[0])


def in_english(text: str) -> str:
    """A text of ours in English, the words among its values too; what nobody translated stays."""
    whole, parts = _known(text), _PARTED.split(text)
    if text in english() or len(parts) == 1:
        return whole or text
    told = [_known(part) for part in parts]
    if whole and not all(told):
        return whole
    return ", ".join(said or part for said, part in zip(told, parts, strict=True))


def _known(text: str) -> str | None:
    """The English of a text that the catalogue has, as it is or as a sentence with values."""
    if text in english():
        return english()[text]
    for sentence, said in _sentences():
        found = sentence.fullmatch(text)
        if found:
            return said.format(*map(in_english, found.groups()))
    return None


def translator(language: str) -> Callable[[str], str]:
    """What turns our Chinese texts into a language; a text nobody translated stays as it is."""
    if language != "en":
        return lambda text: typeset(str(text))
    return lambda text: in_english(str(text))


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a text of ours that is translated where it is shown."""
    return text
