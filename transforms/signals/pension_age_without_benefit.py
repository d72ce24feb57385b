"""Somebody of pension age to whom nothing is being paid (S4).

That nothing is paid is a silence, believed only where the benefit records are complete and fresh.
A pension that another county or a former employer pays is not in them: the visit asks.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING, STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.assisted import not_in
from transforms.coverage import Coverage
from transforms.living import alive
from transforms.signal import BLUE, signal
from transforms.work import maybe_paid

PENSION_AGE = Parameter(
    name="pension_age",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="达到多少周岁仍无待遇即预警(含)",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="人口登记最近一次到数超过多少天即不再据以预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="已有保障、不再预警的在册类别",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)


@signal(
    code="S4",
    title="到龄未领养老待遇",
    reference=LOW_INCOME_MONITORING,
    parameters=(PENSION_AGE, WINDOW_DAYS, EXCLUDED_POPULATION),
    county_sentence="{age}岁,已到领取养老待遇的年龄,发放记录中没有任何在发待遇",
    township_sentence="老人({age}岁)可能还没有领到养老待遇,建议了解是否办理过",
    verify="是否参保、是否忘了申领;是否在外地或原单位领取;平时靠什么生活",
    answered_by=("dibao", "tekun"),
    worse={"people.age": Worse.HIGHER},
)
def pension_age_without_benefit(
    resident: Table,
    benefit: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Is registered here, of pension age, and is paid no benefit of any kind; nor dibao or tekun."""
    rows = resident.filter(_.person_type == "registered", _.life_status == "normal")
    has_come = coverage.has_come_within("resident", limits.window_days)
    if not (has_come and all(map(coverage.absence_tells, ("benefit", "resident")))):
        rows = rows.limit(0)
    unhelped = not_in(alive(people), assistance, limits.excluded_population, on)
    old = unhelped.filter(_.age >= limits.pension_age, _.in_register)
    unpaid = old.anti_join(maybe_paid(benefit, on), "person_id").select("person_id", "age")
    found = rows.join(unpaid, "person_id")
    return found.select(
        "person_id",
        "record_key",
        occurred_on=found.status_on,
        measure=found.age,
        severity=ibis.literal(BLUE, "int8"),
    )
