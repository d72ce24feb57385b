"""What a sheet may be called: Excel takes 31 characters, some of them not, and no name twice."""

from __future__ import annotations

import re
from collections.abc import Collection

from flows.publish.cells import plain

LONGEST = 31
"""Counted as Excel does: a rare character takes two."""

_NOT_ALLOWED = re.compile(r"[\[\]:*?/\\]")
_KEPT_BY_EXCEL = {"history"}


def sheet_name(text: str, taken: Collection[str], otherwise: str) -> str:
    """The text as the name of one more sheet beside those `taken`; `otherwise` if nothing is left."""
    name = _cut(plain(_NOT_ALLOWED.sub(" ", text)).strip("' "), LONGEST) or otherwise
    used = {one.casefold() for one in taken} | _KEPT_BY_EXCEL
    tried, number = name, 1
    while tried.casefold() in used:
        number += 1
        ending = f"({number})"
        tried = _cut(name, LONGEST - len(ending)) + ending
    return tried


def _cut(text: str, most: int) -> str:
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text.rstrip("' ")
