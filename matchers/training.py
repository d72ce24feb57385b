"""A new model from the data: m from pairs that the verified number proves, u from strangers.

Proven pairs are hundreds of thousands, unbiased by any earlier weight, and there are none of them
in doubt, so m is counted. Where numbers prove too little (other people's tables), EM splits the
candidate pairs instead. Strangers are neighbours in an order that has nothing to do with people;
for the levels of a name that share a surname, strangers of one surname.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis import _

from matchers.birth_levels import BirthLevel
from matchers.fields import Field, compared
from matchers.learning import weights_of
from matchers.model import RARITY_OF_LEVEL, SHIPPED, Model
from matchers.name_levels import NameLevel
from matchers.seekers import known, seekers
from matchers.verified import Verified
from matchers.workbench import Workbench

SAMPLE = 15_000
"""Verified numbers whose rows are compared: m of one in a hundred is then known to 4 %."""

ENOUGH = 2_000
"""Proven pairs below which a field keeps the weights it had."""

COUNTED = ("name", "birth", "sex", "phone", "address")
"""Fields whose m can be counted; a broken number and kin are worth what they tell by design."""


def train(
    bench: Workbench, rows: ir.Table, proven: Verified, fields: Sequence[Field], model: Model
) -> Model:
    """The model with the weights of `COUNTED` fields and of plain text learned from the rows."""
    chosen = bench.keep("train_number", _sampled(proven, model))
    base, others = _sides(bench, rows, chosen)
    own = others.select("rid", entity=_.number)
    asking = bench.keep("train_seeker", _asking(rows, others))
    people = bench.keep("train_known", known(rows, base, base.limit(0)))
    used = [field for field in fields if field.name != "number"]

    def counts(name: str, pairs: ir.Table) -> pa.Table:
        kept = bench.keep(f"train_{name}_pair", pairs)
        levels = compared(bench, f"train_{name}", kept, asking, people, used)
        return _fetched(bench, f"train_{name}_counted", _patterns(levels, used))

    match = counts("match", own)
    stranger = counts("stranger", _neighbours(own, people, []))
    namesake = counts("namesake", _neighbours(own, people, ["surname_sound"]))
    learned = {
        field.name: _weights(field.name, match, stranger, namesake)
        for field in used
        if field.name in COUNTED or field.name not in SHIPPED
    }
    kept = {name: weights for name, weights in learned.items() if weights}
    return replace(model, weights={**model.weights, **kept})


def _sampled(proven: Verified, model: Model) -> ir.Table:
    """(rid, number) of the rows of a share of all verified numbers."""
    share = max(1, model.people // SAMPLE)
    bearing = proven.fits.select("rid", "number").union(proven.misfits.select("rid", "number"))
    return bearing.filter(_.number % share == 0)


def _sides(bench: Workbench, rows: ir.Table, chosen: ir.Table) -> tuple[ir.Table, ir.Table]:
    """Of each number the row that the others are held against (the register's first), and those."""
    seen = chosen.join(rows.select("rid", "is_register"), "rid")
    order = [seen.is_register.desc(), seen.rid]
    placed = seen.mutate(place=ibis.row_number().over(group_by=seen.number, order_by=order))
    placed = bench.keep("train_side", placed.select("rid", "number", "place"))
    return placed.filter(_.place == 0).drop("place"), placed.filter(_.place > 0).drop("place")


def _asking(rows: ir.Table, others: ir.Table) -> ir.Table:
    """The other rows as if they had no number."""
    bare = rows.semi_join(others, "rid").mutate(
        id_clean=ibis.null("string"), id_text=ibis.null("string")
    )
    nobody = others.limit(0).mutate(name_level=ibis.literal(0, "int8"))
    return seekers(bare, nobody)


def _neighbours(own: ir.Table, people: ir.Table, within: Sequence[str]) -> ir.Table:
    """Each record with somebody else: the next person in an order that means nothing."""
    order = [people.entity % 7919, people.entity]
    window = ibis.window(group_by=[people[name] for name in within], order_by=order)
    following = people.mutate(stranger=people.entity.lead().over(window))
    pairs = own.join(following.select("entity", "stranger"), "entity")
    return pairs.filter(pairs.stranger.notnull()).select("rid", entity=pairs.stranger)


def _patterns(levels: ir.Table, fields: Sequence[Field]) -> ir.Table:
    names = [f"{field.name}_level" for field in fields]
    return levels.group_by(names).agg(pairs=_.count())


def _fetched(bench: Workbench, name: str, questions: ir.Table) -> pa.Table:
    fetched: list[pa.Table] = []

    def keep(rows: pa.Table) -> pa.Table:
        fetched.append(rows)
        return rows

    bench.answer(name, questions, keep)
    return fetched[0]


def _weights(
    name: str, match: pa.Table, stranger: pa.Table, namesake: pa.Table
) -> Mapping[int, int] | None:
    """The weight of each level of a field; nothing if too few pairs say something about it."""
    m = _shares(name, _own_number(match))
    if m is None:
        return None
    levels = sorted(m)
    u = _shares(name, stranger, levels) or m
    if name != "name":
        return weights_of(_array(m, levels), _array(u, levels), levels)
    related = _shares(name, namesake, levels) or u
    given = {level: _chance(level, u, related) for level in levels}
    return {level: round(1000 * float(np.log2(m[level] / given[level]))) for level in levels}


def _chance(level: int, u: Mapping[int, float], related: Mapping[int, float]) -> float:
    """What a stranger's chance of the level is, apart from the rarity that is added to it."""
    rarity = RARITY_OF_LEVEL.get(NameLevel(level))
    if rarity == "surname":
        return related[level]
    if level == NameLevel.VARIANT:
        return 0.01
    return u[level] if rarity is None else 1.0


def _own_number(match: pa.Table) -> pa.Table:
    """Without the rows that bear somebody else's number: name and birth date both deny it."""
    name = match["name_level"].to_numpy(zero_copy_only=False)
    birth = match["birth_level"].to_numpy(zero_copy_only=False)
    other_name = ~np.isnan(name) & (name <= NameLevel.SAME_GIVEN)
    other_birth = np.isnan(birth) | (birth <= BirthLevel.SAME_YEAR)
    return match.filter(pa.array(~(other_name & other_birth)))


def _shares(
    name: str, patterns: pa.Table, levels: Sequence[int] | None = None
) -> dict[int, float] | None:
    """The share of pairs on each level, of those that say something, lightly smoothed."""
    said = patterns.filter(patterns[f"{name}_level"].is_valid())
    pairs = said["pairs"].to_numpy().astype(float)
    if pairs.sum() < ENOUGH:
        return None
    level = said[f"{name}_level"].to_numpy()
    every = sorted(levels or _LEVELS.get(name) or set(level.tolist()))
    counts = {one: float(pairs[level == one].sum()) + 0.5 for one in every}
    total = sum(counts.values())
    return {one: count / total for one, count in counts.items()}


_LEVELS: Mapping[str, Sequence[int]] = {name: sorted(levels) for name, levels in SHIPPED.items()}


def _array(shares: Mapping[int, float], levels: Sequence[int]) -> np.ndarray:
    return np.array([shares[level] for level in levels])
