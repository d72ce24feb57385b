"""Who seems to live with whom across register households: same door, same phone, named as kin.

A door or phone that many households share is a village clerk's, a landlord's, an agent's or a
lodging's, and joins nobody. A name alone finds nobody either: the person named must be met at the
same phone, at the same door, or as the holder of the number in the record.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.household_people import Told
from matchers.workbench import Workbench

MOST_BOOKS = 3
"""Register households that may share a door or a phone: parents and two grown children."""
MOST_LONE = 6
"""People without a register household that may share a door: a large family from elsewhere."""
MOST_LONE_AT_PHONE = 4

_FLAGS = ("door", "phone", "spouse", "lineal", "guardian", "other_kin")
_KINS = (
    ("spouse", "spouse"),
    ("lineal", "lineal"),
    ("guardian", "guardian"),
    ("other_kin", "other"),
)


def pairs(bench: Workbench, told: Told, residents: ir.Table) -> ir.Table:
    """(person, other) of different homes, both ways, with int8 flags of _FLAGS and `day`.

    `day` is the first day on which a dated record says so; null if none is dated.
    """
    living = residents.filter(_.is_living & _.is_sure)
    at_door = living.filter(_.door.notnull()).select(
        "person", "home", "lone", value=_.door, day=_.door_on
    )
    doors = bench.keep("household_door", _shared(at_door, MOST_BOOKS, MOST_LONE))
    phones = _phones(told, living)
    bearers = bench.keep("household_phone", _bounded(phones, MOST_BOOKS, MOST_LONE_AT_PHONE))
    own = bearers.filter(_.is_own)
    met = bench.keep("household_met", _met_by_name(told, doors, own))
    named = bench.keep("household_named", _named(bench, told, living.select("person", "home"), met))
    by_phone = _met(own, bearers)
    return bench.keep(
        "household_pair",
        _both_ways(
            ibis.union(
                _flagged(doors, door=1),
                _flagged(by_phone, phone=1),
                _flagged(named, **{one: named[one] for one in _FLAGS[1:]}),
            )
        ),
    )


def _phones(told: Told, living: ir.Table) -> ir.Table:
    """Every phone that a person's records bear; `is_own`: as their own, not as the contact's."""
    own = told.phones.select("person", value=_.phone, is_own=ibis.literal(True))
    named = told.named.select("person", value=_.phone, is_own=ibis.literal(False))
    told_of = own.union(named).filter(_.value.notnull())
    once = told_of.group_by("person", "value").agg(is_own=_.is_own.max())
    day = ibis.null("date")
    homes = living.select("person", "home", "lone")
    return once.join(homes, "person").select(*homes.columns, "value", "is_own", day=day)


def _bounded(bearers: ir.Table, books: int, lone: int) -> ir.Table:
    """The bearers of values that are shared by some homes, but not by many."""
    homes = bearers.select("value", "home", "lone").distinct()
    counted = homes.group_by("value").agg(homes=_.count(), lone=_.lone.sum())
    few = counted.filter(_.homes >= 2, _.lone <= lone, _.homes - _.lone <= books)
    return bearers.semi_join(few, "value")


def _shared(bearers: ir.Table, books: int, lone: int) -> ir.Table:
    few = _bounded(bearers, books, lone)
    return _met(few, few)


def _met(left: ir.Table, right: ir.Table) -> ir.Table:
    """(person, other, day) who bear one value in two homes; day: when the later of them came."""
    others = right.select("value", other=_.person, other_home=_.home, other_day=_.day)
    met = left.join(others, "value").filter(_.home != _.other_home)
    return met.select("person", "other", day=ibis.greatest(met.day, met.other_day))


def _met_by_name(told: Told, doors: ir.Table, own: ir.Table) -> ir.Table:
    """The rows of `named` with each `other` who is met in some way; `way`: phone, door, number."""
    said = told.named.mutate(kin=_.kin.fill_null("other"))
    ways = {
        "phone": said.join(own.select(other=_.person, phone=_.value), "phone"),
        "door": said.join(doors.select("person", "other"), "person"),
        "number": said.filter(_.holder.notnull()).mutate(other=_.holder),
    }
    columns = (*said.columns, "other")
    met = ibis.union(*(rows.select(*columns, way=ibis.literal(way)) for way, rows in ways.items()))
    return met.filter(_.person != _.other).distinct()


def _named(bench: Workbench, told: Told, homes: ir.Table, met: ir.Table) -> ir.Table:
    """(person, other, day, flags): met, and of the name in the record or the holder of the number."""
    there = homes.select(other=_.person, other_home=_.home)
    apart = met.join(homes, "person").join(there, "other").filter(_.home != _.other_home)
    apart = bench.keep("household_apart", apart)
    names = told.names.filter(_.name_bag.notnull()).select("name_bag", other=_.person).distinct()
    columns = ("person", "other", "day", "kin", "way")
    by_name = apart.semi_join(names, ["other", "name_bag"]).select(*columns)
    by_number = apart.filter(_.holder == _.other, _.way != "number").select(*columns)
    found = by_name.union(by_number)
    return found.select(
        "person",
        "other",
        "day",
        phone=(found.way == "phone"),
        **{flag: found.kin == kin for flag, kin in _KINS},
    )


def _flagged(found: ir.Table, **flags: ir.Value | int) -> ir.Table:
    zero = ibis.literal(0, "int8")
    given = {name: flags.get(name, zero) for name in _FLAGS}
    cast = {
        name: ibis.literal(value, "int8") if isinstance(value, int) else value.cast("int8")
        for name, value in given.items()
    }
    return found.select("person", "other", "day", **cast)


def _both_ways(found: ir.Table) -> ir.Table:
    turned = found.select(
        found.other.name("person"), found.person.name("other"), *found.columns[2:]
    )
    every = found.union(turned)
    return every.group_by("person", "other").agg(
        day=_.day.min(), **{flag: every[flag].max() for flag in _FLAGS}
    )
