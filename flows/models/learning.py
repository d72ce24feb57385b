"""Train a model on what is known now: weights, frequencies, and what the figures rest on.

Nothing of an earlier model goes into it, so the same rows always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from flows import reference
from flows.engine import Engine
from flows.errors import DoorstepError
from flows.models.candidate_patterns import candidate_patterns
from matchers.em_check import em_check
from matchers.fields import fields_of
from matchers.frequencies import frequencies, persons, records
from matchers.model import Model
from matchers.training import train
from matchers.verified import verified


@dataclass(frozen=True, kw_only=True)
class Trained:
    """What training gives: a model without a number yet, frequencies, facts."""

    model: Model
    frequencies: pa.Table
    facts: Mapping[str, Any]


def learned(engine: Engine, rows: Any, night: str | None) -> Trained:
    """Learn from the known records; `night` is the last one that ended."""
    count = engine.count(rows)
    if not count:
        raise DoorstepError("工作库中没有记录,无法训练。请先运行 doorstep nightly --baseline。")
    shapes = reference.similar_characters()
    bare = rows.drop("record_key")
    proven = verified(engine, bare, shapes)
    known = persons(bare, proven.fits)
    known = known if engine.count(known) else records(bare)
    known = engine.keep("model_person", known)
    people = int(engine.rows("SELECT count(DISTINCT person) AS n FROM model_person")[0]["n"])
    fields = fields_of(bare, shapes)
    model = train(engine, bare, proven, fields, Model(people=people))
    counted = engine.arrow(_PROVEN)
    patterns = candidate_patterns(engine, bare, proven, fields)
    engine.keep("model_frequency", frequencies(known))
    facts = {
        "night": night,
        "rows": count,
        "people": people,
        "numbered_rows": engine.count(proven.fits),
        "proven_pairs": int(sum(counted["pairs"].to_pylist())),
        "em_check": em_check(counted, patterns),
    }
    return Trained(
        model=replace(model, weights=_plainly(model)),
        frequencies=engine.arrow("SELECT * FROM model_frequency ORDER BY ALL"),
        facts=facts,
    )


_PROVEN = "SELECT * FROM train_match_counted ORDER BY ALL"
"""`train` keeps the level patterns of the pairs that a number proves under this name."""


def _plainly(model: Model) -> dict[str, dict[int, int]]:
    return {
        name: {int(level): int(weight) for level, weight in worth.items()}
        for name, worth in model.weights.items()
    }
