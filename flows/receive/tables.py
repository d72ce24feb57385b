"""The temporary tables that one delivery leaves behind: `good` and `bad`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import polars as pl

from data_contracts.terms import Source
from flows.receive.chunks import DeliveredTable
from flows.receive.parse import PARSED, cells_of, sql_types
from transforms.row_rules import REASON_SEPARATOR

_BAD = {"row": pl.Int64, "line": pl.Int64, "reason": pl.String, "cells": pl.List(pl.String)}


def no_rows(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Leave `good` and `bad` empty, so that no earlier delivery shows through."""
    typed = "".join(f', "{name}" {kind}' for name, kind in sql_types(source).items())
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE good
        ("row" BIGINT, "line" BIGINT, record_key VARCHAR, content VARCHAR{typed})""")
    _keep_bad(connection, [])


def set_aside(
    connection: duckdb.DuckDBPyConnection,
    table: DeliveredTable,
    known_cells: dict[int, Sequence[str]],
) -> None:
    """Make `bad` from the rows that have a reason, with their cells as delivered."""
    faulty = connection.execute(
        f"SELECT row, line, reason FROM {PARSED} WHERE reason IS NOT NULL ORDER BY row"
    ).fetchall()
    # Rows that contradict each other were found only after the file was read.
    cells = known_cells | cells_of(table, {row for row, _, _ in faulty} - set(known_cells))
    _keep_bad(connection, [(row, line, why, cells[row]) for row, line, why in faulty])
    connection.execute(f"DROP TABLE {PARSED}")


def count_reasons(connection: duckdb.DuckDBPyConnection) -> Counter[str]:
    """How many rows of `bad` each single reason names."""
    counted: Counter[str] = Counter()
    joined = connection.execute("SELECT reason, count(*) FROM bad GROUP BY reason").fetchall()
    for reasons, rows in joined:
        for reason in reasons.split(REASON_SEPARATOR):
            counted[reason] += rows
    return counted


def latest_day(connection: duckdb.DuckDBPyConnection, source: Source, on: date) -> date | None:
    """The latest day in the rows that is not after the night's."""
    found = connection.execute(
        f'SELECT max("{source.dated_by}") FROM good WHERE "{source.dated_by}" <= ?', [on]
    ).fetchone()
    return found[0] if found else None


def _keep_bad(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[Any, ...]]) -> None:
    connection.register("receive_bad", pl.DataFrame(rows, schema=_BAD, orient="row").to_arrow())
    connection.execute("CREATE OR REPLACE TEMP TABLE bad AS FROM receive_bad")
    connection.unregister("receive_bad")
