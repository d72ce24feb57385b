"""Who is alive, who belongs to a family, and who of a family is asked when another has died."""

from __future__ import annotations

import ibis
from ibis import _
from ibis.expr.types import Table

ALIVE = ("alive", "death_pending")
"""A reported death that nobody has confirmed does not end anybody's claim to help."""


def alive(people: Table) -> Table:
    """The people whose death is not confirmed."""
    return people.filter(people.life_status.isin(ALIVE))


def in_families(people: Table) -> Table:
    """The members of family households: a dormitory's collective register is no family."""
    is_collective = (people.household_kind == "collective").fill_null(False)
    return people.filter(~is_collective, people.household_id.notnull())


def survivors(people: Table, adult_age: int) -> Table:
    """One living member of each family to speak with: head, spouse, eldest adult, eldest."""
    members = alive(in_families(people))
    rank = ibis.cases(
        (members.relation == "head", 0),
        (members.relation == "spouse", 1),
        (members.age >= adult_age, 2),
        else_=3,
    )
    ranked = members.mutate(rank=rank)
    eldest_first = ibis.window(
        group_by="household_id",
        order_by=[_.rank, ibis.asc("birth_date", nulls_first=False), _.person_id],
    )
    first = ranked.mutate(place=ibis.row_number().over(eldest_first)).filter(_.place == 0)
    return first.select("household_id", survivor_id=first.person_id)


def confirmed_deaths(death: Table, resident: Table, people: Table) -> Table:
    """The rows that prove a confirmed death: person_id, record_key; dated by what is known best."""
    dead = people.filter(people.life_status == "dead", people.died_on.notnull())
    registered = resident.filter(resident.life_status == "dead")
    rows = death.select("person_id", "record_key").union(
        registered.select("person_id", "record_key")
    )
    return rows.join(dead, "person_id").select(
        "person_id", "record_key", "household_id", "birth_date", "household_kind", "died_on"
    )
