"""Medical insurance that stopped and was not taken up again (S3).

Cover that somebody else pays for has not lapsed: retired employees keep theirs without paying, and
the unemployment fund pays for whom it supports (中华人民共和国社会保险法 第二十七条、第四十八条).
"""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING, STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.assisted import not_in
from transforms.coverage import Coverage
from transforms.living import alive
from transforms.periods import days_since_last, within
from transforms.signal import YELLOW, signal
from transforms.work import maybe_covered, maybe_paid

PATIENCE_DAYS = Parameter(
    name="patience_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="医保停保满多少天仍未续上才预警(换工作会有短暂中断)",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="停保超过多少天后不再预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="参保由财政全额资助、另行办理的在册类别",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)

_MEDICAL = ("resident_medical", "employee_medical")
_PAID_FOR = ("employee_pension", "unemployment")
"""Benefits whose receivers need not pay for their medical insurance."""


@signal(
    code="S3",
    title="医保断缴未续",
    reference=LOW_INCOME_MONITORING,
    parameters=(PATIENCE_DAYS, WINDOW_DAYS, EXCLUDED_POPULATION),
    county_sentence="基本医保自{month}起停保,至今{count}天未见任何基本医保在保",
    township_sentence="家中有人的医保自{month}起没有续上,建议了解看病有没有困难",
    verify="是缴不起还是在外地参保;最近看病吃药怎么付钱;能否资助参保",
    answered_by=("dibao", "tekun", "low_income_margin", "temporary", "medical_aid"),
    worse={"enrolment.payment_status": ("paying", "paused", "ended")},
)
def medical_cover_lapsed(
    enrolment: Table,
    benefit: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Is in the register, had medical insurance until it stopped, and has had none since.

    A row whose insurance, status or date nobody stated may be cover that is still being paid.
    """
    if not (coverage.absence_tells("enrolment") and coverage.absence_tells("benefit")):
        enrolment = enrolment.limit(0)
    medical = enrolment.filter(_.insurance.isin(_MEDICAL).fill_null(True))
    uncovered = (
        not_in(alive(people), assistance, limits.excluded_population, on)
        .filter(_.in_register)
        .anti_join(maybe_covered(medical, on - timedelta(days=limits.patience_days)), "person_id")
        .anti_join(maybe_paid(benefit.filter(_.benefit.isin(_PAID_FOR)), on), "person_id")
    )
    lapsed = medical.filter(
        _.insurance.isin(_MEDICAL), within(_.status_since, on, limits.window_days)
    ).semi_join(uncovered, "person_id")
    return lapsed.select(
        "person_id",
        "record_key",
        occurred_on=lapsed.status_since,
        measure=days_since_last(lapsed.status_since, on),
        severity=ibis.literal(YELLOW, "int8"),
    )
