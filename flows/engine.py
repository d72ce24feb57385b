"""The night's engine: DuckDB in this process, with bounded memory, threads and temporary disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any

import ibis
from ibis.backends.sql.datatypes import DuckDBType

from flows import files
from flows.compiled import compiled
from flows.home import Home
from flows.tables import create_tables, is_outdated

ibis.options.sql.fuse_selects = False
"""Folding nested selects into one takes Ibis longer than DuckDB, which does it again itself."""


@dataclass(frozen=True)
class Engine:
    """The working database twice: as DuckDB for doors, as Ibis for expressions."""

    duckdb: Any
    ibis: Any

    def table(self, name: str) -> Any:
        """A table or view of the working database as an Ibis expression.

        It is not bound to a connection, so that equal questions are equal on every night.
        """
        described = self.duckdb.execute(f'DESCRIBE "{name}"').fetchall()
        columns = tuple((column, kind, null == "YES") for column, kind, null, *_ in described)
        return ibis.table(_schema(columns), name=name)

    def materialise(self, name: str, expression: Any) -> Any:
        """Run an expression and keep its rows as a table of this night."""
        sql = self.sql(expression)
        self.duckdb.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}')
        return self.table(name)

    def sql(self, expression: Any) -> str:
        """The query that answers an expression."""
        return compiled(expression, self.ibis.compile)

    def keep(self, name: str, rows: Any) -> Any:
        """Compute the rows now and keep them as a table of that name (see `Workbench`)."""
        return self.materialise(name, rows)

    def answer(self, name: str, questions: Any, function: Callable[[Any], Any]) -> Any:
        """Fetch the questions, let the function answer them, keep the answers as a table."""
        return self.register(name, function(self.fetch(questions)))

    def drop(self, *names: str) -> None:
        """Forget tables that are no longer needed."""
        for name in names:
            self.duckdb.execute(f'DROP TABLE IF EXISTS temp."{name}"')

    def register(self, name: str, rows: Any) -> Any:
        """Keep Arrow or Polars rows as a table of this night."""
        self.duckdb.register("incoming_rows", rows)
        self.duckdb.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS FROM incoming_rows')
        self.duckdb.unregister("incoming_rows")
        return self.table(name)

    def count(self, rows: Any) -> int:
        """How many rows an expression has."""
        (found,) = self.duckdb.execute(self.sql(rows.count())).fetchone()
        return int(found)

    def fetch(self, rows: Any) -> Any:
        """The rows of an expression as an Arrow table."""
        return self.arrow(self.sql(rows))

    def arrow(self, sql: str, values: list[Any] | None = None) -> Any:
        """The rows of a query as an Arrow table."""
        return self.duckdb.execute(sql, values or []).to_arrow_table()

    def rows(self, sql: str, values: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries; for small results only."""
        cursor = self.duckdb.execute(sql, values or [])
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@cache
def _schema(columns: tuple[tuple[str, str, bool], ...]) -> ibis.Schema:
    """The types of columns, given by name, DuckDB's type and whether they may be null."""
    kinds = {
        name: DuckDBType.from_string(kind, nullable=nullable) for name, kind, nullable in columns
    }
    return ibis.Schema(kinds)


@contextmanager
def engine(home: Home) -> Iterator[Engine]:
    """Open the working database for writing; one made by another version is made anew."""
    connection = _opened(home)
    if is_outdated(connection):
        connection.close()
        files.remove(home.work)
        connection = _opened(home)
    try:
        create_tables(connection)
        yield Engine(connection, ibis.duckdb.from_connection(connection))
    finally:
        connection.close()


def _opened(home: Home) -> Any:
    settings = home.config.night
    temporary = files.folder(home.state / "spill")
    return files.duckdb_database(
        home.work,
        threads=settings.threads,
        memory_limit=f"{settings.memory_gb}GB",
        temp_directory=str(temporary),
        max_temp_directory_size=f"{settings.temp_gb}GB",
    )
