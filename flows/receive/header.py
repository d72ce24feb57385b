"""Find a contract's columns in a header row: by name, never by position."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data_contracts.terms import Need, Source

SEARCHED_ROWS = 20
"""Title rows may stand above the header; it is sought in this many rows."""

_ENOUGH = 3
_LONG_NUMBER = re.compile(r"\d{7}")
_BRACKETS = str.maketrans("〔【[{〕】]}", "(((())))")


@dataclass(frozen=True)
class Header:
    """A header row: where each declared column stands, what is not declared, what is unclear."""

    cells: tuple[str, ...]
    places: Mapping[str, int]
    undeclared: tuple[str, ...]
    clashes: tuple[str, ...]

    @property
    def titles(self) -> dict[str, str]:
        """What the department calls each declared column that it delivered."""
        return {name: " ".join(self.cells[at].split()) for name, at in self.places.items()}

    def fits(self, source: Source) -> bool:
        """Whether this is a header row of the source at all, rather than a title or data."""
        return len(self.places) >= min(_ENOUGH, len(needed(source)) or _ENOUGH)


def needed(source: Source) -> tuple[str, ...]:
    """The columns whose header every delivery must bring."""
    return tuple(name for name, column in source.columns.items() if column.need is not Need.NOTHING)


def mapped(cells: Sequence[str], source: Source) -> Header:
    """Read a row as the header of `source`."""
    declared, unused = _spellings(source)
    seen: Counter[str] = Counter()
    places: dict[str, int] = {}
    undeclared: list[str] = []
    clashes: list[str] = []
    for at, cell in enumerate(cells):
        title = normal(cell)
        seen[title] += 1
        numbered = title if seen[title] == 1 else f"{title}#{seen[title]}"
        column = declared.get(numbered)
        is_unforeseen = title in declared and f"{title}#2" not in declared | unused
        if column in places or (column is None and is_unforeseen):
            clashes.append(cell)
        elif column is not None:
            places[column] = at
        elif title and not {title, numbered} & set(unused):
            undeclared.append(_shown(cell, at))
    return Header(tuple(cells), places, tuple(undeclared), tuple(clashes))


def _shown(cell: str, at: int) -> str:
    """An undeclared header as reports show it: what holds a long number may be about a person."""
    text = " ".join(cell.split())
    return f"第 {at + 1} 列(列名含长数字,未显示)" if _LONG_NUMBER.search(text) else text


def normal(title: str) -> str:
    """A header as it is compared: no blanks, half-width, lower case, one kind of bracket."""
    text = unicodedata.normalize("NFKC", title).translate(_BRACKETS)
    return re.sub(r"[\s\ufeff\u200b'\"]", "", text).strip("*:").casefold()


@lru_cache(maxsize=64)
def _spellings_of(key: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {normal(title): name for name, titles in key for title in titles}


def _spellings(source: Source) -> tuple[dict[str, str], dict[str, str]]:
    """Normal spelling to column name, and normal spelling to nothing for the unused ones."""
    declared = _spellings_of(
        tuple((name, (name, *column.headers)) for name, column in source.columns.items())
    )
    return declared, {normal(title): "" for title in source.unused}
