"""Small specs and files to match, written into a folder of the test."""

from contextlib import contextmanager
from pathlib import Path

import ibis

from flows import files
from flows.engine import Engine
from flows.match.landing import land
from flows.match.rows import rows_of
from flows.match.spec import read_spec

NAME_ONLY = 'columns = { name = "姓名" }'


def spec_of(folder: Path, **tables: str) -> Path:
    """A spec of one table (a dedupe) or several (a link, the first the register): name = columns."""
    task = "dedupe" if len(tables) == 1 else "link"
    lines = [f'task = "{task}"']
    for at, (name, columns) in enumerate(tables.items()):
        role = "register" if task == "link" and at == 0 else "records"
        lines += [
            "[[table]]",
            f'name = "{name}"',
            f'file = "{name}.csv"',
            f'role = "{role}"',
            columns,
        ]
    path = folder / "spec.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def csv_of(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    """A file of a table."""
    path = folder / f"{name}.csv"
    path.write_bytes(text.encode(encoding))
    return path


@contextmanager
def engine():
    """An engine in memory, as the command has it."""
    connection = files.duckdb_database(":memory:", threads=2)
    try:
        yield Engine(connection, ibis.duckdb.from_connection(connection))
    finally:
        connection.close()


def landed_rows(spec: Path) -> list[list[tuple[str | None, ...]]]:
    """The raw rows of each table as they landed."""
    scratch = files.folder(spec.parent / "scratch")
    landed = []
    with engine() as bench:
        for table in read_spec(spec).tables:
            raw = land(bench.duckdb, table, 0, scratch).name
            landed.append(bench.duckdb.execute(f"SELECT * FROM {raw} ORDER BY rowid").fetchall())
    return landed


def read_rows(spec: Path) -> list[dict[str, object]]:
    """The matcher's input, one dictionary per row."""
    with engine() as bench:
        rows, _ = rows_of(bench, read_spec(spec), files.folder(spec.parent / "scratch"))
        return bench.fetch(rows.order_by("rid")).to_pylist()
