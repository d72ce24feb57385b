"""How unnumbered records agree with whom they may be, counted by pattern: what EM looks at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from flows.engine import Engine
from matchers.candidates import candidates
from matchers.em_check import BLOCKS
from matchers.fields import Field, compared
from matchers.seekers import known, seekers
from matchers.verified import Verified

MOST = 60_000
"""Unnumbered records that are looked at; shares of a hundredth are then known to a twentieth."""


def candidate_patterns(
    engine: Engine, rows: Any, proven: Verified, fields: Sequence[Field]
) -> dict[str, pa.Table]:
    """The level patterns with `pairs` for each of the blocks of `BLOCKS`."""
    bare = rows.filter(rows.id_clean.isnull() & ~rows.is_register)
    seeking = engine.keep("check_seeker", seekers(bare, proven.misfits.limit(0)))
    share = max(1, -(-engine.count(seeking) // MOST))
    seeking = engine.keep("check_asking", seeking.filter(seeking.rid % share == 0))
    registered = rows.filter(rows.is_register & rows.id_clean.isnull()).select("rid")
    people = engine.keep("check_known", known(rows, proven.fits, registered))
    found = {}
    for block, key in BLOCKS.items():
        name = f"check_{block}"
        pairs = candidates(engine, f"{name}_pair", seeking, people, [key])
        concerned = engine.keep(f"{name}_known", people.semi_join(pairs, "entity"))
        levels = compared(engine, name, pairs, seeking, concerned, fields)
        columns = [one for one in levels.columns if one.endswith("_level")]
        engine.keep(f"{name}_pattern", levels.group_by(columns).agg(pairs=levels.count()))
        found[block] = engine.arrow(f"SELECT * FROM {name}_pattern ORDER BY ALL")
    return found
