"""A delivered file without the rows of somebody, in the form in which it came."""

from __future__ import annotations

from collections.abc import Sequence

from flows.erasure.lines import without_lines
from flows.erasure.sheets import part_of, without_rows
from flows.erasure.spotting import Spot
from flows.receive.chunks import DeliveredTable
from flows.receive.workbook import WorkbookTable


def stripped(data: bytes, table: DeliveredTable, spots: Sequence[Spot]) -> bytes:
    """The bytes without the spotted rows; the same bytes where there are none."""
    lines = [spot.line for spot in spots]
    if not lines:
        return data
    if isinstance(table, WorkbookTable):
        return without_rows(data, {part_of(data, table.sheet_name): lines})
    return without_lines(data, table.encoding, table.delimiter, lines)
