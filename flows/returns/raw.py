"""Rows of a sheet as they stand in the file, before anybody knows what their columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class RawRow:
    """One row: its line as the program that opened it counts, and whether its cells are certain."""

    line: int
    cells: Sequence[str]
    spoilt: bool = False


@dataclass(frozen=True)
class RawSheet:
    """One sheet; a text file has no name for it."""

    name: str
    rows: Sequence[RawRow]
