"""The working database for looking: nothing in it can be changed, and no night runs meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import ibis

from flows import files
from flows.asof import known_identities, link_rows
from flows.engine import Engine
from flows.errors import UsageError
from flows.home import Home
from flows.lock import only_one

ROWS = "model_rows"
"""The table of all known records, as `link_rows` shows them, with their record_key."""


@contextmanager
def looking(home: Home) -> Iterator[Engine]:
    """The engine over a read-only working database, with `known_identities` as known now."""
    if not home.work.exists():
        raise UsageError("还没有运行过,没有可用的记录。请先运行 doorstep nightly --baseline。")
    settings = home.config.night
    with only_one(home.lock):
        connection = files.duckdb_database(
            home.work,
            read_only=True,
            threads=settings.threads,
            memory_limit=f"{settings.memory_gb}GB",
            temp_directory=str(files.folder(home.state / "spill")),
            max_temp_directory_size=f"{settings.temp_gb}GB",
        )
        try:
            yield Engine(connection, ibis.duckdb.from_connection(connection))
        finally:
            connection.close()


def known_rows(engine: Engine) -> Any:
    """All records that are known now, as linking reads them; computed once."""
    known_identities(
        engine, engine.rows("SELECT coalesce(max(arrival), 0) AS n FROM delivery")[0]["n"]
    )
    link_rows(engine)
    return engine.keep(ROWS, engine.table("link_rows"))
