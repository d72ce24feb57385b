"""Somebody of working age was hurt or killed by a crime (P2).

The county may see to judicial aid; at the door nothing is said of what happened.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import (
    ADULT_AGE,
    SUDDEN_HARDSHIP,
    WORKING_AGE_FROM,
    WORKING_AGE_TO,
)
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.ages import full_years
from transforms.events import HARM, harm, spoken_for
from transforms.periods import within
from transforms.signal import RED, RenewedBy, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="事发后多少天内仍作预警",
    reference=SUDDEN_HARDSHIP,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="P2",
    title="刑事案件致劳动力伤亡",
    reference=SUDDEN_HARDSHIP,
    parameters=(WINDOW_DAYS, WORKING_AGE_FROM, WORKING_AGE_TO, ADULT_AGE),
    county_sentence="{month}劳动年龄的家庭成员在刑事案件中受伤、致残或身故,可会商司法救助",
    township_sentence="家中{month}遇到突发变故,生活可能受到影响",
    verify="恢复情况和后续费用;家里谁还能挣钱;谁在照料",
    answered_by=("temporary", "dibao"),
    renewed_by=RenewedBy.EVENT,
    worse={"incident.outcome": tuple(HARM)},
)
def earner_hurt_by_crime(
    incident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Was hurt, disabled or killed by a crime at working age; a survivor speaks for the dead."""
    crimes = incident.filter(
        within(_.occurred_on, on, limits.window_days),
        _.category == "crime_injury",
        _.role == "victim",
    )
    hurt = crimes.mutate(harm=harm(crimes)).filter(_.harm >= HARM["injured"])
    theirs = spoken_for(_of_working_age(hurt, people, limits), people, limits.adult_age)
    return theirs.select(
        "record_key",
        "occurred_on",
        person_id=theirs.spoken_for_by,
        measure=theirs.harm,
        severity=ibis.literal(RED, "int8"),
    )


def _of_working_age(events: Table, people: Table, limits: SimpleNamespace) -> Table:
    """The events of people who were of working age on the day; an unknown age is not."""
    aged = events.join(people.select("person_id", "birth_date"), "person_id")
    years = full_years(aged.birth_date, aged.occurred_on)
    working = aged.filter(years.between(limits.working_age_from, limits.working_age_to))
    return working.drop("birth_date")
