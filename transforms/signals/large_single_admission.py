"""One stay in hospital that cost its patient a great deal (M4); a refunded stay cost nothing."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import DISPOSABLE_INCOME_PER_HEAD, STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import standing
from transforms.bills import net_bills
from transforms.living import alive
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import RED, YELLOW, signal

SINGLE_STAY_LINE = Reference(
    title="防止返贫动态监测部门预警指标", article="单次住院个人自付:一般人群与监测对象分设"
)

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="结算后多少天内仍作预警",
    reference=SINGLE_STAY_LINE,
    flags_more_when=Worse.HIGHER,
)
THRESHOLD = Parameter(
    name="threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="单次住院个人负担达到多少即预警(含)",
    reference=SINGLE_STAY_LINE,
    flags_more_when=Worse.LOWER,
)
LOW_INCOME_THRESHOLD = Parameter(
    name="low_income_threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="对低收入人口适用的较低预警线(含)",
    reference=SINGLE_STAY_LINE,
    flags_more_when=Worse.LOWER,
)
LOW_INCOME_POPULATION = Parameter(
    name="low_income_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="适用较低预警线的在册类别",
    reference=SINGLE_STAY_LINE,
    flags_more_when=Worse.HIGHER,
    one_of=STANDING_CATEGORIES,
)


@signal(
    code="M4",
    title="单次住院负担大",
    reference=SINGLE_STAY_LINE,
    parameters=(
        WINDOW_DAYS,
        THRESHOLD,
        LOW_INCOME_THRESHOLD,
        LOW_INCOME_POPULATION,
        DISPOSABLE_INCOME_PER_HEAD,
    ),
    county_sentence="{month}一次住院结算个人负担{amount}(未见对应退费),达到单次住院预警线",
    township_sentence="家中有人{month}住院一次,自己负担的费用较多({amount})",
    verify="是否还在住院;照护的家人是否因此误工;费用是借的还是攒的",
    answered_by=("medical_aid", "temporary"),
    worse={"settlement.personal_amount": Worse.HIGHER},
)
def large_single_admission(
    settlement: Table, assistance: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Has borne a considerable sum for one stay in hospital that was not refunded."""
    low_income = standing(assistance, limits.low_income_population, on)
    stays = net_bills(settlement, on).filter(
        ~_.cancels, _.visit_kind == "inpatient", within(_.settled_on, on, limits.window_days)
    )
    theirs = stays.semi_join(alive(people), "person_id")
    general = theirs.filter(_.personal_amount >= yuan(limits.threshold))
    lower = theirs.semi_join(low_income, "person_id").filter(
        _.personal_amount >= yuan(limits.low_income_threshold)
    )
    large = general.union(lower, distinct=True)
    is_a_years_income = large.personal_amount >= yuan(limits.disposable_income_per_head)
    return large.select(
        "person_id",
        "record_key",
        occurred_on=large.settled_on,
        measure=large.personal_amount,
        severity=ibis.ifelse(is_a_years_income, RED, YELLOW).cast("int8"),
    )
