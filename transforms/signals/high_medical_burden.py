"""Medical bills that add up (M1): money base, window, threshold and population are four choices."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis.expr.types import Table

from data_contracts.policy.shared import STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import not_in
from transforms.bills import MONEY_BASES, burden
from transforms.living import alive
from transforms.money import yuan
from transforms.signal import RED, signal

WARNING_LINE = Reference(
    title="因病致贫返贫预警监测办法", article="参照西安市医保部门公布的普通居民预警线"
)

MONEY_BASE = Parameter(
    name="money_base",
    kind=ValueKind.CODE,
    unit="口径",
    means="按哪种金额累计:个人负担、政策范围内负担或现金支付",
    reference=WARNING_LINE,
    flags_more_when=Worse.NEITHER,
    one_of=tuple(MONEY_BASES),
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前累计多少天的结算",
    reference=WARNING_LINE,
    flags_more_when=Worse.HIGHER,
)
THRESHOLD = Parameter(
    name="threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="累计负担达到多少即预警(含)",
    reference=WARNING_LINE,
    flags_more_when=Worse.LOWER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="另有预警线或已有保障、不适用本线的在册类别",
    reference=WARNING_LINE,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)


@signal(
    code="M1",
    title="医疗费负担较重",
    reference=WARNING_LINE,
    parameters=(MONEY_BASE, WINDOW_DAYS, THRESHOLD, EXCLUDED_POPULATION),
    county_sentence="统计期内医保结算(已扣除退费)累计负担{amount},最近一笔在{month},达到预警线",
    township_sentence="家中有人看病,自己负担的费用累计较多({amount}),最近一次在{month}",
    verify="看费用单据和外债;是否有商业保险、捐助;家里还有谁能挣钱",
    answered_by=("dibao", "tekun", "low_income_margin", "rigid_expense", "medical_aid"),
    worse={"settlement.personal_amount": Worse.HIGHER},
)
def high_medical_burden(
    settlement: Table, assistance: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Has borne, net of refunds, a considerable sum of medical bills within the window."""
    population = not_in(alive(people), assistance, limits.excluded_population, on)
    theirs = settlement.semi_join(population, "person_id")
    bills = burden(theirs, limits.money_base, on, limits.window_days)
    heavy = bills.filter(bills.person_total >= yuan(limits.threshold))
    return heavy.select(
        "person_id",
        "record_key",
        occurred_on=heavy.settled_on,
        measure=heavy.person_total,
        severity=ibis.literal(RED, "int8"),
    )
