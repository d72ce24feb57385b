"""A delimited text file as one sheet: any encoding, and the delimiter under which it has a header."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from itertools import islice

from flows.receive.decode import encoding_of, lines
from flows.receive.delimited import Cut, Cutter
from flows.returns.header import Header, header_of
from flows.returns.raw import RawRow, RawSheet

DELIMITERS = (",", "\t", ";", "|")
SEARCHED_ROWS = 2000


def text_sheet(content: bytes) -> RawSheet:
    """The rows of a text file; raises UnusableFileError where it breaks its encoding."""
    texts = list(lines(content, encoding_of(content)))
    delimiter, width = _form(texts)
    cutter = Cutter(delimiter, width)
    found = cutter.rows(texts, 1, final=True)
    return RawSheet("", [_row(cut, cutter) for cut in found if isinstance(cut, Cut)])


def _row(cut: Cut, cutter: Cutter) -> RawRow:
    """A stray comma or quote moves cells into other columns; blanks cut off at the end do not."""
    cells = cut.cells
    unclear = cut.problem not in (None, cutter.problem_of(cells))
    cut_off = len(cells) < cutter.width and cells[-1].strip()
    return RawRow(cut.line, cells, spoilt=unclear or not (cut_off or len(cells) == cutter.width))


def _form(texts: Sequence[str]) -> tuple[str, int]:
    """The delimiter under which a header is found, and how many cells that header has."""
    headers = [
        (delimiter, found)
        for delimiter in DELIMITERS
        if (found := next(_headers(texts, delimiter), None))
    ]
    if not headers:
        return DELIMITERS[0], 1
    delimiter, header = max(headers, key=lambda one: len(one[1].places))
    return delimiter, len(header.titles)


def _headers(texts: Sequence[str], delimiter: str) -> Iterator[Header]:
    reader = csv.reader(texts, delimiter=delimiter)
    try:
        for cells in islice(reader, SEARCHED_ROWS):
            if found := header_of(cells):
                yield found
    except csv.Error:
        return
