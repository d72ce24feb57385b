"""What a record says about the people around its person: contact, guardian, shared phone, home.

A child often comes with a parent's number, a patient with a daughter's phone. That the daughter is
registered in the candidate's household speaks for the candidate.
"""

from __future__ import annotations

from enum import IntEnum

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.name_levels import NameLevel
from matchers.verified import GENERATION
from matchers.workbench import Workbench

LARGEST_HOME = 20
"""People under one household number; more of them are a dormitory and say nothing."""


class KinLevel(IntEnum):
    """How the people around a record fit the candidate's household."""

    NONE = 0
    PHONE = 1
    NAME = 2
    NAME_AND_PHONE = 3
    NUMBER = 4


def homes(known: ir.Table) -> ir.Table:
    """Distinct (household, entity) of the register, dormitories left out."""
    lived = known.filter(_.household.notnull()).select("household", "entity").distinct()
    small = lived.group_by("household").agg(people=_.count()).filter(_.people <= LARGEST_HOME)
    return lived.semi_join(small, "household")


def claimed_homes(seekers: ir.Table, homes: ir.Table) -> ir.Table:
    """Distinct (rid, household, relative): the number in the record is that of a relative there."""
    claims = seekers.filter(_.claim.notnull()).select("rid", relative=_.claim)
    guardians = seekers.filter(_.guardian.notnull()).select("rid", relative=_.guardian)
    relatives = claims.union(guardians)
    return (
        relatives.join(homes, relatives.relative == homes.entity)
        .select("rid", "household", "relative")
        .distinct()
    )


def relatives_of_claims(claimed: ir.Table, homes: ir.Table) -> ir.Table:
    """Pairs (rid, entity): everybody who lives with the holder of the number in the record."""
    return claimed.join(homes, "household").select("rid", "entity").distinct()


def kin_levels(
    bench: Workbench,
    name: str,
    at_home: ir.Table,
    seekers: ir.Table,
    known: ir.Table,
    homes: ir.Table,
) -> ir.Table:
    """(rid, entity, kin_level, borrowed) where somebody around the record was found.

    `at_home`: the pairs with the candidate's household (rid, entity, household).

    `borrowed`: the NameLevel at which the record's own name is another member's of the candidate's
    household, EQUAL or SOUND; null where it is nobody's.
    """
    lived = homes.semi_join(at_home, "household")
    members = bench.keep(
        f"{name}_member",
        lived.join(known, "entity").select(
            "household", "name_key", "name_bag", "phone", member=lived.entity
        ),
    )
    claimed = claimed_homes(seekers, lived)
    number = at_home.join(claimed, ["rid", "household"]).filter(_.entity != _.relative)
    found = ibis.union(
        number.select("rid", "entity", level=int(KinLevel.NUMBER)),
        _met(at_home, _contacts(seekers), members, "name_bag", KinLevel.NAME),
        _met(at_home, _phones(seekers), members, "phone", KinLevel.PHONE),
    ).distinct()
    names = ibis.union(
        _met(at_home, _said(seekers, "name_bag"), members, "name_bag", NameLevel.SOUND),
        _met(at_home, _said(seekers, "name_key"), members, "name_key", NameLevel.EQUAL),
    )
    every = ibis.union(
        found.mutate(borrowed=ibis.null("int8")),
        names.distinct().select("rid", "entity", level=ibis.null("int8"), borrowed="level"),
    )
    return every.group_by("rid", "entity").agg(
        kin_level=ibis.least(_.level.sum().fill_null(0), int(KinLevel.NUMBER)).cast("int8"),
        borrowed=_.borrowed.max(),
    )


def twins(bench: Workbench, pairs: ir.Table, known: ir.Table, homes: ir.Table) -> ir.Table:
    """Pairs (rid, entity) with whoever lives with the candidate and is born on the same day."""
    there = bench.keep(
        "link_twin_home", pairs.join(homes, "entity").select("rid", "entity", "household")
    )
    lived = homes.semi_join(there, "household")
    born = known.filter(_.birth_date.notnull()).select("entity", "birth_date")
    born = bench.keep(
        "link_twin_born",
        lived.join(born, "entity").select("household", "entity", "birth_date").distinct(),
    )
    met = there.join(born, ["household", "entity"]).join(
        born.select("household", "birth_date", twin="entity"), ["household", "birth_date"]
    )
    return met.filter(met.twin != met.entity).select("rid", entity="twin").distinct()


def offspring(
    bench: Workbench,
    name: str,
    at_home: ir.Table,
    seekers: ir.Table,
    known: ir.Table,
    homes: ir.Table,
) -> ir.Table:
    """(rid, entity, is_offspring, is_elder) where the record is of 张三's child, of the registered.

    `is_offspring`: the candidate lives with somebody of that name who is a generation older;
    `is_elder`: with somebody of that name, and with nobody of it who is a generation older.
    """
    said = seekers.filter(_.parent_name_bag.notnull()).select("rid", name_bag=_.parent_name_bag)
    children = bench.keep(f"{name}_child", at_home.semi_join(said, "rid"))
    lived = homes.semi_join(children, "household")
    members = bench.keep(
        f"{name}_parent",
        lived.join(known.select("entity", "name_bag", "birth_date"), "entity")
        .group_by("household", "name_bag", parent=_.entity)
        .agg(born=_.birth_date.min()),
    )
    births = (
        known.semi_join(children, "entity")
        .group_by("entity")
        .agg(own=_.birth_date.min(), latest=_.birth_date.max())
    )
    named = children.join(said, "rid").join(births, "entity")
    met = named.left_join(members, ["household", "name_bag"])
    younger = met.own.year() - met.born.year() >= GENERATION
    is_one = ((met.parent != met.entity) & younger).fill_null(False)
    could_be = met.latest.year() - met.born.year() >= GENERATION
    return met.group_by("rid", "entity").agg(
        is_offspring=is_one.max(), is_elder=~could_be.fill_null(True).max()
    )


def named_themselves(
    pairs: ir.Table, seekers: ir.Table, known: ir.Table, said: str, flag: str
) -> ir.Table:
    """(rid, entity, <flag>) where somebody the record names (column `said`) is the candidate."""
    named = seekers.filter(seekers[said].notnull()).select("rid", name_bag=seekers[said])
    names = known.filter(_.name_bag.notnull()).select("entity", "name_bag").distinct()
    met = pairs.join(named, "rid").join(names, ["entity", "name_bag"])
    return met.select("rid", "entity", **{flag: ibis.literal(True)}).distinct()


def _contacts(seekers: ir.Table) -> ir.Table:
    columns = ("contact_name_bag", "parent_name_bag", "guardian_name_bag")
    return _gathered(seekers, columns, "name_bag")


def _phones(seekers: ir.Table) -> ir.Table:
    return _gathered(seekers, ("contact_phone", "phone", "guardian_phone"), "phone")


def _gathered(seekers: ir.Table, columns: tuple[str, ...], name: str) -> ir.Table:
    present = [column for column in columns if column in seekers.columns]
    every = ibis.union(*(seekers.select("rid", **{name: seekers[one]}) for one in present))
    return every.filter(every[name].notnull()).distinct()


def _said(seekers: ir.Table, column: str) -> ir.Table:
    return _gathered(seekers, (column,), column)


def _met(at_home: ir.Table, said: ir.Table, members: ir.Table, column: str, level: int) -> ir.Table:
    """Pairs where another member of the candidate's household bears what the record says."""
    others = members.select("household", "member", column).distinct()
    met = at_home.join(said, "rid").join(others, ["household", column])
    return met.filter(_.member != _.entity).select("rid", "entity", level=int(level))
