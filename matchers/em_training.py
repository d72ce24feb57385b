"""A model for tables in which no number proves anything: EM over the pairs that share a key.

Prior and weights are then those of candidate pairs, not of any two people: u is how strangers agree
who are alike in other fields (families are), and the prior expects as many matches as EM found.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from matchers.candidates import LAST, STRONG, WEAK, candidates, text_keys
from matchers.fields import Field, compared
from matchers.learning import by_em
from matchers.model import RARITY_OF_LEVEL, SHIPPED, Model, bits
from matchers.name_levels import NameLevel
from matchers.rows import text_columns, with_whole_dates
from matchers.seekers import as_known, known, seekers
from matchers.speaking import speaking
from matchers.text_levels import TextLevel
from matchers.verified import Verified
from matchers.workbench import Workbench, fetched

ENOUGH = 500
"""Candidate pairs below which strangers are not told from matches."""

FEW = 400
"""People of so small a table that everybody is compared with everybody then."""


def train_by_em(
    bench: Workbench, rows: ir.Table, proven: Verified, fields: Sequence[Field], model: Model
) -> Model:
    """The model with weights and prior learned from the candidate pairs of the rows."""
    rows = with_whole_dates(rows)
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
    weights = {**model.weights, **learned.weights}
    if "name" in told:
        weights["name"] = _without_rarity(bench, rows, learned.weights["name"])
    return replace(model, weights=weights, candidate_prior=learned.prior)


def _without_rarity(
    bench: Workbench, rows: ir.Table, weights: Mapping[int, int]
) -> Mapping[int, int]:
    """The weights of a name less the rarity that is added for each name by itself.

    A pair of strangers agrees on a common name oftener than on a rare one: log2(1 / sum of p^2).
    """
    columns = {"name": "name_key", "bag": "name_bag", "surname": "surname_sound"}
    usual = {}
    for name, column in columns.items():
        bearers = rows.filter(rows[column].notnull()).group_by(column).agg(bearers=_.count())
        wide = bearers.mutate(bearers=_.bearers.cast("float64"))
        sums = wide.agg(total=_.bearers.sum(), squares=(_.bearers * _.bearers).sum())
        (found,) = fetched(bench, "em_counted", sums).to_pylist()
        chance = (found["squares"] or 1) / (found["total"] or 1) ** 2
        usual[name] = bits(-math.log2(chance))
    return {
        level: weight - usual.get(RARITY_OF_LEVEL.get(NameLevel(level), ""), 0)
        for level, weight in weights.items()
    }


def _patterns(
    bench: Workbench, others: ir.Table, people: ir.Table, fields: Sequence[Field]
) -> pa.Table | None:
    """How often candidate pairs agree in each way.

    The pairs are those with who is known already, or, if they are too few, the others' own.
    """
    strangers = as_known(others).select(*people.columns)
    wanted = (*STRONG, *WEAK, *LAST, *text_keys(text_columns(others)))
    patterns = None
    for side in (people, strangers):
        said = speaking(bench, side, side.columns)
        keys = [key for key in wanted if {*key.known} <= said]
        used = [field for field in fields if not said.isdisjoint(field.known)]
        if not keys:
            continue
        found = candidates(bench, "em_found", others, side, keys)
        patterns = _counted(bench, found, others, side, used)
        if _pairs(patterns) >= ENOUGH:
            return patterns
        few = side.select("entity").distinct().limit(FEW + 1)
        if fetched(bench, "em_counted", few).num_rows <= FEW:
            every = others.select("rid").cross_join(side.select("entity").distinct())
            patterns = _counted(bench, every, others, side, used)
    return patterns if patterns is not None and _pairs(patterns) else None


def _counted(
    bench: Workbench, found: ir.Table, others: ir.Table, side: ir.Table, used: Sequence[Field]
) -> pa.Table:
    """How many of the pairs agree in each way; of two records' two pairs one."""
    is_record = (found.entity < 0) & (-1 - found.entity).isin(others.rid)
    pairs = bench.keep("em_pair", found.filter(~is_record | (-1 - found.entity > found.rid)))
    levels = compared(bench, "em", pairs, others, side, used)
    names = [f"{field.name}_level" for field in used]
    return fetched(bench, "em_counted", levels.group_by(names).agg(pairs=_.count()))


def _pairs(patterns: pa.Table) -> int:
    return int(sum(patterns["pairs"].to_pylist()))


def _levels(name: str) -> Sequence[int]:
    return sorted(SHIPPED[name]) if name in SHIPPED else sorted(TextLevel)


def _speaks(patterns: pa.Table, name: str) -> bool:
    column = f"{name}_level"
    return column in patterns.column_names and patterns[column].null_count < patterns.num_rows
