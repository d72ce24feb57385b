"""Decide about all known records with a model, in tables of their own.

People's answers are left out here, so that one can see what a model would say by itself; a night
honours them whatever its model says.
"""

from __future__ import annotations

from typing import Any

from flows import reference
from flows.engine import Engine
from flows.models.frozen import FrozenModel
from matchers.linkage import link
from matchers.outcomes import outcomes
from matchers.verified import Verified, verified

DECIDED = "model_decided_{}"
"""record_key, rid, source, entity, founder (record_key), how, decision, probability, levels."""


def proven_by_number(engine: Engine, rows: Any) -> Verified:
    """What the verified numbers prove; no model changes it."""
    found = verified(engine, rows.drop("record_key"), reference.similar_characters())
    misfits = engine.keep("model_misfits", found.misfits)
    return Verified(fits=engine.keep("model_fits", found.fits), misfits=misfits)


def redecided(engine: Engine, rows: Any, proven: Verified, frozen: FrozenModel) -> str:
    """Make the table of what the model decides about every record, and give its name."""
    shapes = reference.similar_characters()
    bare = rows.drop("record_key")
    linked = link(engine, bare, frozen.model, shapes, proven)
    found = engine.keep("model_outcome", outcomes(bare, linked, frozen.model))
    name = DECIDED.format(frozen.number)
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        SELECT row.record_key, row.rid, row.source, founder.record_key AS founder, found.entity,
               found.how, found.decision, found.probability, found.name_evidence,
               found.birth_level
        FROM {found.get_name()} AS found
        JOIN {rows.get_name()} AS row USING (rid)
        JOIN {rows.get_name()} AS founder ON founder.rid = found.founder
        """
    )
    return name
