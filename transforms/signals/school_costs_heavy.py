"""A school year outside compulsory education costs the family much after subsidies (E2).

Compulsory education is free; what parents choose to spend there is not read as hardship. A cost,
stage or school year that nobody stated proves nothing, and a pupil who has left pays no more.
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
from transforms.living import alive
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import BLUE, signal

THRESHOLD = Parameter(
    name="threshold",
    kind=ValueKind.MONEY,
    unit="元/学年",
    means="非义务教育阶段资助后自付费用达到多少即预警(含)",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="学年开始后多少天内仍作预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="教育支出已计入保障、不适用本线的在册类别",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)

BEYOND_COMPULSORY = ("preschool", "high_school", "vocational", "college", "university")


@signal(
    code="E2",
    title="教育支出较重",
    reference=LOW_INCOME_MONITORING,
    parameters=(THRESHOLD, WINDOW_DAYS, EXCLUDED_POPULATION),
    county_sentence="{month}开始的学年,非义务教育阶段资助后自付{amount},达到预警线",
    township_sentence="家中有孩子上学,这一学年自己负担的费用较多({amount})",
    verify="学费、住宿费单据;助学贷款和资助是否办了;家里的收入和外债",
    answered_by=("dibao", "low_income_margin", "rigid_expense", "temporary", "other"),
    worse={"schooling.own_cost": Worse.HIGHER},
)
def school_costs_heavy(
    schooling: Table, assistance: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Attends school beyond compulsory education at a considerable cost to the family."""
    population = not_in(alive(people), assistance, limits.excluded_population, on)
    heavy = schooling.filter(
        _.stage.isin(BEYOND_COMPULSORY),
        (_.enrolment_status != "left").fill_null(True),
        _.own_cost >= yuan(limits.threshold),
        within(_.year_begins_on, on, limits.window_days),
    )
    return heavy.semi_join(population, "person_id").select(
        "person_id",
        "record_key",
        occurred_on=_.year_begins_on,
        measure=_.own_cost,
        severity=ibis.literal(BLUE, "int8"),
    )
