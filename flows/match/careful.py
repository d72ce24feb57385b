"""Text files cut row by row, strictly: slower, and right where the fast reader has its doubts.

It refuses a broken row with its number, and never says what is in it.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from itertools import islice

import pyarrow as pa

from flows import files
from flows.errors import DoorstepError
from flows.match.csv_text import Text
from flows.match.headers import Header
from flows.match.spec import TableSpec
from flows.receive.decode import lines
from flows.receive.unusable import UnusableFileError

_BLOCK = 100_000


def carefully(text: Text, table: TableSpec, header: Header, fields: Mapping[str, int]) -> pa.Table:
    """The columns of the fields as text; empty cells are null."""
    rows = _sound_rows(text, table, header)
    schema = pa.schema([(field, pa.string()) for field in fields])
    blocks = []
    while block := list(islice(rows, _BLOCK)):
        columns = zip(*block, strict=True)
        cells = list(columns)
        chosen = [[cell or None for cell in cells[at]] for at in fields.values()]
        blocks.append(pa.table(chosen, schema=schema))
    return pa.concat_tables(blocks) if blocks else schema.empty_table()


def _sound_rows(text: Text, table: TableSpec, header: Header) -> Iterator[list[str]]:
    """Every data row; blank lines are none."""
    reader = csv.reader(
        lines(files.read(text.path), "utf-8-sig"), delimiter=header.delimiter, strict=True
    )
    row, width = 0, len(header.cells)
    try:
        next(cells for cells in reader if cells)
        line = reader.line_num
        for cells in reader:
            if cells and len(cells) != width:
                said = f"有 {len(cells)} 列,列名有 {width} 个。请核对该行的分隔符和引号。"
                raise _broken(table, row + 1, line + 1, said)
            line = reader.line_num
            if cells:
                row += 1
                yield cells
    except csv.Error as error:
        said = "有一格过长,可能是引号不配对。" if "limit" in str(error) else "引号不配对。"
        raise _broken(table, row + 1, line + 1, f"{said}请改正该行。") from None
    except UnusableFileError as error:
        raise DoorstepError(f"{table.place}:{error.reason}。") from None


def _broken(table: TableSpec, row: int, line: int, said: str) -> DoorstepError:
    return DoorstepError(f"{table.place}:第 {row} 行数据(从文件第 {line} 行起){said}")
