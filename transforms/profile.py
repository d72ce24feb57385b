"""What is known of each person on a day: one row per person, however many records speak of them.

Where sources disagree, an order decides that leaves no ties, so that every night of the same
inputs tells the same. Nothing is guessed: what no source says stays null.
"""

from __future__ import annotations

from datetime import date

import ibis
from ibis import _
from ibis.expr.types import Table

from transforms.ages import full_years
from transforms.known import PEOPLE

_REGISTER_FACTS = ("person_type", "household_kind", "relation", "marital")


def people(
    persons: Table, resident: Table, death: Table, born: Table, places: Table, on: date
) -> Table:
    """One row per person of `persons` (person_id, household_id), in the columns of PEOPLE.

    `resident` and `death` are fact tables with person_id; `born` (person_id, sex, birth_date)
    speaks for people outside the register; `places` has the columns of PLACES.
    """
    everybody = persons.group_by("person_id").aggregate(household_id=_.household_id.min())
    known = everybody
    for described in (
        registered(resident),
        _born(born),
        lives(resident, death),
        living_places(places, on),
    ):
        known = known.left_join(described, "person_id").drop("person_id_right")
    told = known.mutate(
        sex=ibis.coalesce(known.sex, known.born_sex),
        birth_date=ibis.coalesce(known.birth_date, known.born_date),
        life_status=known.life_status.fill_null("alive"),
        in_register=known.in_register.fill_null(False),
    )
    aged = told.mutate(age=full_years(told.birth_date, ibis.literal(on)))
    return aged.select(*PEOPLE).cast(PEOPLE)


def registered(resident: Table) -> Table:
    """The register row that speaks for a person: a present registration first, then the newest."""
    is_present = (resident.person_type == "registered") & (resident.life_status == "normal")
    ranked = resident.mutate(rank=ibis.ifelse(is_present.fill_null(False), 0, 1))
    order = [_.rank, ibis.desc("status_on", nulls_first=False), _.record_key]
    return _first(ranked, order).select(
        "person_id", "sex", "birth_date", *_REGISTER_FACTS, in_register=ibis.literal(True)
    )


def lives(resident: Table, death: Table) -> Table:
    """Who is dead or reported dead: one confirmed report is enough, a pending one only raises it.

    died_on is the earliest date that a confirmed report names; the day it was written down stands
    in where the report names none. For a death that nobody has confirmed it stays null.
    """
    reports = death.select(
        "person_id",
        "record_key",
        is_confirmed=(death.confirmed == "confirmed").fill_null(False),
        source_rank=ibis.ifelse(death.died_on.isnull(), 1, 0),
        died_on=ibis.coalesce(death.died_on, death.reported_on),
    )
    in_register = resident.filter(resident.life_status.isin(["dead", "death_pending"]))
    registered_reports = in_register.select(
        "person_id",
        "record_key",
        is_confirmed=in_register.life_status == "dead",
        source_rank=ibis.literal(2, "int8").cast(reports.source_rank.type()),
        died_on=in_register.status_on,
    )
    order = [
        _.is_confirmed.desc(),
        _.died_on.isnull(),
        _.source_rank,
        _.died_on,
        _.record_key,
    ]
    best = _first(reports.union(registered_reports), order)
    return best.select(
        "person_id",
        life_status=ibis.ifelse(best.is_confirmed, "dead", "death_pending"),
        died_on=ibis.ifelse(best.is_confirmed, best.died_on, ibis.null("date")),
    )


def living_places(places: Table, on: date) -> Table:
    """Where a person lives, as the newest readable address says, inside the county or outside it.

    An address that nobody could place says nothing about where its person lives, so it only stands
    where there is no other.
    """
    known = places.filter(places.place_on.isnull() | (places.place_on <= on))
    ranked = known.mutate(rank=ibis.ifelse(known.in_county.isnull(), 1, 0))
    order = [
        _.rank,
        ibis.desc("place_on", nulls_first=False),
        ibis.desc("precedence", nulls_first=False),
        _.record_key,
    ]
    return _first(ranked, order).select(
        "person_id",
        "place_on",
        "in_county",
        "township_code",
        "village_code",
        place_record_key=_.record_key,
        place_source=_.source,
    )


def _born(born: Table) -> Table:
    """One row per person of `born`, so that nobody is doubled by it."""
    order = [
        ibis.asc("birth_date", nulls_first=False),
        ibis.asc("sex", nulls_first=False),
    ]
    return _first(born, order).select("person_id", born_sex=_.sex, born_date=_.birth_date)


def _first(rows: Table, order: list[ibis.Value]) -> Table:
    within_person = ibis.window(group_by="person_id", order_by=order)
    numbered = rows.mutate(place_in_order=ibis.row_number().over(within_person))
    return numbered.filter(_.place_in_order == 0).drop("place_in_order")
