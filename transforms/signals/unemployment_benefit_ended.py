"""Unemployment benefit has run out and no new work has followed (S2)."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.coverage import Coverage
from transforms.living import alive
from transforms.periods import days_since_last, within
from transforms.signal import BLUE, signal
from transforms.work import drawing_pension, maybe_at_work

PATIENCE_DAYS = Parameter(
    name="patience_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="待遇期满后多少天仍无新参保才预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="待遇期满超过多少天后不再预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="S2",
    title="失业金期满未再就业",
    reference=LOW_INCOME_MONITORING,
    parameters=(PATIENCE_DAYS, WINDOW_DAYS),
    county_sentence="失业保险金于{month}期满,已{count}天,未见新的职工参保缴费",
    township_sentence="家中有人的失业待遇{month}已领完,再就业和收入情况可以了解一下",
    verify="求职情况;是否灵活就业;有无外债;家里还有谁有收入",
    answered_by=("dibao", "low_income_margin", "temporary"),
    worse={"enrolment.payment_status": ("paying", "paused", "ended")},
)
def unemployment_benefit_ended(
    benefit: Table,
    enrolment: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Drew unemployment benefit until it ended, and has not been insured at work since."""
    claims = benefit.filter(_.benefit == "unemployment")
    if not (coverage.absence_tells("enrolment") and coverage.absence_tells("benefit")):
        claims = claims.limit(0)
    long_ended = (_.benefit_status == "stopped") & (
        _.ends_on <= on - timedelta(days=limits.patience_days)
    )
    idle = (
        alive(people)
        .anti_join(claims.filter(~long_ended.fill_null(False)), "person_id")
        .anti_join(maybe_at_work(enrolment), "person_id")
        .anti_join(drawing_pension(benefit, on), "person_id")
    )
    ended = claims.filter(within(_.ends_on, on, limits.window_days)).semi_join(idle, "person_id")
    return ended.select(
        "person_id",
        "record_key",
        occurred_on=ended.ends_on,
        measure=days_since_last(ended.ends_on, on),
        severity=ibis.literal(BLUE, "int8"),
    )
