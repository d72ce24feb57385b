"""From agreement levels to a weight: the sum of what each field is worth.

Where fields repeat each other, the sum has a limit.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from matchers.birth_levels import BirthLevel
from matchers.model import RARITY_OF_LEVEL, Model
from matchers.name_levels import NameLevel
from matchers.number_levels import NumberLevel
from matchers.phones import PhoneLevel

HOUSEHOLD_FIELDS = ("phone", "address", "kin")
"""They point at a household; within it they do not tell one member from another."""

NEVER = -99_000
"""Thousandths of a bit: name and birth date both deny it."""


def weighed(compared: ir.Table, model: Model) -> ir.Table:
    """Adds `<field>_weight` for every `<field>_level`, `weight` with the prior in it, and `proven`.

    Not proven is what rests on the household alone: a person's own name or birth must agree.
    `near_weight` is what phone, address and people around the record come to.
    """
    fields = [name.removesuffix("_level") for name in compared.columns if name.endswith("_level")]
    weights = {f"{name}_weight": _weight(compared, name, model) for name in fields}
    rows = compared.mutate(**weights)
    near = [rows[f"{name}_weight"] for name in HOUSEHOLD_FIELDS if name in fields]
    others = [rows[f"{name}_weight"] for name in fields if name not in HOUSEHOLD_FIELDS]
    own = _own_phone(rows, model) if "phone" in fields else ibis.literal(0)
    household = ibis.least(_sum(near) - own, model.most_household) + own if near else own
    apart = ibis.ifelse((~rows.is_offspring).fill_null(False), model.child_apart, 0)
    total = _sum(others) + household + apart + rows.claim_weight + model.prior
    other_name, other_birth = _disagree(rows)
    return rows.mutate(
        weight=ibis.ifelse((other_name & other_birth) | _is_parent(rows), NEVER, total).cast(
            "int64"
        ),
        near_weight=household.cast("int64"),
        proven=_is_proven(rows, fields),
    )


def _sum(values: list[ir.IntegerValue]) -> ir.IntegerValue:
    total = ibis.literal(0, "int64")
    for value in values:
        total = total + value
    return total


def _weight(rows: ir.Table, name: str, model: Model) -> ir.IntegerValue:
    level = rows[f"{name}_level"]
    if name == "name":
        return _name_weight(rows, model)
    return level.cases(*sorted(model.weights[name].items()), else_=0)


def _name_weight(rows: ir.Table, model: Model) -> ir.IntegerValue:
    """Rarity counts, and a closer agreement is never worth less than a looser one.

    Or the name is another member's of the household, at the level at which it is that one's.
    """
    worth = model.weights["name"]
    branches, ceiling = [], None
    for level in sorted(NameLevel, reverse=True):
        raw = ibis.literal(worth[level], "int64")
        if level in RARITY_OF_LEVEL:
            raw = raw + rows[f"{RARITY_OF_LEVEL[level]}_rarity"]
        ceiling = raw if ceiling is None else ibis.least(raw, ceiling)
        branches.append((int(level), ceiling))
    plain = rows.name_level.cases(*branches, else_=0)
    relatives = rows.borrowed.cases(*branches, else_=0)
    kin_name = worth[NameLevel.DIFFERENT] + model.relative + relatives
    is_kin = rows.name_level.notnull() & rows.borrowed.notnull()
    return ibis.ifelse(is_kin, ibis.greatest(plain, kin_name), plain)


def _own_phone(rows: ir.Table, model: Model) -> ir.IntegerValue:
    """What of the phone's weight speaks for the person within the household."""
    return ibis.ifelse(
        (rows.phone_level == int(PhoneLevel.EQUAL)).fill_null(False), model.own_phone, 0
    )


def _is_proven(rows: ir.Table, fields: list[str]) -> ir.BooleanValue:
    """Something of the person's own agrees; tables of plain text are not held to it."""
    if set(fields) - _CHINESE:
        return ibis.literal(True)
    own = (
        (rows.name_level > int(NameLevel.SAME_SURNAME)).fill_null(False)
        | (rows.birth_level > int(BirthLevel.SAME_YEAR)).fill_null(False)
        | (rows.number_level >= int(NumberLevel.ONE_EDIT)).fill_null(False)
    )
    contacts_name = (rows.contact_is_self & (rows.claim == rows.entity)).fill_null(False)
    the_child = (rows.is_offspring & (rows.sex_level == 1) & rows.birth_level.isnull()).fill_null(
        False
    )
    return own | contacts_name | the_child


_CHINESE = {"name", "birth", "number", "sex", *HOUSEHOLD_FIELDS}


def _disagree(rows: ir.Table) -> tuple[ir.BooleanValue, ir.BooleanValue]:
    """A stranger's name, a stranger's birth date: if both, it is a relative whatever else agrees."""
    name = rows.name_level <= int(NameLevel.SAME_SURNAME)
    birth = rows.birth_level <= int(BirthLevel.SAME_YEAR)
    return name.fill_null(False), birth.fill_null(False)


def _is_parent(rows: ir.Table) -> ir.BooleanValue:
    """The record is of a child, and the candidate a generation older, or the named parent or as old."""
    named = rows.name_level.notnull()
    younger = named & (rows.birth_level == int(BirthLevel.DIFFERENT)) & rows.is_child
    elder = ~named & rows.is_elder
    return (
        younger.fill_null(False)
        | elder.fill_null(False)
        | (rows.is_parent.notnull() & rows.birth_level.isnull())
    )
