"""Somebody of working age has died and leaves children or old people behind (D1)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import (
    ADULT_AGE,
    ELDER_AGE,
    LOW_INCOME_MONITORING,
    WORKING_AGE_TO,
)
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.ages import full_years
from transforms.living import alive, confirmed_deaths, in_families, survivors
from transforms.periods import within
from transforms.signal import RED, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="去世后多少天内仍作预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="D1",
    title="主要劳动力去世",
    reference=LOW_INCOME_MONITORING,
    parameters=(WINDOW_DAYS, ADULT_AGE, WORKING_AGE_TO, ELDER_AGE),
    county_sentence="劳动年龄的家庭成员于{month}去世(已确认),家中还有{count}名未成年人或老年人",
    township_sentence="家中有成员{month}去世,家里还有老人或孩子({count}人)需要照料",
    verify="有无外债;遗属待遇是否已办;孩子上学和老人照料谁来负责",
    answered_by=("dibao", "tekun", "low_income_margin", "temporary"),
    worse={"death": Worse.HIGHER},
)
def death_of_main_earner(
    death: Table, resident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Has lost a family member of working age, with minors or old people left in the family.

    The finding is carried by a survivor: head, else spouse, else eldest adult, else eldest.
    """
    deaths = confirmed_deaths(death, resident, in_families(people))
    earners = deaths.filter(
        within(_.died_on, on, limits.window_days),
        full_years(_.birth_date, _.died_on).between(limits.adult_age, limits.working_age_to),
    )
    bereaved = earners.join(_dependents(people, limits), "household_id").join(
        survivors(people, limits.adult_age), "household_id"
    )
    return bereaved.select(
        "record_key",
        person_id=bereaved.survivor_id,
        occurred_on=bereaved.died_on,
        measure=bereaved.dependents,
        severity=ibis.literal(RED, "int8"),
    )


def _dependents(people: Table, limits: SimpleNamespace) -> Table:
    """How many living members of each family are too young or too old to be expected to earn."""
    members = alive(in_families(people))
    leaning = members.filter((_.age < limits.adult_age) | (_.age >= limits.elder_age))
    return leaning.group_by("household_id").aggregate(dependents=_.count())
