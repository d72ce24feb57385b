"""What household evidence needs to know of each person: register home, age, kin there, door.

Every input is a narrow table, so that a night can tell only of the people it touches.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from matchers.households import INPUTS, current_rows, register_homes
from matchers.workbench import Workbench
from transforms.ages import full_years

PEOPLE = {"person": "string", "is_sure": "boolean", "sex": "string", "birth_date": "date"}
"""One row per person. Not sure: nothing but doubtful records speak of this person."""
REGISTER = INPUTS | {"relation": "string", "marital": "string", "door": "int64"}
"""The register's rows; `door` of the registered address (see address_keys)."""
NAMES = {"person": "string", "name_bag": "int64", "surname_sound": "int64"}
PHONES = {"person": "string", "phone": "string"}
DOORS = {"person": "string", "day": "date", "is_seen": "boolean", "door": "int64"}
"""Where somebody lives, as a source that tells current addresses said on a day. `is_seen`: by a
department that met the person, not by the register."""
NAMED = {
    "person": "string",
    "day": "date",
    "kin": "string",
    "name_bag": "int64",
    "phone": "string",
    "holder": "string",
}
"""Somebody whom a person's record names: their name, a phone in that record, the holder of a number
in it. kin: spouse, lineal (parent or child), guardian (who brought a child), other."""
DEAD = {"person": "string", "died_on": "date"}
"""People whose death another department confirmed."""

_MARRIED_PAIR = ("head", "spouse")


@dataclass(frozen=True)
class Told:
    """All that is told of households, as tables of the columns above."""

    people: ir.Table
    register: ir.Table
    names: ir.Table
    phones: ir.Table
    doors: ir.Table
    named: ir.Table
    dead: ir.Table


def residents(bench: Workbench, told: Told, on: date) -> ir.Table:
    """One row per person of `told.people`: where the register has them, and what bears on moving.

    home (their own key when lone), lone, in_register, is_living, how and since of the register,
    age, relation, marital, surname, has_spouse and has_parent in the home, home_size,
    register_door, the newest door with door_on and is_seen.
    """
    current = bench.keep("household_current", current_rows(told.register))
    known = _with_register(told, current, on)
    living = known.filter(_.is_living & _.is_sure)
    homes = living.group_by("home").agg(
        home_size=_.count(),
        married=(_.relation.isin(_MARRIED_PAIR)).sum().fill_null(0) >= 2,
        elders=_.relation.isin(_MARRIED_PAIR).sum().fill_null(0),
    )
    known = known.left_join(homes, "home").drop("home_right")
    return known.mutate(
        home_size=known.home_size.fill_null(0),
        has_spouse=known.married.fill_null(False)
        & known.relation.isin(_MARRIED_PAIR).fill_null(False),
        has_parent=(known.elders.fill_null(0) > 0)
        & known.relation.isin(("son", "daughter")).fill_null(False),
    ).drop("married", "elders")


def _with_register(told: Told, current: ir.Table, on: date) -> ir.Table:
    known = told.people
    for more in (
        register_homes(current),
        current.select("person", "relation", "marital", register_door=_.door),
        told.dead.group_by("person").agg(died_on=_.died_on.min(), is_dead=ibis.literal(True)),
        told.names.group_by("person").agg(surname=_.surname_sound.min()),
        current_doors(told.doors),
    ):
        known = known.left_join(more, "person").drop("person_right")
    is_dead = known.is_dead.fill_null(False) | (known.how == "died").fill_null(False)
    home = ibis.ifelse(is_dead, ibis.coalesce(known.book, known.household_key), known.household_key)
    home = home.fill_null(known.person)
    return known.select(
        "person", "is_sure", "sex", "birth_date", "relation", "marital", "surname", "register_door",
        "door", "door_on", "is_seen",
        home=home,
        lone=home == known.person,
        in_register=known.household_key.notnull(),
        is_living=~is_dead,
        how=ibis.ifelse(is_dead, "died", known.how.fill_null("alone")),
        since=ibis.ifelse(is_dead, ibis.coalesce(known.died_on, known.since), known.since),
        age=full_years(known.birth_date, ibis.literal(on)),
    )  # fmt: skip


def current_doors(doors: ir.Table) -> ir.Table:
    """The newest door of each person; on one day a department that met the person is believed."""
    order = [
        _.day.fill_null(ibis.date(1, 1, 1)).desc(),
        _.is_seen.cast("int8").desc(),
        _.door,
    ]
    known = doors.filter(_.door.notnull())
    placed = known.mutate(place=ibis.row_number().over(group_by="person", order_by=order))
    newest = placed.filter(_.place == 0)
    return newest.select("person", "door", "is_seen", door_on=_.day)
