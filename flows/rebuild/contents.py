"""What a database holds, whatever the order of its rows: a count and a hash of each table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from flows import files

_BATCH = 50_000
_MEMORY = "linked_"
"""What linking remembers between nights saves it time; nothing that it holds is a result."""

_ALL = "all_columns_of_it"
"""No column may be called so: it would be taken for the whole row."""

Contents = Mapping[str, tuple[int, str]]
"""Rows and hash by table."""


def contents(path: Path) -> Contents:
    """Every table of a database file; it is opened for reading only."""
    connection = files.duckdb_database(path, read_only=True)
    try:
        tables = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT temporary "
            "AND database_name = current_database() ORDER BY table_name"
        ).fetchall()
        return {
            name: _content(connection, name) for (name,) in tables if not name.startswith(_MEMORY)
        }
    finally:
        connection.close()


def differing(one: Contents, other: Contents) -> list[str]:
    """The tables that are not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def _content(connection: object, table: str) -> tuple[int, str]:
    cursor = connection.execute(  # type: ignore[attr-defined]
        f'SELECT sha256(CAST({_ALL} AS VARCHAR)) AS digest FROM "{table}" AS {_ALL} ORDER BY 1'
    )
    digest, count = hashlib.sha256(), 0
    while rows := cursor.fetchmany(_BATCH):
        count += len(rows)
        digest.update("".join(one for (one,) in rows).encode("ascii"))
    return count, digest.hexdigest()
