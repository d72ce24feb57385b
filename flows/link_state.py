"""What linking remembers in the working database from one night to the next. A cache, never truth.

It holds for one model, one list of frequencies, one program and the deliveries it was made of. A
night with other ones, or a past night, does not use it; without it a night links everything.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from flows import reference
from flows.engine import Engine
from flows.program import code_version
from matchers.incremental import link_incrementally
from matchers.linkage import Linked, link
from matchers.model import Model
from matchers.rows import text_columns

_NAMES = (
    "row", "answer", "fits", "misfits", "seeker", "known", "home", "scored", "moved", "found",
    "newcomer",
)  # fmt: skip
"""What is remembered, each in the table `linked_<name>`."""

_FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """What the memory is of: how many deliveries, and which model (the hash of all of it)."""

    arrivals: int
    model: str


class LinkMemory:
    """`matchers.memory.Memory` in DuckDB; lives inside one transaction."""

    def __init__(self, engine: Engine, is_empty: bool) -> None:
        self.engine, self.is_empty = engine, is_empty

    def rows(self, name: str, like: Any) -> Any:
        """The rows under a name, in the columns of `like`; none if nothing was remembered."""
        if self.is_empty and not _exists(self.engine, name):
            return self.replace(name, like.limit(0))
        return self.engine.table(_table(name))

    def change(self, name: str, key: str, gone: Any, came: Any) -> Any:
        """Forget the rows whose `key` is among that column of `gone`, add the others."""
        table = self.rows(name, came).get_name()
        self.engine.duckdb.execute(
            f"DELETE FROM {table} WHERE {key} IN ({self.engine.sql(gone.select(key))})"
        )
        self.engine.duckdb.execute(f"INSERT INTO {table} BY NAME {self.engine.sql(came)}")
        return self.engine.table(table)

    def replace(self, name: str, rows: Any) -> Any:
        """Remember these rows under the name instead of what was there."""
        sql = self.engine.sql(rows)
        self.engine.duckdb.execute(f"CREATE OR REPLACE TABLE {_table(name)} AS {sql}")
        return self.engine.table(_table(name))


def linked_by_night(
    engine: Engine,
    rows: Any,
    model: Model,
    frequencies: Any | None,
    answers: Any | None,
    stamp: Stamp,
) -> Linked:
    """`matchers.linkage.link`, doing only what has changed where a memory of that model allows it.

    It needs frozen frequencies: those of the day change with every row.
    """
    shapes = reference.similar_characters()
    last = _last(engine)
    is_past = last is not None and last["arrivals"] > stamp.arrivals
    if frequencies is None or text_columns(rows) or is_past:
        return link(engine, rows, model, shapes, frequencies=frequencies, answers=answers)
    with _transaction(engine):
        fitting = last is not None and last == {**_said(stamp), "arrivals": last["arrivals"]}
        if not fitting:
            forget_links(engine)
        memory = LinkMemory(engine, is_empty=not fitting)
        found = link_incrementally(engine, rows, model, shapes, frequencies, answers, memory)
        engine.duckdb.execute("CREATE OR REPLACE TABLE linked_stamp (body VARCHAR)")
        engine.duckdb.execute("INSERT INTO linked_stamp VALUES (?)", [json.dumps(_said(stamp))])
    return found


def forget_links(engine: Engine) -> None:
    """Drop the memory; the next night links everything."""
    for table in ("linked_stamp", *(_table(name) for name in _NAMES)):
        engine.duckdb.execute(f"DROP TABLE IF EXISTS main.{table}")


def _last(engine: Engine) -> dict[str, Any] | None:
    """What the memory is of; None if there is none."""
    if not _exists(engine, "stamp"):
        return None
    (row,) = engine.rows("SELECT body FROM linked_stamp")
    stamp: dict[str, Any] = json.loads(row["body"])
    return stamp


def _said(stamp: Stamp) -> dict[str, Any]:
    own = {"format": _FORMAT, "code": code_version(), "duckdb": duckdb.__version__}
    return {**asdict(stamp), **own}


def _table(name: str) -> str:
    return f"linked_{name}"


def _exists(engine: Engine, name: str) -> bool:
    found = engine.rows(
        f"SELECT 1 AS one FROM duckdb_tables() WHERE table_name = '{_table(name)}' AND NOT temporary"
    )
    return bool(found)


@contextmanager
def _transaction(engine: Engine) -> Iterator[None]:
    """All of the memory changes, or nothing."""
    engine.duckdb.execute("BEGIN")
    try:
        yield
    except BaseException:
        engine.duckdb.execute("ROLLBACK")
        raise
    engine.duckdb.execute("COMMIT")
