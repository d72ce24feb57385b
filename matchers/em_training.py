"""A model for tables in which no number proves anything: EM over the pairs that share a key.

Prior and weights are then those of candidate pairs, not of any two people: u is how strangers agree
who happen to share a key, and the prior is the share of candidate pairs that match.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from matchers.candidates import LAST, STRONG, WEAK, candidates, text_keys
from matchers.fields import Field, compared
from matchers.learning import by_em
from matchers.model import BIT, SHIPPED, Model
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
    others = seeking.filter(~_.is_register)
    strangers = as_known(others).select(*people.columns)
    keys = (*STRONG, *WEAK, *LAST, *text_keys(text_columns(rows)))
    known_pairs = candidates(bench, "em_known_found", others, people, keys)
    among = candidates(bench, "em_other_found", others, strangers, keys)
    once = among.filter(-1 - among.entity > among.rid)
    pairs = bench.keep("em_pair", known_pairs.union(once))
    everybody = people.union(strangers)
    levels = compared(bench, "em", pairs, others, everybody, fields)
    counted = levels.group_by([f"{field.name}_level" for field in fields]).agg(pairs=_.count())
    patterns = _fetched(bench, counted)
    if patterns.num_rows == 0 or sum(patterns["pairs"].to_pylist()) < ENOUGH:
        return model
    said = {field.name: _levels(field.name) for field in fields}
    told = {name: levels for name, levels in said.items() if _speaks(patterns, name)}
    learned = by_em(patterns, told)
    odds = round(BIT * math.log2(learned.matches / (1 - learned.matches)))
    return replace(model, weights={**model.weights, **learned.weights}, candidate_prior=odds)


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

