"""What two homes are compared by: bytes of what is published, contents of databases."""

from __future__ import annotations

import re

from flows import files
from flows.home import Home
from flows.rebuild.contents import contents

_ANCHOR = re.compile("审计锚点:[0-9a-f-]+".encode())
"""Where the audit trail stood is no result of a night."""


def everything(home: Home) -> dict[str, str]:
    """The hash of every published file, and of every table in whatever order its rows lie."""
    found = {
        str(path.relative_to(home.root)): files.sha256(_ANCHOR.sub(b"", files.read(path)))
        for path in files.inside(home.outbox)
    }
    for path in (home.work, home.snapshot):
        found |= {f"{path.stem}.{name}": digest for name, (_, digest) in contents(path).items()}
    return found


def differing_files(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """What is not the same in both."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))


def differing_rows(one: Home, other: Home) -> int:
    """Rows of all tables that only one of them has; what linking remembers is no result."""
    connection = files.duckdb_database(":memory:")
    count = 0
    try:
        for name in ("work", "snapshot"):
            for side, home in (("one", one), ("other", other)):
                path = home.state / f"{name}.duckdb"
                files.attach_duckdb(connection, path, f"{name}_{side}", read_only=True)
            for table in contents(one.state / f"{name}.duckdb"):
                for left, right in (("one", "other"), ("other", "one")):
                    (rows,) = connection.execute(
                        f'SELECT count(*) FROM (FROM {name}_{left}."{table}" '
                        f'EXCEPT ALL FROM {name}_{right}."{table}")'
                    ).fetchone()
                    count += rows
    finally:
        connection.close()
    return count


def partition(home: Home) -> frozenset[tuple[str, ...]]:
    """Which records are one person's, and what was found of them, by record keys alone."""
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        people = snapshot.execute(
            "SELECT list(DISTINCT record_key ORDER BY record_key) FROM link GROUP BY person_id"
        ).fetchall()
        found = snapshot.execute(
            "SELECT signal, list(DISTINCT record_key ORDER BY record_key) FROM proof "
            "GROUP BY signal, person_id"
        ).fetchall()
    return frozenset(
        [tuple(keys) for (keys,) in people] + [(signal, *keys) for signal, keys in found]
    )
