"""Land a file as raw text: a DuckDB table in the order of its rows.

The place of a row in such a table is its `rowid`, which costs nothing; numbering the rows while
reading nearly doubles the time. A blank line is no row, as for csv readers everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import files
from flows.errors import DoorstepError
from flows.match.careful import carefully
from flows.match.csv_text import as_utf8, text_of
from flows.match.fields import PARTS
from flows.match.headers import header_of, places
from flows.match.plain import parted
from flows.match.selecting import csv_columns, parquet, parquet_columns
from flows.match.spec import TableSpec

_PARQUET = b"PAR1"

HAN = "\\p{Han}"
"""A pattern for Chinese characters."""


@dataclass(frozen=True, kw_only=True)
class Landed:
    """One landed table: its raw columns are named like the fields; `before` rows precede its own."""

    spec: TableSpec
    name: str
    rows: int
    before: int

    @property
    def fields(self) -> tuple[str, ...]:
        """Its raw columns."""
        return tuple(self.spec.columns) if self.has_name else (*self.spec.columns, "name")

    @property
    def has_name(self) -> bool:
        """Whether it came with whole names, rather than with given name and surname apart."""
        return "name" in self.spec.columns


def land(duckdb: Any, table: TableSpec, before: int, scratch: Path) -> Landed:
    """Land one table, which `before` rows of others precede."""
    name = "match_raw"
    reader = _parquet if files.head(table.path, len(_PARQUET)) == _PARQUET else _text
    reader(duckdb, name, table, scratch)
    rows = _rows(duckdb, name)
    if not rows:
        raise DoorstepError(f"{table.place}:只有列名,没有数据行。请重新导出。")
    return Landed(spec=table, name=name, rows=rows, before=before)


def _parquet(duckdb: Any, name: str, table: TableSpec, scratch: Path) -> None:
    import duckdb as library

    try:
        described = duckdb.execute(f"DESCRIBE FROM {parquet(table.path)}").fetchall()
        header, kinds = [row[0] for row in described], [row[1] for row in described]
        fields = places(header, table)
        _create(duckdb, name, table, parquet_columns(table.path, header, kinds, fields))
    except library.OutOfMemoryException:
        raise
    except library.Error:
        raise DoorstepError(f"{table.place}:不是完整的 Parquet 文件。请重新导出。") from None


def _text(duckdb: Any, name: str, table: TableSpec, scratch: Path) -> None:
    """The fast way where every line is a row; else the careful one."""
    text = as_utf8(text_of(table), table, scratch)
    header = header_of(text.head, table)
    fields = places(header.cells, table)
    was_read = _was_read_fast(duckdb, name, table, csv_columns(text.path, header, fields))
    # The reader may drop what follows an open quote without a word, so lines are counted.
    if was_read and _rows(duckdb, name) == files.count_lines(text.path) - header.lines:
        return
    text = as_utf8(text_of(table, whole=True), table, scratch)
    header = header_of(text.head, table)
    fields = places(header.cells, table)
    duckdb.register("match_careful", carefully(text, table, header, fields))
    _create(duckdb, name, table, "SELECT * FROM match_careful")
    duckdb.unregister("match_careful")


def _was_read_fast(duckdb: Any, name: str, table: TableSpec, select: str) -> bool:
    """Whether the engine could read the file; its error quotes a row, so it is not passed on."""
    import duckdb as library

    try:
        _create(duckdb, name, table, select)
    except library.OutOfMemoryException:
        raise
    except library.Error:
        return False
    return True


def _rows(duckdb: Any, name: str) -> int:
    return int(duckdb.execute(f"SELECT count(*) FROM {name}").fetchone()[0])


def _create(duckdb: Any, name: str, table: TableSpec, select: str) -> None:
    """Keep the rows in their order: there may be nothing in the statement that loses it, as joins do."""
    named = select if "name" in table.columns else _with_whole_name(table, select)
    duckdb.execute(f"CREATE OR REPLACE TABLE {name} AS {parted(named, table.columns)}")


def _with_whole_name(table: TableSpec, select: str) -> str:
    """A name for a table that has its parts: 张 and 三 are 张三, Jane and Doe are Jane Doe."""
    given, surname = (part if part in table.columns else "NULL" for part in PARTS)
    return f"""
        SELECT *, CASE WHEN regexp_matches(concat({surname}, {given}), '{HAN}')
            THEN concat({surname}, {given})
            ELSE nullif(trim(concat_ws(' ', {given}, {surname})), '') END AS name
        FROM ({select})"""
