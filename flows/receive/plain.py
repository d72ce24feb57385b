"""Lines without a quote: every line is a row, and Polars may cut them at every delimiter."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.receive.chunks import Malformed
from flows.receive.delimited import CELL_LIMIT, Cutter


@dataclass(frozen=True)
class LineChunk:
    """A chunk of whole lines, each with as many cells as the header."""

    rows: Sequence[int]
    lines: Sequence[int]
    texts: Sequence[str]
    delimiter: str
    malformed: Sequence[Malformed]

    def frame(self, places: Mapping[str, int]) -> Any:
        """The declared columns as text; Polars builds no other column."""
        width = self.texts[0].count(self.delimiter) + 1
        numbers = self.delimiter.join(map(str, range(width)))
        # The final line end keeps a last row that is a single empty cell.
        whole = "\n".join([numbers, *(text.rstrip("\r\n") for text in self.texts)]) + "\n"
        delivered = pl.read_csv(
            io.BytesIO(whole.encode()),
            separator=self.delimiter,
            quote_char=None,
            infer_schema=False,
            empty_string_is_null=False,
            columns=[str(at) for at in places.values()],
        )
        return delivered.select(pl.col(str(at)).alias(name) for name, at in places.items())

    def cells(self, at: int) -> Sequence[str]:
        """The raw cells of one row."""
        return self.texts[at].rstrip("\r\n").split(self.delimiter)


def is_plain(texts: Sequence[str]) -> bool:
    """Whether cutting at every delimiter is what csv would do, too."""
    whole = "".join(texts)
    return bool(texts) and '"' not in whole and max(map(len, texts)) <= CELL_LIMIT


def plain_chunk(texts: Sequence[str], cutter: Cutter, first_row: int, first_line: int) -> LineChunk:
    """The rows of plain lines; blank lines are none, and lines of another width are malformed."""
    delimiter, wanted = cutter.delimiter, cutter.width - 1
    rows: list[int] = []
    lines: list[int] = []
    kept: list[str] = []
    malformed: list[Malformed] = []
    row = first_row
    for line, text in enumerate(texts, first_line):
        if not text.replace(delimiter, "").strip():
            continue
        if text.count(delimiter) == wanted and "\0" not in text:
            rows.append(row)
            lines.append(line)
            kept.append(text)
        else:
            cells = text.rstrip("\r\n").split(delimiter)
            malformed.append(Malformed(row, line, cutter.problem_of(cells) or "", cells))
        row += 1
    return LineChunk(rows, lines, kept, delimiter, malformed)
