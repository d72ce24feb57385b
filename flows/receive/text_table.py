"""A text file as a delivered table: its delimiter and header found by name, its rows in chunks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from data_contracts.terms import Source
from flows.receive.chunks import CHUNK_CHARACTERS, CHUNK_ROWS, CellChunk, Chunk, Malformed
from flows.receive.decode import encoding_of, ends_with_newline, lines
from flows.receive.delimited import CELL_LIMIT, Cut, Cutter
from flows.receive.foot import FOOT_ROWS, is_blank, is_foot, stated_rows
from flows.receive.header import SEARCHED_ROWS, Header, mapped
from flows.receive.plain import is_plain, plain_chunk
from flows.receive.unusable import cut_at, empty

DELIMITERS = (",", "\t", ";", "|")


@dataclass(frozen=True)
class _Head:
    """Where the data begins and how it is delimited."""

    header: Header
    delimiter: str
    lines: int


class TextTable:
    """A delimited text file of a source."""

    def __init__(self, data: bytes, source: Source, chunk_rows: int = CHUNK_ROWS) -> None:
        if data.isspace():
            raise empty()
        self.encoding = encoding_of(data)
        self.ended_with_newline: bool | None = ends_with_newline(data, self.encoding)
        self.stated_rows: int | None = None
        self._data = data
        self._chunk_rows = chunk_rows
        self._head = _head_of(list(islice(lines(data, self.encoding), 3 * SEARCHED_ROWS)), source)
        self.header = self._head.header
        self.delimiter = self._head.delimiter

    def chunks(self) -> Iterator[Chunk]:
        """The data rows; a file that stops in the middle of a row ends in an error."""
        cutter = Cutter(self._head.delimiter, len(self.header.cells))
        row, first_line, pending = 1, self._head.lines + 1, list[str]()
        for block, final in self._blocks():
            texts = pending + block
            chunk: Chunk
            if is_plain(texts):
                chunk, left = plain_chunk(texts, cutter, row, first_line), 0
            else:
                found, left = _cut(cutter, texts, first_line, final=final)
                chunk = _chunk_of(found, row)
            if final:
                self._refuse_a_cut_file(chunk, cutter, first_line + len(texts) - 1)
            yield chunk
            row += len(chunk.rows) + len(chunk.malformed)
            first_line += len(texts) - left
            pending = texts[len(texts) - left :]

    def _blocks(self) -> Iterator[tuple[list[str], bool]]:
        """The data lines in blocks, and whether a block is the last; the foot is left out."""
        source = islice(lines(self._data, self.encoding), self._head.lines, None)
        block = _block(source, self._chunk_rows)
        while block:
            following = _block(source, self._chunk_rows)
            if len(following) <= FOOT_ROWS:
                yield self._without_foot(block + following), True
                return
            yield block, False
            block = following

    def _without_foot(self, block: list[str]) -> list[str]:
        """The last block without totals and signatures; a count among them is remembered."""
        foot, end = [], len(block)
        while end and len(block) - end < FOOT_ROWS:
            cells = self._foot_cells(block[end - 1])
            if not (is_blank(cells) or is_foot(cells)):
                break
            foot.append(cells)
            end -= 1
        self.stated_rows = stated_rows(foot)
        return block[:end]

    def _foot_cells(self, text: str) -> list[str]:
        """The cells of what may be a foot; a line too long for csv is none."""
        if len(text) > CELL_LIMIT:
            return [text[:CELL_LIMIT]]
        return next(csv.reader([text], delimiter=self._head.delimiter), [])

    def _refuse_a_cut_file(self, chunk: Chunk, cutter: Cutter, last_line: int) -> None:
        may_be_cut = cutter.open_quote or not self.ended_with_newline
        if may_be_cut and any(bad.line == last_line for bad in chunk.malformed):
            raise cut_at(last_line)


def _block(source: Iterator[str], most: int) -> list[str]:
    """The next lines: so many, or fewer where they are so long that memory would run out."""
    block: list[str] = []
    room = CHUNK_CHARACTERS
    for text in islice(source, most):
        block.append(text)
        room -= len(text)
        if room <= 0 and len(block) > FOOT_ROWS:
            break
    return block


def _head_of(texts: list[str], source: Source) -> _Head:
    """The row and the delimiter under which most declared columns are found; the first of equals."""
    candidates = [
        _Head(mapped(cells, source), delimiter, end)
        for delimiter in DELIMITERS
        for cells, end in _first_rows(texts, delimiter)
    ]
    if not candidates:
        raise empty()
    return max(
        candidates,
        key=lambda head: (len(head.header.places), -head.lines, len(head.header.cells)),
    )


def _first_rows(texts: list[str], delimiter: str) -> Iterator[tuple[list[str], int]]:
    reader = csv.reader(texts, delimiter=delimiter)
    try:
        for cells in islice(reader, SEARCHED_ROWS):
            if not is_blank(cells):
                yield cells, reader.line_num
    except csv.Error:
        return


def _cut(
    cutter: Cutter, texts: Sequence[str], first_line: int, *, final: bool
) -> tuple[list[Cut], int]:
    found: list[Cut] = []
    for cut in cutter.rows(texts, first_line, final=final):
        if isinstance(cut, int):
            return found, cut
        found.append(cut)
    return found, 0


def _chunk_of(found: Sequence[Cut], first_row: int) -> Chunk:
    numbered = list(enumerate(found, first_row))
    good = [(row, cut) for row, cut in numbered if cut.problem is None]
    return CellChunk(
        [row for row, _ in good],
        [cut.line for _, cut in good],
        [cut.cells for _, cut in good],
        [Malformed(row, cut.line, cut.problem, cut.cells) for row, cut in numbered if cut.problem],
    )
