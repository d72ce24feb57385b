"""Spellings of places, and the longest of them that a text has at a position."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


class Spellings:
    """Spellings of places; asks for the longest that a text has at a position."""

    def __init__(self, codes: Mapping[str, frozenset[str]]) -> None:
        self._codes = codes
        self._lengths: dict[str, list[int]] = {}
        for spelling in sorted(codes, key=len, reverse=True):
            lengths = self._lengths.setdefault(spelling[0], [])
            if len(spelling) not in lengths:
                lengths.append(len(spelling))

    def longest(self, text: str, at: int) -> tuple[str, frozenset[str]]:
        """The spelling found and the codes it can mean; empty if there is none."""
        for length in self._lengths.get(text[at : at + 1], ()):
            spelling = text[at : at + length]
            if spelling in self._codes:
                return spelling, self._codes[spelling]
        return "", frozenset()

    def __contains__(self, spelling: str) -> bool:
        return spelling in self._codes

    def codes(self, spelling: str) -> frozenset[str]:
        """What a spelling can mean; nothing for one that is unknown."""
        return self._codes.get(spelling, frozenset())


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Each spelling with every code that it can mean."""
    found: dict[str, set[str]] = {}
    for name, code in pairs:
        found.setdefault(name, set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def unambiguous(spellings: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Only the spellings that mean one place."""
    return {name: codes for name, codes in spellings.items() if len(codes) == 1}
