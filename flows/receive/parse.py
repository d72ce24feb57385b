"""Chunks of raw cells become typed rows in the database, each with the reasons it is faulty."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import polars as pl

from data_contracts.terms import FACT_OF_KIND, FactType, Source
from flows.receive.chunks import Chunk, DeliveredTable
from flows.receive.header import Header
from transforms.columns import cleaned, read, said
from transforms.row_rules import SAID, RowCheck, reasons, row_checks

PARSED = "receive_parsed"
"""The table of all rows: well-formed ones parsed, malformed ones with nothing but their reason."""

_ARRIVING = "receive_arriving"
_CLEAN = "clean_"


class Parser:
    """Parses the chunks of one delivery of a source."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, source: Source, header: Header, on: date
    ) -> None:
        self._connection = connection
        self._places = header.places
        self.faulty_cells: dict[int, Sequence[str]] = {}
        arriving = ibis.table(
            {"row": "int64", "line": "int64", **dict.fromkeys(header.places, "string")},
            name=_ARRIVING,
        )
        parsed = _parsed(arriving, source)
        self.checks: tuple[RowCheck, ...] = row_checks(source, parsed, header.titles, on)
        kept = parsed.select("row", "line", *source.columns, reason=reasons(self.checks))
        self._sql = ibis.to_sql(kept, dialect="duckdb")
        typed = "".join(f', "{name}" {kind}' for name, kind in sql_types(source).items())
        connection.execute(
            f'CREATE OR REPLACE TEMP TABLE {PARSED} ("row" BIGINT, "line" BIGINT{typed}, '
            "reason VARCHAR)"
        )

    def parse(self, table: DeliveredTable) -> int:
        """Parse every chunk of a table; returns how many rows it has."""
        return sum(self._parse_chunk(chunk) for chunk in table.chunks())

    def _parse_chunk(self, chunk: Chunk) -> int:
        if chunk.rows:
            numbers = pl.DataFrame({"row": chunk.rows, "line": chunk.lines})
            arriving = numbers.hstack(chunk.frame(self._places))
            self._insert(arriving, f"INSERT INTO {PARSED} BY NAME {self._sql}")
            self._remember_faulty(chunk)
        if chunk.malformed:
            spoilt = [(bad.row, bad.line, bad.reason) for bad in chunk.malformed]
            columns = ["row", "line", "reason"]
            arriving = pl.DataFrame(spoilt, schema=columns, orient="row")
            self._insert(arriving, f"INSERT INTO {PARSED} BY NAME FROM {_ARRIVING}")
            self.faulty_cells |= {bad.row: bad.cells for bad in chunk.malformed}
        return len(chunk.rows) + len(chunk.malformed)

    def _remember_faulty(self, chunk: Chunk) -> None:
        """Keep the raw cells of faulty rows while their chunk is at hand."""
        faulty = self._connection.execute(
            f"SELECT row FROM {PARSED} WHERE row BETWEEN ? AND ? AND reason IS NOT NULL",
            [chunk.rows[0], chunk.rows[-1]],
        ).fetchall()
        for (row,) in faulty:
            self.faulty_cells[row] = chunk.cells(bisect_left(chunk.rows, row))

    def _insert(self, rows: Any, sql: str) -> None:
        self._connection.register(_ARRIVING, rows.to_arrow())
        try:
            self._connection.execute(sql)
        finally:
            self._connection.unregister(_ARRIVING)


def cells_of(table: DeliveredTable, rows: Collection[int]) -> dict[int, Sequence[str]]:
    """The raw cells of some well-formed rows, read from the file once more."""
    return {
        row: chunk.cells(at)
        for chunk in (table.chunks() if rows else ())
        for at, row in enumerate(chunk.rows)
        if row in rows
    }


def _parsed(arriving: ir.Table, source: Source) -> ir.Table:
    """What every cell says and its value, in three layers."""
    columns = source.columns
    clean = arriving.select(
        "row",
        "line",
        **{
            _CLEAN + name: cleaned(arriving[name], columns[name])
            if name in arriving.columns
            else ibis.null("string")
            for name in columns
        },
    )
    spoken = clean.select(
        "row",
        "line",
        **{SAID + name: said(clean[_CLEAN + name], column) for name, column in columns.items()},
    )
    return spoken.mutate(
        **{name: read(spoken[SAID + name], column) for name, column in columns.items()}
    )


def sql_types(source: Source) -> dict[str, str]:
    """The database type of every column of a source once it is parsed."""
    facts = {
        name: FACT_OF_KIND.get(column.kind, FactType.STRING)
        for name, column in source.columns.items()
    }
    return {name: _SQL_TYPES.get(fact, fact.value) for name, fact in facts.items()}


_SQL_TYPES = {FactType.STRING: "VARCHAR", FactType.NUMBER: "DOUBLE", FactType.INTEGER: "BIGINT"}
