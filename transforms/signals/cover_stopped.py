"""An employee's social insurance stopped and nobody has paid any since (S1)."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import (
    LOW_INCOME_MONITORING,
    WORKING_AGE_FROM,
    WORKING_AGE_TO,
)
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.coverage import Coverage
from transforms.living import alive
from transforms.periods import days_since_last, within
from transforms.signal import BLUE, signal
from transforms.work import EMPLOYEE_COVER, drawing_pension, maybe_covered

PATIENCE_DAYS = Parameter(
    name="patience_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="各险种都停缴满多少天才预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="停缴超过多少天后不再预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="S1",
    title="社保停缴未续",
    reference=LOW_INCOME_MONITORING,
    parameters=(PATIENCE_DAYS, WINDOW_DAYS, WORKING_AGE_FROM, WORKING_AGE_TO),
    county_sentence="职工社保自{month}起停缴,至今{count}天未见任何险种在缴,也未领养老待遇",
    township_sentence="家中有人自{month}起社保没有续缴,工作和收入情况可以了解一下",
    verify="是失业、灵活就业还是外出务工;外地是否参保;家里眼下的收入",
    answered_by=("dibao", "low_income_margin", "temporary"),
    worse={"enrolment.payment_status": ("paying", "paused", "ended")},
)
def cover_stopped(
    enrolment: Table,
    benefit: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Was insured as an employee and has had no insurance paid anywhere for some months."""
    if not (coverage.absence_tells("enrolment") and coverage.absence_tells("benefit")):
        enrolment = enrolment.limit(0)
    covered = maybe_covered(enrolment, on - timedelta(days=limits.patience_days))
    of_age = alive(people).filter(_.age.between(limits.working_age_from, limits.working_age_to))
    candidates = of_age.anti_join(covered, "person_id").anti_join(
        drawing_pension(benefit, on), "person_id"
    )
    stopped = enrolment.filter(
        _.insurance.isin(EMPLOYEE_COVER), within(_.status_since, on, limits.window_days)
    ).semi_join(candidates, "person_id")
    return stopped.select(
        "person_id",
        "record_key",
        occurred_on=stopped.status_since,
        measure=days_since_last(stopped.status_since, on),
        severity=ibis.literal(BLUE, "int8"),
    )
