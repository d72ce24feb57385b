"""Parts of a delivered table, small enough to hold: rows that fit the header, rows that do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from flows.receive.header import Header

CHUNK_ROWS = 50_000
CHUNK_CHARACTERS = 16 << 20


@dataclass(frozen=True)
class Malformed:
    """A row whose cells cannot be told apart, as it stands in the file."""

    row: int
    line: int
    reason: str
    cells: Sequence[str]


class Chunk(Protocol):
    """Well-formed rows with their numbers and lines, and the malformed ones among them."""

    @property
    def rows(self) -> Sequence[int]:
        """The numbers of the well-formed rows, in order."""

    @property
    def lines(self) -> Sequence[int]:
        """The line that each of them begins on."""

    @property
    def malformed(self) -> Sequence[Malformed]:
        """The rows among them that could not be cut into cells."""

    def frame(self, places: Mapping[str, int]) -> Any:
        """The declared columns as a Polars frame of text; other columns are not touched."""

    def cells(self, at: int) -> Sequence[str]:
        """The raw cells of the well-formed row at a position."""


class DeliveredTable(Protocol):
    """A delivered file whose header is known; it can be read more than once."""

    header: Header
    encoding: str
    delimiter: str
    ended_with_newline: bool | None
    stated_rows: int | None

    def chunks(self) -> Iterator[Chunk]:
        """The data rows in the order of the file; `stated_rows` is known after the last."""


@dataclass(frozen=True)
class CellChunk:
    """A chunk of rows that are already cut into cells."""

    rows: Sequence[int]
    lines: Sequence[int]
    grid: Sequence[Sequence[str]]
    malformed: Sequence[Malformed]

    def frame(self, places: Mapping[str, int]) -> Any:
        """The declared columns as text."""
        return pl.DataFrame(
            {name: [cells[at] for cells in self.grid] for name, at in places.items()},
            schema=dict.fromkeys(places, pl.String),
        )

    def cells(self, at: int) -> Sequence[str]:
        """The raw cells of one row."""
        return self.grid[at]
