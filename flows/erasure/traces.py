"""By what the last search knows that a row is still about somebody who was erased.

A number is theirs wherever it stands. A name alone is other people's, too: it counts only beside their
birth date, or beside their phone where the row is our own, and never in a row that bears another whole
identity number, which says whose row it is. In a department's row a phone may be a contact's: other
people's rows that name somebody as a contact stay theirs (`Plan.mentions`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

_NUMBER = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9X]|[0-9]{15})(?![0-9])")


@dataclass(frozen=True, kw_only=True)
class Traces:
    """numbers: in both forms. names: as delivered and as read. births: ISO dates. phones: digits."""

    numbers: Collection[str]
    names: Collection[str] = ()
    births: Collection[str] = ()
    phones: Collection[str] = ()

    def in_delivered(self, texts: Sequence[str]) -> bool:
        """Whether a row of a department's file is still theirs."""
        return self._are_in(texts, self._days)

    def in_own(self, texts: Sequence[str]) -> bool:
        """Whether a row of ours, or of a list that came back, is still theirs."""
        return self._are_in(texts, [*self._days, *self.phones])

    def _are_in(self, texts: Sequence[str], besides: Sequence[str]) -> bool:
        cells = [_packed(text) for text in texts]
        if _any_in(self.numbers, cells):
            return True
        if any(_NUMBER.search(text.upper()) for text in texts):
            return False
        return _any_in(map(_packed, self.names), cells) and _any_in(besides, cells)

    @property
    def _days(self) -> list[str]:
        return [form for day in self.births for form in _written(date.fromisoformat(day))]


def _written(day: date) -> Iterator[str]:
    """A day as departments write it, without what stands between its parts."""
    yield f"{day:%Y%m%d}"
    yield f"{day.year}{day.month}{day.day}"
    yield f"{day.year}年{day.month}月{day.day}日"
    yield f"{day.year}年{day:%m}月{day:%d}日"


def _any_in(wanted: Collection[str] | Iterator[str], cells: Sequence[str]) -> bool:
    return any(one in cell for one in wanted for cell in cells)


def _packed(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())
