"""Whose each record was when the last night ended: every night leaves a file of what it changed.

The files lie beside the nights' lists and not in the working database, because a past night that is
asked again after a rebuild must see the same. A night reads only what ended before it began.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from flows import files
from flows.engine import Engine
from flows.home import Home
from flows.inputs import Inputs, folder_of
from flows.ledger import Ledger

LINKS_FILE = "links.parquet"
_LINK = {"record_key": pl.String, "person_id": pl.String, "decision": pl.String}


def links_before(engine: Engine, home: Home, ledger: Ledger, position: int) -> bool:
    """Make `link_before` (record_key, person_id, decision); False where the last night left none."""
    ended = [row for row in ledger.nights() if row["entry"] <= position]
    paths = [
        folder_of(home, date.fromisoformat(row["night"]), row["number"]) / LINKS_FILE
        for row in ended
    ]
    kept = [
        files.read_parquet(path).select(*_LINK, pl.lit(place, pl.Int64).alias("place"))
        for place, path in enumerate(paths)
        if path.exists()
    ]
    rows = pl.concat([pl.DataFrame(schema=_LINK | {"place": pl.Int64}), *kept])
    engine.register("link_change", rows.to_arrow())
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE link_before AS {_LAST}")
    engine.drop("link_change")
    return bool(paths) and paths[-1].exists()


def note_links(engine: Engine, home: Home, asked: Inputs) -> None:
    """Leave the file of a night that is about to end; made again, it is the same."""
    rows: Any = pl.from_arrow(engine.arrow(_CHANGED))
    files.write_parquet(folder_of(home, asked.night, asked.number) / LINKS_FILE, rows)


_LAST = """
SELECT record_key, person_id, decision FROM (
  SELECT record_key, person_id, decision, row_number() OVER (
    PARTITION BY record_key ORDER BY place DESC) AS newest
  FROM link_change
) WHERE newest = 1 AND person_id IS NOT NULL
"""

_CHANGED = """
SELECT record_key, link.person_id, link.decision
FROM link FULL JOIN link_before AS before USING (record_key)
WHERE (link.person_id, link.decision) IS DISTINCT FROM (before.person_id, before.decision)
ORDER BY record_key
"""
