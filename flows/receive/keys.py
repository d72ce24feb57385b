"""Who a row is across deliveries: its record_key, its content, and what repeats within one file.

Both are keyed hashes, so that nobody without the secret can look a person up by guessing. Neither
depends on the file, the row or the order of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from data_contracts.terms import Source
from flows.receive.parse import PARSED, sql_types

CONFLICT = "同一主键出现两条内容不同的记录"

_REPEATED = "receive_repeated"
_KEY_DIGITS = 24
_CONTENT_DIGITS = 32


@dataclass(frozen=True)
class Sorted:
    """How many rows are good, repeat another row, are faulty; conflicting ones are faulty too."""

    loaded: int
    duplicate: int
    faulty: int
    conflicting: int


def sort_out(connection: duckdb.DuckDBPyConnection, source: Source, secret: bytes) -> Sorted:
    """Make `good` from the faultless rows, and mark rows whose key stands for two contents."""
    contradicts = "last_rival > 0" if source.own_key else "false"
    hash_rows(connection, source, secret)
    _number_repeated(connection, source)
    connection.execute(f"""
        UPDATE {PARSED} SET reason = '{CONFLICT}'
        WHERE row IN (SELECT row FROM {_REPEATED} WHERE {contradicts})""")
    connection.execute(f"""
        DELETE FROM good
        WHERE row IN (SELECT row FROM {_REPEATED} WHERE copy > 1 OR {contradicts})""")
    connection.execute(f"""
        UPDATE good SET record_key = left(sha256(record_key || '#' || r.ordinal), {_KEY_DIGITS})
        FROM {_REPEATED} r WHERE good.row = r.row AND r.ordinal > 0""")
    found = _counted(connection, contradicts)
    connection.execute(f"DROP TABLE {_REPEATED}")
    return found


def hash_rows(connection: duckdb.DuckDBPyConnection, source: Source, secret: bytes) -> None:
    """Make `good` from every faultless row, as if no key were repeated."""
    types = sql_types(source)
    columns = ", ".join(f'"{name}"' for name in types)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE good AS
        SELECT row, line,
            {_hashed("$key", source.key, types, _KEY_DIGITS)} AS record_key,
            {_hashed("$content", source.columns, types, _CONTENT_DIGITS)} AS content,
            {columns}
        FROM {PARSED} WHERE reason IS NULL""",
        {
            "key": f"{secret.hex()}/key/{source.name}/",
            "content": f"{secret.hex()}/content/{source.name}/",
        },
    )


def _number_repeated(connection: duckdb.DuckDBPyConnection, source: Source) -> None:
    """Number the copies of equal rows, and the contents (in a total order) of equal keys.

    Rivals are contents of one key and sign: a charge does not contradict its own reversal.
    """
    is_reversal = f'coalesce("{source.signed_by}" < 0, false)' if source.signed_by else "false"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {_REPEATED} AS
        WITH numbered AS (
            SELECT row, record_key,
                row_number() OVER (PARTITION BY record_key, content ORDER BY row) AS copy,
                dense_rank() OVER (
                    PARTITION BY record_key ORDER BY {is_reversal} DESC, content) - 1 AS ordinal,
                dense_rank() OVER (
                    PARTITION BY record_key, {is_reversal} ORDER BY content) - 1 AS rival
            FROM good
            WHERE record_key IN
                (SELECT record_key FROM good GROUP BY record_key HAVING count(*) > 1))
        SELECT row, copy, ordinal, max(rival) OVER (PARTITION BY record_key) AS last_rival
        FROM numbered""")


def _counted(connection: duckdb.DuckDBPyConnection, contradicts: str) -> Sorted:
    """Every count is taken by itself, so that a row lost between the tables shows."""
    questions = (
        "SELECT count(*) FROM good",
        f"SELECT count(*) FROM {_REPEATED} WHERE copy > 1 AND NOT ({contradicts})",
        f"SELECT count(*) FROM {PARSED} WHERE reason IS NOT NULL",
        f"SELECT count(*) FROM {_REPEATED} WHERE {contradicts}",
    )
    return Sorted(*(connection.execute(question).fetchall()[0][0] for question in questions))


def _hashed(salt: str, columns: Iterable[str], types: Mapping[str, str], digits: int) -> str:
    """A hash of values, each told from the next by its length or by the form of its type."""
    parts = ", ".join(
        f"""coalesce(strlen("{name}") || ':' || "{name}", '~')"""
        if types[name] == "VARCHAR"
        else f"""coalesce(CAST("{name}" AS VARCHAR), '~'), '/'"""
        for name in columns
    )
    return f"left(sha256(concat({salt}, {parts})), {digits})"
