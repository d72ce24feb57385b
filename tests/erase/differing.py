"""The rows of every table that two homes do not have in common."""

from flows import files


def differing_rows(one, other):
    """`work.table` or `snapshot.table` -> (only in the first, only in the second)."""
    connection = files.duckdb_database(":memory:")
    found = {}
    try:
        for name in ("work", "snapshot"):
            for side, home in (("one", one), ("other", other)):
                path = home.state / f"{name}.duckdb"
                files.attach_duckdb(connection, path, f"{name}_{side}", read_only=True)
            tables = connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND NOT temporary",
                [f"{name}_one"],
            ).fetchall()
            for (table,) in tables:
                if not table.startswith("linked_"):
                    found[f"{name}.{table}"] = tuple(
                        connection.execute(
                            f'FROM {name}_{a}."{table}" EXCEPT ALL FROM {name}_{b}."{table}"'
                        ).fetchall()
                        for a, b in (("one", "other"), ("other", "one"))
                    )
    finally:
        connection.close()
    return found
