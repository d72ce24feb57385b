"""The desk's two languages: Chinese is what stands in the code, English comes from the catalogue.

The catalogue is every .po file of one folder, so that a page may bring its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

from flows import files
from flows.publish.cells import typeset

LANGUAGES = {"zh": "中文", "en": "English"}
CATALOGUE = Path(__file__).parent / "locale" / "en" / "LC_MESSAGES"


@cache
def english() -> dict[str, str]:
    """Our Chinese texts with their English."""
    parts = [read_po(BytesIO(files.read(path)), locale="en") for path in files.listing(CATALOGUE)]
    return {str(one.id): str(one.string) for part in parts for one in part if one.id and one.string}


def translator(language: str) -> Callable[[str], str]:
    """What turns our Chinese texts into a language; a text nobody translated stays as it is."""
    if language != "en":
        return lambda text: typeset(str(text))
    known = english()
    return lambda text: known.get(str(text), str(text))


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Marks a text of ours that is translated where it is shown."""
    return text
