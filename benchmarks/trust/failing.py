"""Let the n-th call of something fail, in this process and for good: the file door, or the ledger.

A night calls them always in the same order, so that every place can be had in turn. `is_due` is asked
at each of them and says whether this is the one that fails.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows import files

IsDue = Callable[[], bool]

DOORS = (
    *("write", "write_raw", "write_first", "write_folder", "write_parquet", "growing", "appearing"),
    *("folder", "sync_folder", "clear_folder", "move", "remove", "discard", "recode"),
    *("duckdb_database", "attach_duckdb", "ledger_database", "copy_ledger", "sqlcipher_file"),
)
"""All of flows/files.py by which something on disk comes, changes, or goes."""

_WRITES = ("BEGIN", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "COMMIT")


def let_doors_fail(is_due: IsDue) -> None:
    """The due call of the file door is refused by the disk."""
    for name in DOORS:
        setattr(files, name, _failing(getattr(files, name), is_due))


def _failing(door: Callable[..., Any], is_due: IsDue) -> Callable[..., Any]:
    def opened(*told: object, **named: object) -> object:
        if is_due():
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return door(*told, **named)

    return opened


def let_ledger_fail(is_due: IsDue) -> None:
    """The due statement that writes the ledger fails: before it is carried out, or just after."""
    opened = files.ledger_database

    @contextmanager
    def failing(path: Path) -> Iterator[Any]:
        with opened(path) as connection:
            yield _Failing(connection, is_due)

    files.ledger_database = failing


class _Failing:
    """A connection that counts what it writes; all else is the connection's own."""

    def __init__(self, connection: Any, is_due: IsDue) -> None:
        self._connection, self._is_due = connection, is_due

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, statement: str, *values: Any) -> Any:
        return self._carry_out(self._connection.execute, statement, *values)

    def executemany(self, statement: str, *values: Any) -> Any:
        return self._carry_out(self._connection.executemany, statement, *values)

    def executescript(self, statement: str) -> Any:
        return self._carry_out(self._connection.executescript, statement)

    def _carry_out(self, work: Callable[..., Any], statement: str, *values: Any) -> Any:
        writes = statement.lstrip().upper().startswith(_WRITES)
        if writes and self._is_due():
            raise sqlite3.OperationalError("disk I/O error")
        done = work(statement, *values)
        if writes and self._is_due():
            raise sqlite3.OperationalError("disk I/O error")
        return done
