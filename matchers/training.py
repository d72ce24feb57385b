"""A new model from the data: m from pairs that the verified number proves, u from strangers.

Proven pairs are hundreds of thousands, unbiased by any earlier weight, and there are none of them
in doubt, so m is counted. Where numbers prove too little (other people's tables), EM splits the
candidate pairs instead. Strangers are neighbours in an order that has nothing to do with people;
for the levels of a name that share a surname, strangers of one surname.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis import _

from matchers.birth_levels import BirthLevel
from matchers.fields import Field, compared
from matchers.learning import monotone
from matchers.model import RARITY_OF_LEVEL, SHIPPED, Model, bits, ratio
from matchers.name_levels import NameLevel
from matchers.seekers import known, seekers
from matchers.text_levels import TextLevel
from matchers.verified import Verified
from matchers.workbench import Workbench, fetched

SAMPLE = 15_000
"""Verified numbers whose rows are compared: m of one in a hundred is then known to 4 %."""

MIXERS = 999_983, 999_979
"""Primes near a million: square and cube of a remainder lose what a number says of its bearer."""


def mixed(number: ir.IntegerValue) -> ir.IntegerValue:
    """A figure below a million that has nothing to do with place, birth date or sex."""
    rest = number % MIXERS[0]
    return ((rest * rest % MIXERS[1]) * rest + rest) % MIXERS[0]


ENOUGH = 2_000
"""Proven pairs below which a field keeps the weights it had."""

TRUSTED = 20
"""Pairs that a learned weight needs to count as much as the shipped one."""

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
        return fetched(bench, f"train_{name}_counted", _patterns(levels, used))

    match = counts("match", own)
    stranger = counts("stranger", _neighbours(own, people, []))
    namesake = counts("namesake", _neighbours(own, people, ["surname_sound"]))
    learned = {
        field.name: _weights(field.name, match, stranger, namesake)
        for field in used
        if field.name in COUNTED or field.name not in SHIPPED
    }
    kept = {name: weights for name, weights in learned.items() if weights}
    return replace(
        model, weights={**model.weights, **kept}, right_number=_right_number(match, model)
    )


def _sampled(proven: Verified, model: Model) -> ir.Table:
    """(rid, number) of the rows of a share of all verified numbers."""
    share = max(1, model.people // SAMPLE)
    bearing = proven.fits.select("rid", "number").union(proven.misfits.select("rid", "number"))
    return bearing.filter(mixed(_.number) % share == 0)


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
    order = [mixed(people.entity), people.entity]
    window = ibis.window(group_by=[people[name] for name in within], order_by=order)
    following = people.mutate(stranger=people.entity.lead().over(window))
    pairs = own.join(following.select("entity", "stranger"), "entity")
    return pairs.filter(pairs.stranger.notnull()).select("rid", entity=pairs.stranger)


def _patterns(levels: ir.Table, fields: Sequence[Field]) -> ir.Table:
    names = [f"{field.name}_level" for field in fields]
    return levels.group_by(names).agg(pairs=_.count())


def _weights(
    name: str, match: pa.Table, stranger: pa.Table, namesake: pa.Table
) -> Mapping[int, int] | None:
    """The weight of each level of a field; nothing if too few pairs say something about it."""
    m, u = _counts(name, own_number(match)), _counts(name, stranger)
    if sum(m.values()) < ENOUGH or sum(u.values()) < ENOUGH:
        return None
    levels = sorted(m)
    related = _counts(name, namesake) if name == "name" else u
    learned = {
        level: _learned(_share(m, level), *_chance(name, level, u, related), m[level])
        for level in levels
    }
    shipped = SHIPPED.get(name, {})
    mixed_ = {level: _mixed_with(shipped.get(level), *learned[level]) for level in levels}
    return mixed_ if name == "name" else monotone(mixed_)


def _learned(m: float, u: float, seen: float, pairs: float) -> tuple[float, float]:
    """The weight in bits, and how many pairs it rests on: the rarer side decides."""
    return math.log2(m / u), min(pairs, seen)


def _mixed_with(shipped: int | None, weight: float, pairs: float) -> int:
    """A weight that few pairs speak for stays near the shipped one."""
    if shipped is None:
        return bits(weight)
    return round((bits(weight) * pairs + shipped * TRUSTED) / (pairs + TRUSTED))


def _chance(
    name: str, level: int, u: Mapping[int, float], related: Mapping[int, float]
) -> tuple[float, float]:
    """A stranger's chance of the level, apart from the rarity that is added, and pairs behind it."""
    rarity = RARITY_OF_LEVEL.get(NameLevel(level)) if name == "name" else None
    if rarity == "surname":
        return _share(related, level), related[level]
    if rarity is not None:
        return (0.01 if level == NameLevel.VARIANT else 1.0), math.inf
    return _share(u, level), u[level]


def _right_number(match: pa.Table, model: Model) -> int:
    """A verified number is its bearer's, over that name and birth date are both somebody else's."""
    said = match.filter(pc.and_(match["name_level"].is_valid(), match["birth_level"].is_valid()))
    pairs = int(pc.sum(said["pairs"]).as_py() or 0)
    if pairs < ENOUGH:
        return model.right_number
    another = pairs - int(pc.sum(own_number(said)["pairs"]).as_py() or 0)
    return ratio(pairs - another + 0.5, another + 0.5)


def own_number(match: pa.Table) -> pa.Table:
    """Without the rows that bear somebody else's number: name and birth date both deny it."""
    name = match["name_level"].to_numpy(zero_copy_only=False)
    birth = match["birth_level"].to_numpy(zero_copy_only=False)
    other_name = ~np.isnan(name) & (name <= NameLevel.SAME_GIVEN)
    other_birth = np.isnan(birth) | (birth <= BirthLevel.SAME_YEAR)
    return match.filter(pa.array(~(other_name & other_birth)))


def _counts(name: str, patterns: pa.Table) -> dict[int, float]:
    """How many of the pairs that say something are on each level."""
    said = patterns.filter(patterns[f"{name}_level"].is_valid())
    pairs = said["pairs"].to_numpy().astype(float)
    level = said[f"{name}_level"].to_numpy()
    every = sorted(SHIPPED.get(name) or TextLevel)
    return {int(one): float(pairs[level == one].sum()) for one in every}


def _share(counts: Mapping[int, float], level: int) -> float:
    """Lightly smoothed, so that nothing is impossible."""
    return (counts[level] + 0.5) / (sum(counts.values()) + 0.5 * len(counts))
