"""What is known of each household on a day, and how far what it is known to live on falls short.

Every figure is what the extracts show and no more: an unseen income, a house in no register, a debt
in no book stay unknown, and `unclear` and `unseen` say so. Nothing here decides anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import ibis
import ibis.expr.types as ir
from ibis import _

from data_contracts.policy.shared import STANDING_CATEGORIES
from transforms.assisted import standing
from transforms.bills import burden
from transforms.diagnoses import with_listed_disease
from transforms.income import known_income
from transforms.living import alive, in_families
from transforms.periods import within

YEAR = 365

SITUATION = {
    "household_id": "string",
    "members": "int64",
    "minors": "int64",
    "elders": "int64",
    "disabled": "int64",
    "helpless": "int64",
    "seriously_ill": "int64",
    "earners": "int64",
    "pensioners": "int64",
    "monthly_income": "decimal(16, 2)",
    "unclear": "int64",
    "unseen": "int64",
    "medical_burden": "decimal(16, 2)",
    "in_scope_burden": "decimal(16, 2)",
    "uninsured": "int64",
    "deaths": "int64",
    "dwellings": "int64",
    "rents": "int64",
    "unsafe_houses": "int64",
    "vehicles": "int64",
    "vehicle_value": "decimal(16, 2)",
    "on_aid": "string",
    "shortfall": "decimal(16, 2)",
    "need": "int64",
}
"""One row per family with living members. Counts are of living members; helpless are the minors,
the elders and the severely disabled, each counted once. Burdens and deaths are of
the last 365 days, net of refunds and after every insurance, and what was paid for somebody who has
died since is the family's; on_aid lists standing categories.

shortfall: yuan that a year at the margin line (1.5 x the standard) and the burden of a year need
beyond the known income of a year. Somebody whose income nobody sees is taken to earn just their own
keep: unknown is neither nothing nor plenty. need: 0 to 6 by what is short for each of them: of the line
per head, as the law counts income, and of the bills per grown member, who has to pay them. Its levels
are 1/8, 1/4, 1/2, 1, 2, 4 yearly standards; each is twice the one before, because a proxy of income
cannot tell finer. Neither falls with a bill or a child more, nor rises as a known income grows (design:
monotone)."""

_STANDING = STANDING_CATEGORIES
_SEVERE_GRADES = ("1", "2")


def situations(
    people: ir.Table, facts: Mapping[str, ir.Table], shared: SimpleNamespace, on: date
) -> ir.Table:
    """The households' situations, in the columns of SITUATION; `facts` are fact tables by record."""
    told = known_income(
        facts["enrolment"],
        facts["benefit"],
        people,
        on,
        adult_age=shared.adult_age,
        elder_age=shared.elder_age,
    )
    members = alive(in_families(people))
    for figures in (
        _ages(members, shared),
        _spending(facts["settlement"], in_families(people), on),
        _burdens_of_health(facts, members, shared, on),
        _cover(facts["enrolment"], members),
        _deaths(people, on),
        _homes(facts, members, on),
        _vehicles(facts["vehicle"], members),
        _aid(facts["assistance"], members, on),
    ):
        told = told.left_join(figures, "household_id").drop("household_id_right")
    counted = told.mutate(
        **{
            name: told[name].fill_null(0)
            for name in SITUATION
            if name in told.columns and name not in ("household_id", "on_aid")
        },
        monthly_income=told.monthly_known,
        on_aid=told.on_aid.fill_null(""),
    )
    return _with_need(counted, shared).select(*SITUATION).cast(SITUATION)


def _with_need(told: ir.Table, shared: SimpleNamespace) -> ir.Table:
    standard = min(shared.dibao_standard_urban, shared.dibao_standard_rural)
    line = ibis.literal(standard * shared.margin_multiple * 12, "decimal(16, 2)")
    lacking = line * (told.members - told.unseen) - told.monthly_income * 12
    gap = (lacking + told.medical_burden).cast("decimal(18, 2)")
    short = ibis.greatest(gap, ibis.literal(Decimal(0), "decimal(18, 2)"))
    return told.mutate(shortfall=short, need=_level(told, lacking, standard))


def _level(told: ir.Table, lacking: ir.Value, standard: Decimal) -> ir.Value:
    """How many levels the shortfall of each reaches; multiplied out, so that nothing is rounded."""
    grown = ibis.greatest(told.members - told.minors, 1)
    short = lacking * grown + told.medical_burden * told.members
    eighth = ibis.literal((standard * 12 / 8).quantize(Decimal("0.01")), "decimal(16, 2)")
    reached = (short >= eighth * (told.members * grown * eighths) for eighths in _EIGHTHS)
    return sum((each.cast("int64") for each in reached), ibis.literal(0)).cast("int64")


_EIGHTHS = (1, 2, 4, 8, 16, 32)
"""The lower bounds of the levels of need, in eighths of a yearly standard."""


def _ages(members: ir.Table, shared: SimpleNamespace) -> ir.Table:
    return members.group_by("household_id").agg(
        minors=(_.age < shared.adult_age).cast("int64").sum(),
        elders=(_.age >= shared.elder_age).cast("int64").sum(),
    )


def _spending(settlement: ir.Table, members: ir.Table, on: date) -> ir.Table:
    """What the members bore in a year; refunds can make it nothing, never less."""
    sums = [_sum_of(settlement, members, base, name, on) for base, name in _BASES.items()]
    return (
        sums[0]
        .outer_join(sums[1], "household_id")
        .select(
            household_id=ibis.coalesce(_.household_id, _.household_id_right),
            medical_burden=_.medical_burden,
            in_scope_burden=_.in_scope_burden,
        )
    )


_BASES = {"personal_amount": "medical_burden", "in_scope": "in_scope_burden"}


def _sum_of(settlement: ir.Table, members: ir.Table, base: str, name: str, on: date) -> ir.Table:
    theirs = burden(settlement, base, on, YEAR).join(
        members.select("person_id", "household_id"), "person_id"
    )
    sums = theirs.group_by("household_id").agg(total=_.amount.sum())
    zero = ibis.literal(Decimal(0), "decimal(16, 2)")
    return sums.select("household_id", **{name: ibis.greatest(sums.total, zero)})


def _burdens_of_health(
    facts: Mapping[str, ir.Table], members: ir.Table, shared: SimpleNamespace, on: date
) -> ir.Table:
    listed = with_listed_disease(facts["admission"], shared.serious_diseases)
    ill = listed.filter(within(_.discharged_on, on, YEAR)).select("person_id").distinct()
    valid = facts["disability"].filter(
        _.card_status == "valid", _.disability_grade.isin(_SEVERE_GRADES)
    )
    disabled = valid.select("person_id").distinct()
    ids = members.select("household_id", "person_id", "age")
    marked = ids.left_join(ill, "person_id", rname="{name}_ill")
    marked = marked.left_join(disabled, "person_id", rname="{name}_disabled")
    of_age = (marked.age >= shared.adult_age) & (marked.age < shared.elder_age)
    is_disabled = marked.person_id_disabled.notnull()
    told = marked.mutate(disabled=is_disabled, helpless=is_disabled | ~of_age.fill_null(True))
    return told.group_by("household_id").agg(
        seriously_ill=_.person_id_ill.notnull().cast("int64").sum(),
        disabled=_.disabled.cast("int64").sum(),
        helpless=_.helpless.cast("int64").sum(),
    )


def _cover(enrolment: ir.Table, members: ir.Table) -> ir.Table:
    """Members whose medical insurance is known to have stopped, and none known to be paid."""
    medical = enrolment.filter(_.insurance.isin(["employee_medical", "resident_medical"]))
    stopped = medical.filter(_.payment_status.isin(["paused", "ended"]))
    others = medical.filter(~_.payment_status.isin(["paused", "ended"]).fill_null(False))
    bare = stopped.anti_join(others, "person_id").select("person_id").distinct()
    theirs = members.select("household_id", "person_id").join(bare, "person_id")
    return theirs.group_by("household_id").agg(uninsured=_.count())


def _deaths(people: ir.Table, on: date) -> ir.Table:
    dead = in_families(people).filter(_.life_status == "dead", within(_.died_on, on, YEAR))
    return dead.group_by("household_id").agg(deaths=_.count())


def _homes(facts: Mapping[str, ir.Table], members: ir.Table, on: date) -> ir.Table:
    rights = facts["property_right"].filter(
        _.use == "dwelling",
        (_.right_status != "cancelled").fill_null(True),
        _.cancelled_on.isnull() | (_.cancelled_on > on),
    )
    leases = facts["tenancy"].filter((_.lease_status == "active").fill_null(False))
    unsafe = facts["dangerous_house"].filter(
        _.grade.isin(["C", "D"]), _.repaired_on.isnull() | (_.repaired_on > on)
    )
    counts = [
        _per_household(rows, members, name)
        for rows, name in ((rights, "dwellings"), (leases, "rents"), (unsafe, "unsafe_houses"))
    ]
    homes = members.select("household_id").distinct()
    for count in counts:
        homes = homes.left_join(count, "household_id").drop("household_id_right")
    return homes


def _vehicles(vehicle: ir.Table, members: ir.Table) -> ir.Table:
    running = vehicle.filter(
        _.vehicle_kind.isin(["car", "truck", "bus"]),
        ~_.vehicle_status.isin(["scrapped", "transferred"]).fill_null(False),
    )
    theirs = running.join(members.select("person_id", "household_id"), "person_id")
    return theirs.group_by("household_id").agg(
        vehicles=_.record_key.nunique(), vehicle_value=_.value_amount.sum()
    )


def _aid(assistance: ir.Table, members: ir.Table, on: date) -> ir.Table:
    """The standing categories that any member is in, in the order of STANDING_CATEGORIES."""
    held = standing(assistance, _STANDING, on).join(
        members.select("person_id", "household_id"), "person_id"
    )
    flags = held.group_by("household_id").agg(
        **{name: (_.category == name).any() for name in _STANDING}
    )
    words = [ibis.ifelse(flags[name], f"{name} ", "") for name in _STANDING]
    told = words[0]
    for word in words[1:]:
        told = told.concat(word)
    return flags.select("household_id", on_aid=told.strip())


def _per_household(rows: ir.Table, members: ir.Table, name: str) -> ir.Table:
    """How many different records the members of each household have."""
    theirs = rows.join(members.select("person_id", "household_id"), "person_id")
    return theirs.group_by("household_id").agg(**{name: _.record_key.nunique()})
