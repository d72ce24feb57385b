"""Chunks of raw cells become typed rows in the database, each with the reasons it is faulty."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from data_contracts.terms import FACT_OF_KIND, FactType, Source
from flows.receive.chunks import Chunk, DeliveredTable
from flows.receive.compiled import ARRIVING, ARRIVING_ON, compiled
from flows.receive.header import Header

PARSED = "receive_parsed"
"""The table of all rows: well-formed ones parsed, malformed ones with nothing but their reason."""

_BATCH_ROWS = 4096


class Parser:
    """Parses the chunks of one delivery of a source."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, source: Source, header: Header, on: date
    ) -> None:
        self._connection = connection
        self._places = header.places
        self._on = on
        self._statement = compiled(source, header.titles)
        self.checks = self._statement.checks
        self.faulty_cells: dict[int, Sequence[str]] = {}
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
            numbers = pl.DataFrame(
                {"row": chunk.rows, "line": chunk.lines, ARRIVING_ON: [self._on] * len(chunk.rows)}
            )
            arriving = numbers.hstack(chunk.frame(self._places))
            self._insert(arriving, f"INSERT INTO {PARSED} BY NAME {self._statement.sql}")
            self._remember_faulty(chunk)
        if chunk.malformed:
            spoilt = [(bad.row, bad.line, bad.reason) for bad in chunk.malformed]
            columns = ["row", "line", "reason"]
            arriving = pl.DataFrame(spoilt, schema=columns, orient="row")
            self._insert(arriving, f"INSERT INTO {PARSED} BY NAME FROM {ARRIVING}")
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
        # DuckDB shares Arrow rows among its threads batch by batch.
        batches = rows.to_arrow().to_batches(max_chunksize=_BATCH_ROWS)
        self._connection.register(ARRIVING, pa.Table.from_batches(batches))
        # A join for every list of codes takes longer to set up than a small file to read.
        self._connection.execute("SET disabled_optimizers = 'in_clause'")
        try:
            self._connection.execute(sql)
        finally:
            self._connection.execute("RESET disabled_optimizers")
            self._connection.unregister(ARRIVING)


def cells_of(table: DeliveredTable, rows: Collection[int]) -> dict[int, Sequence[str]]:
    """The raw cells of some well-formed rows, read from the file once more."""
    return {
        row: chunk.cells(at)
        for chunk in (table.chunks() if rows else ())
        for at, row in enumerate(chunk.rows)
        if row in rows
    }


def sql_types(source: Source) -> dict[str, str]:
    """The database type of every column of a source once it is parsed."""
    facts = {
        name: FACT_OF_KIND.get(column.kind, FactType.STRING)
        for name, column in source.columns.items()
    }
    return {name: _SQL_TYPES.get(fact, fact.value) for name, fact in facts.items()}


_SQL_TYPES = {FactType.STRING: "VARCHAR", FactType.INTEGER: "BIGINT"}
