"""From a spec to the matcher's input, one table after another so that little is held at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flows.engine import Engine
from flows.match.assembling import assemble, rows_view
from flows.match.landing import Landed, land
from flows.match.mending import mend_swapped_cells
from flows.match.reading import begin, forget, read_values
from flows.match.spec import Spec


def rows_of(engine: Engine, spec: Spec, scratch: Path) -> tuple[Any, list[Landed]]:
    """The rows of all tables as `matchers.rows.INPUTS` has them, and where each table stands."""
    begin(engine)
    kept: dict[str, Landed] = {}
    before = 0
    for at, one in enumerate(spec.tables):
        table = land(engine.duckdb, one, before, scratch)
        mend_swapped_cells(engine, table)
        read_values(engine, table)
        assemble(engine, table, f"match_rows_{at}")
        kept[f"match_rows_{at}"] = table
        before += table.rows
    forget(engine)
    return rows_view(engine, kept), list(kept.values())
