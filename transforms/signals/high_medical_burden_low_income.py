"""Medical bills that add up, of people near the line or just over it (M2): a lower line than M1's.

Near the line is who stands in a low-income category; just over it is who left assistance lately and
stands in no category now. A register row without an approval date puts nobody in a category, and
one without an exit date lets nobody leave: such people have the general line.
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
from transforms.assisted import not_in, standing
from transforms.bills import MONEY_BASES, burden
from transforms.living import alive
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import RED, signal

LOW_INCOME_LINE = Reference(
    title="因病致贫返贫预警监测办法", article="参照西安市医保部门公布的低收入人口预警线"
)

MONEY_BASE = Parameter(
    name="money_base",
    kind=ValueKind.CODE,
    unit="口径",
    means="按哪种金额累计:个人负担、政策范围内负担或现金支付",
    reference=LOW_INCOME_LINE,
    flags_more_when=Worse.NEITHER,
    one_of=tuple(MONEY_BASES),
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前累计多少天的结算",
    reference=LOW_INCOME_LINE,
    flags_more_when=Worse.HIGHER,
)
THRESHOLD = Parameter(
    name="threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="累计负担达到多少即预警(含);应低于普通居民预警线",
    reference=LOW_INCOME_LINE,
    flags_more_when=Worse.LOWER,
)
LOW_INCOME_POPULATION = Parameter(
    name="low_income_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="适用本线的在册类别",
    reference=LOW_INCOME_LINE,
    flags_more_when=Worse.HIGHER,
    one_of=STANDING_CATEGORIES,
)
LEFT_WITHIN_DAYS = Parameter(
    name="left_within_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="退出救助后多少天内仍适用本线",
    reference=LOW_INCOME_LINE,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="M2",
    title="低收入人口医疗费负担较重",
    reference=LOW_INCOME_LINE,
    parameters=(MONEY_BASE, WINDOW_DAYS, THRESHOLD, LOW_INCOME_POPULATION, LEFT_WITHIN_DAYS),
    county_sentence="在册低收入人口或退出救助不久,统计期内医保结算(已扣除退费)累计负担{amount},"
    "最近一笔在{month},达到低收入人口预警线",
    township_sentence="家中有人看病,自己负担的费用累计较多({amount}),最近一次在{month}",
    verify="是否已申请医疗救助;能否按家庭或个人申请低保;有无外债;家里还有谁能挣钱",
    answered_by=("dibao", "tekun", "rigid_expense", "medical_aid"),
    worse={"settlement.personal_amount": Worse.HIGHER},
)
def high_medical_burden_low_income(
    settlement: Table, assistance: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Has a low income on record, or had, and bears a sum of bills that is heavy for such people."""
    theirs = settlement.semi_join(_population(assistance, people, limits, on), "person_id")
    bills = burden(theirs, limits.money_base, on, limits.window_days)
    heavy = bills.filter(bills.person_total >= yuan(limits.threshold))
    return heavy.select(
        "person_id",
        "record_key",
        occurred_on=heavy.settled_on,
        measure=heavy.person_total,
        severity=ibis.literal(RED, "int8"),
    )


def _population(assistance: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """The living in a low-income category, and those who have left all assistance lately."""
    living = alive(people)
    left = assistance.filter(
        _.category.isin(STANDING_CATEGORIES), within(_.exit_on, on, limits.left_within_days)
    )
    unassisted = not_in(living, assistance, STANDING_CATEGORIES, on)
    low_income = standing(assistance, limits.low_income_population, on)
    return living.semi_join(low_income, "person_id").union(
        unassisted.semi_join(left, "person_id"), distinct=True
    )
