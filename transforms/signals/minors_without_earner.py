"""A family with children that has lost its employment and has no other income on record (D5).

Most farmers never had insurance at work, so 'no insurance' alone would flag half of a rural county.
What counts is a loss that the records show: the job-based insurance of an adult of the family
stopped, and since then nobody of the family is insured at work or paid a benefit. Contributions to
the residents' pension are no sign of earnings, and do not hold it back.

All that is a silence, believed only where the sources are complete and fresh and where the register
shows the child's parents: a parent who may be registered elsewhere may earn there.
"""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import ADULT_AGE, LOW_INCOME_MONITORING
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.coverage import Coverage
from transforms.living import ALIVE, alive, in_families
from transforms.periods import within
from transforms.signal import YELLOW, signal
from transforms.work import COVER_AT_WORK, EMPLOYEE_COVER, maybe_covered, maybe_paid

PATIENCE_DAYS = Parameter(
    name="patience_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="家中无人有职工参保满多少天才预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="职工参保停缴超过多少天后不再预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)

_ALONE = ("single", "widowed", "divorced")


@signal(
    code="D5",
    title="有未成年人的家庭无人就业",
    reference=LOW_INCOME_MONITORING,
    parameters=(ADULT_AGE, PATIENCE_DAYS, WINDOW_DAYS),
    county_sentence="家有{count}名未成年人,职工社保自{month}起停缴,全家未见就业参保或在发待遇",
    township_sentence="家里有孩子({count}人),{month}以来大人的工作和收入可能有变化,建议了解",
    verify="家里现在靠什么生活;是否外出务工或灵活就业;孩子上学有没有困难",
    answered_by=("dibao", "low_income_margin", "temporary"),
    worse={"enrolment.payment_status": ("paying", "paused", "ended")},
)
def minors_without_earner(
    enrolment: Table,
    benefit: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Was insured as an employee, and nobody of the family, with minors, has an income on record."""
    if not all(coverage.absence_tells(each) for each in ("enrolment", "benefit", "resident")):
        enrolment = enrolment.limit(0)
    members = alive(in_families(people))
    earners = _maybe_earning(enrolment, benefit, limits, on)
    with_earner = members.semi_join(earners, "person_id")
    poor = _with_minors(people, limits).anti_join(with_earner, "household_id")
    adults = members.filter(_.age >= limits.adult_age).select("person_id", "household_id")
    lost = enrolment.filter(
        _.insurance.isin(EMPLOYEE_COVER), within(_.status_since, on, limits.window_days)
    )
    return (
        lost.join(adults, "person_id")
        .join(poor, "household_id")
        .select(
            "person_id",
            "record_key",
            occurred_on=_.status_since,
            measure=_.minors,
            severity=ibis.literal(YELLOW, "int8"),
        )
    )


def _maybe_earning(enrolment: Table, benefit: Table, limits: SimpleNamespace, on: date) -> Table:
    """Who may be insured at work, or was until lately, or may be paid a benefit: person_id."""
    at_work = enrolment.filter(_.insurance.isin(COVER_AT_WORK).fill_null(True))
    covered = maybe_covered(at_work, on - timedelta(days=limits.patience_days))
    return covered.select("person_id").union(maybe_paid(benefit, on).select("person_id"))


def _with_minors(people: Table, limits: SimpleNamespace) -> Table:
    """The families with living minors whose parents the register shows: household_id, minors.

    It shows them where head and spouse, dead or alive, stand beside their child, or one of them
    who has no spouse.
    """
    members = in_families(people)
    is_parent = members.relation.isin(["head", "spouse"])
    told = members.mutate(
        is_minor=members.life_status.isin(ALIVE)
        & (members.age < limits.adult_age)
        & members.relation.isin(["son", "daughter"]),
        is_parent=is_parent,
        is_alone=is_parent & members.marital.isin(_ALONE),
    )
    families = told.group_by("household_id").aggregate(
        minors=_number(told.is_minor), parents=_number(told.is_parent), alone=_number(told.is_alone)
    )
    return families.filter(_.minors >= 1, (_.parents >= 2) | (_.alone >= 1)).select(
        "household_id", "minors"
    )


def _number(is_so: ibis.Value) -> ibis.Value:
    return is_so.fill_null(False).cast("int64").sum()
