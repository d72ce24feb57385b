"""A model for tables in which no number proves anything: EM over the pairs that share a key.

Prior and weights are then those of candidate pairs, not of any two people: u is how strangers agree
who happen to share a key, and the prior is the share of candidate pairs that match.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from matchers.candidates import LAST, STRONG, WEAK, candidates, text_keys
from matchers.fields import Field, compared
from matchers.learning import by_em
from matchers.model import SHIPPED, Model
from matchers.rows import text_columns
from matchers.seekers import as_known, known, seekers
from matchers.text_levels import TextLevel
from matchers.verified import Verified
from matchers.workbench import Workbench

ENOUGH = 500
"""Candidate pairs below which nothing can be learned."""


def train_by_em(
    bench: Workbench, rows: ir.Table, proven: Verified, fields: Sequence[Field], model: Model
) -> Model:
    """The model with weights and prior learned from the candidate pairs of the rows."""
    seeking = bench.keep("em_seeker", seekers(rows, proven.misfits))
    registered = seeking.filter(_.is_register)
    people = bench.keep("em_known", known(rows, proven.fits, registered.select("rid")))
    others = bench.keep("em_other", seeking.filter(~_.is_register))
    patterns = _patterns(bench, others, people, fields)
    if patterns is None:
        return model
    agreeing = {field.name: int(field.equal) for field in fields}
    told = {field.name: _levels(field.name) for field in fields if _speaks(patterns, field.name)}
    learned = by_em(patterns, told, agreeing)
    return replace(
        model, weights={**model.weights, **learned.weights}, candidate_prior=learned.prior
    )


def _patterns(
    bench: Workbench, others: ir.Table, people: ir.Table, fields: Sequence[Field]
) -> pa.Table | None:
    """How often candidate pairs agree in each way: with who is known already, or, where those are
    too few, of the others among themselves."""
    strangers = as_known(others).select(*people.columns)
    keys = (*STRONG, *WEAK, *LAST, *text_keys(text_columns(others)))
    for side in (people, strangers):
        found = candidates(bench, "em_found", others, side, keys)
        once = found.filter(-1 - found.entity > found.rid) if side is strangers else found
        pairs = bench.keep("em_pair", once)
        levels = compared(bench, "em", pairs, others, side, fields)
        counted = levels.group_by([f"{field.name}_level" for field in fields]).agg(pairs=_.count())
        patterns = _fetched(bench, counted)
        if sum(patterns["pairs"].to_pylist()) >= ENOUGH:
            return patterns
    return None


def _levels(name: str) -> Sequence[int]:
    return sorted(SHIPPED[name]) if name in SHIPPED else sorted(TextLevel)


def _speaks(patterns: pa.Table, name: str) -> bool:
    return patterns[f"{name}_level"].null_count < patterns.num_rows


def _fetched(bench: Workbench, questions: ir.Table) -> pa.Table:
    fetched: list[pa.Table] = []

    def keep(rows: pa.Table) -> pa.Table:
        fetched.append(rows)
        return rows

    bench.answer("em_counted", questions, keep)
    return fetched[0]
