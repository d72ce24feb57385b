"""Month after month of outpatient treatment for a chronic disease (M6).

A month is heavy when what its bills left to the patient, net of refunds, reaches the monthly line. A
month that is not over yet, or whose amounts are unknown, is simply not heavy. A null kind of visit may
be any kind, and is not counted. A refund that finds no bill of its amount lowers the month it was made
in, so a larger bill that an old refund no longer fits may end a run: no column is said to be worse.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import not_in
from transforms.bills import MONEY_BASES, burden
from transforms.living import alive
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import YELLOW, signal

MONTHLY_LINE = Reference(
    title="防止返贫动态监测部门预警指标", article="门诊慢特病每月自负达到预警线"
)

MONEY_BASE = Parameter(
    name="money_base",
    kind=ValueKind.CODE,
    unit="口径",
    means="按哪种金额累计:个人负担、政策范围内负担或现金支付",
    reference=MONTHLY_LINE,
    flags_more_when=Worse.NEITHER,
    one_of=tuple(MONEY_BASES),
)
LOOK_BACK_DAYS = Parameter(
    name="look_back_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前看多少天的结算来数连续月份",
    reference=MONTHLY_LINE,
    flags_more_when=Worse.HIGHER,
)
MONTHLY_THRESHOLD = Parameter(
    name="monthly_threshold",
    kind=ValueKind.MONEY,
    unit="元/月",
    means="一个月的门诊慢特病负担达到多少即计入(含)",
    reference=MONTHLY_LINE,
    flags_more_when=Worse.LOWER,
)
MONTHS = Parameter(
    name="months",
    kind=ValueKind.COUNT,
    unit="个月",
    means="连续多少个月达到即预警(含)",
    reference=MONTHLY_LINE,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="连续月份中最后一笔结算后多少天内仍作预警",
    reference=MONTHLY_LINE,
    flags_more_when=Worse.HIGHER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="已有保障、不适用本线的在册类别",
    reference=MONTHLY_LINE,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)


@signal(
    code="M6",
    title="门诊慢特病长期负担",
    reference=MONTHLY_LINE,
    parameters=(
        MONEY_BASE,
        LOOK_BACK_DAYS,
        MONTHLY_THRESHOLD,
        MONTHS,
        WINDOW_DAYS,
        EXCLUDED_POPULATION,
    ),
    county_sentence="门诊慢特病结算(已扣除退费)连续{count}个月达到每月预警线,最近一笔在{month}",
    township_sentence="家中有人需要长期看门诊,已连续{count}个月有较多费用,最近一次在{month}",
    verify="看病的路怎么走、谁陪;药费怎么付;能否继续劳动;是否已办门诊慢特病待遇和医疗救助",
    answered_by=("medical_aid", "rigid_expense", "dibao", "tekun", "low_income_margin"),
    worse={"settlement.personal_amount": Worse.HIGHER},
)
def long_outpatient_burden(
    settlement: Table, assistance: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Has borne a burden of chronic outpatient treatment in several months that follow each other."""
    population = not_in(alive(people), assistance, limits.excluded_population, on)
    theirs = settlement.semi_join(population, "person_id")
    bills = burden(theirs, limits.money_base, on, limits.look_back_days)
    chronic = bills.filter(_.visit_kind == "chronic_outpatient").mutate(
        month_number=_.settled_on.year() * 12 + _.settled_on.month()
    )
    months = _long_runs(_heavy_months(chronic, limits), limits, on)
    proofs = chronic.inner_join(months, ["person_id", "month_number"])
    return proofs.select(
        "person_id",
        "record_key",
        occurred_on=proofs.settled_on,
        measure=proofs.length,
        severity=ibis.literal(YELLOW, "int8"),
    )


def _heavy_months(bills: Table, limits: SimpleNamespace) -> Table:
    """The months in which a person bore enough, with the day of the last bill."""
    months = bills.group_by("person_id", "month_number").aggregate(
        borne=_.amount.sum(), last_on=_.settled_on.max()
    )
    return months.filter(_.borne >= yuan(limits.monthly_threshold))


def _long_runs(months: Table, limits: SimpleNamespace, on: date) -> Table:
    """The months of runs that are long enough and reach the window, with the run's length.

    In months that follow each other, the number of the month and its place in line grow together.
    """
    in_line = ibis.window(group_by="person_id", order_by="month_number")
    placed = months.mutate(place=ibis.row_number().over(in_line))
    runs = placed.mutate(run=placed.month_number - placed.place)
    same_run = ibis.window(group_by=["person_id", "run"])
    measured = runs.mutate(
        length=runs.count().over(same_run), run_ends_on=runs.last_on.max().over(same_run)
    )
    long = measured.filter(_.length >= limits.months, within(_.run_ends_on, on, limits.window_days))
    return long.select("person_id", "month_number", "length")
