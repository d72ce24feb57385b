"""Whom to ask for at the door, and which door: one lead person and one place per household.

The lead is the living person whose need is worst. Where nobody knows that person's place, another
member's known place is borrowed and the table says so.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

LONG_AGO, FAR_AHEAD = date(1900, 1, 1), date(9999, 12, 31)
"""Stand-ins for unknown dates in an order, because engines disagree on where nulls are sorted."""


def addresses(counted: ir.Table, people: ir.Table) -> ir.Table:
    """One row per household of `counted` findings: the person to ask for and the place to go.

    township_code and village_code are empty outside the county; `borrowed` says that the place is
    another member's (`place_person_id`).
    """
    members = _members(counted, people)
    leads = _first(members, _need_first(members)).select("household_id", lead_person_id=_.person_id)
    candidates = members.join(leads, "household_id")
    places = _first(candidates, _place_first(candidates))
    return places.select(
        "household_id",
        "lead_person_id",
        "in_county",
        "township_code",
        "village_code",
        place_person_id=_.person_id,
        borrowed=(_.person_id != _.lead_person_id) & _.township_code.notnull(),
    )


def _members(counted: ir.Table, people: ir.Table) -> ir.Table:
    """Everybody in the households, one row per person and severity of their own findings."""
    need = counted.group_by("household_id", "person_id", "severity").agg(since=_.occurred_on.min())
    roster = (
        people.semi_join(counted, "household_id")
        .select("household_id", "person_id")
        .union(need.select("household_id", "person_id"), distinct=True)
    )
    joined = roster.left_join(need, ["household_id", "person_id"]).drop(
        "household_id_right", "person_id_right"
    )
    joined = joined.left_join(people.drop("household_id"), "person_id")
    inside = joined.in_county.fill_null(True)
    return joined.select(
        "household_id",
        "person_id",
        "in_county",
        severity=_.severity.fill_null(0),
        since=_.since.fill_null(FAR_AHEAD),
        dead=(_.life_status == "dead").fill_null(False).cast("int8"),
        follows=(_.relation != "head").fill_null(True).cast("int8"),
        born_on=_.birth_date.fill_null(FAR_AHEAD),
        place_on=_.place_on.fill_null(LONG_AGO),
        township_code=inside.ifelse(joined.township_code, ibis.null("string")),
        village_code=inside.ifelse(joined.village_code, ibis.null("string")),
    )


def _need_first(members: ir.Table) -> list[ir.Value]:
    """The order in which a household's members are asked for."""
    return [
        members.dead.asc(),
        members.severity.desc(),
        members.since.asc(),
        members.follows.asc(),
        members.born_on.asc(),
        members.person_id.asc(),
    ]


def _place_first(candidates: ir.Table) -> list[ir.Value]:
    """The order in which members' places are believed: the lead's if known, then the head's."""
    outside = ~candidates.in_county.fill_null(True)
    known = outside | candidates.township_code.notnull()
    is_lead = candidates.person_id == candidates.lead_person_id
    certainty = ibis.cases(
        (candidates.township_code.notnull(), 3),
        (candidates.in_county.fill_null(False), 2),
        (outside, 1),
        else_=0,
    )
    return [
        (is_lead & known).cast("int8").desc(),
        certainty.desc(),
        candidates.dead.asc(),
        candidates.follows.asc(),
        is_lead.cast("int8").desc(),
        candidates.place_on.desc(),
        candidates.person_id.asc(),
    ]


def _first(members: ir.Table, order: list[ir.Value]) -> ir.Table:
    """The first member of each household in a total order."""
    line = ibis.window(group_by="household_id", order_by=order)
    return members.mutate(rank=ibis.row_number().over(line)).filter(_.rank == 0).drop("rank")
