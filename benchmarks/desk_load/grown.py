"""A city's snapshot out of a small county's: every household copied under new ids, row for row."""

from __future__ import annotations

from pathlib import Path

from flows import files

STEP = 100_000
"""Between the numbers of one copy and the next; ids have eight digits, so 999 copies at most."""

_NUMBERED = ("household_id", "person_id", "lead_person_id", "other_person_id")
_NAMED = ("record_key", "other_record_key", "order_no")
_SORTED = {
    "search_key": "key, kind, household_id",
    "link": "source, delivery, row",
    "worklist": "township_code NULLS LAST, position NULLS LAST, household_id",
    "proof": "signal, person_id",
    "doubt": "record_key",
}
"""As the night sorts them, because that decides what a query may skip; all else by household."""


def grow(snapshot: Path, households: int) -> dict[str, int]:
    """Copy the rows until there are that many households; returns how many rows each table has.

    Numbers and phones are new in every copy. Names and addresses stay the same, so that each is
    shared by as many households as there are copies: harder to search than a real city.
    """
    with files.duckdb_database(snapshot) as city:
        (known,) = city.execute("SELECT count(*) FROM situation").fetchone()
        copies = max(1, round(households / known))
        if copies * STEP >= 10**8:
            raise ValueError("the county is too small to be grown that far")
        tables = city.execute(
            "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns() WHERE NOT internal "
            "GROUP BY table_name ORDER BY table_name"
        ).fetchall()
        rows = {}
        for table, columns in tables:
            if set(columns) & {*_NUMBERED, *_NAMED}:
                city.execute(_copied(table, columns, copies))
                city.execute(f'DROP TABLE "{table}"')
                city.execute(f'ALTER TABLE grown RENAME TO "{table}"')
            (rows[table],) = city.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    return rows


def _copied(table: str, columns: list[str], copies: int) -> str:
    told = ", ".join(_column(name) for name in columns)
    order = _SORTED.get(table, "household_id")
    return f'CREATE TABLE grown AS SELECT {told} FROM "{table}", range({copies}) AS copy(n) ORDER BY {order}'


def _column(name: str) -> str:
    """A column of the n-th copy; the first copy keeps what it had."""
    if name in _NUMBERED:
        number = f"CAST(substr({name}, 2) AS BIGINT) + n * {STEP}"
        return f"{name}[1] || lpad(CAST({number} AS VARCHAR), 8, '0') AS {name}"
    if name in _NAMED:
        return f"CASE WHEN n = 0 THEN {name} ELSE {name} || '-' || n END AS {name}"
    if name == "key":
        return "CASE WHEN kind IN ('number', 'phone') THEN key + n * 7919 ELSE key END AS key"
    return f'"{name}"'
