"""Two or more of one family are ill at once (M8): who works, who cares and who pays?

Somebody is ill who was in hospital with a listed disease, or whose bills add up to a share of what M1
asks of one person. A null diagnosis or amount makes nobody ill. Each of them carries their own rows, so
that nobody's bills are put to another's account.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import (
    LOW_INCOME_MONITORING,
    SERIOUS_DISEASES,
    STANDING_CATEGORIES,
)
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.assisted import not_in
from transforms.bills import MONEY_BASES, burden
from transforms.diagnoses import with_listed_disease
from transforms.living import alive, in_families
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import RED, signal

MONEY_BASE = Parameter(
    name="money_base",
    kind=ValueKind.CODE,
    unit="口径",
    means="按哪种金额累计:个人负担、政策范围内负担或现金支付",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.NEITHER,
    one_of=tuple(MONEY_BASES),
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前看多少天的住院和费用",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)
MEMBER_THRESHOLD = Parameter(
    name="member_threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="一名成员累计负担达到多少即计入(含);可取普通居民预警线的一半",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
ILL_MEMBERS = Parameter(
    name="ill_members",
    kind=ValueKind.COUNT,
    unit="人",
    means="一户同时有多少名成员患病或负担较重即预警(含)",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="已有保障、本人不再预警(仍计入人数)的在册类别",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)


@signal(
    code="M8",
    title="一户多人患病",
    reference=LOW_INCOME_MONITORING,
    parameters=(
        SERIOUS_DISEASES,
        MONEY_BASE,
        WINDOW_DAYS,
        MEMBER_THRESHOLD,
        ILL_MEMBERS,
        EXCLUDED_POPULATION,
    ),
    county_sentence="同户有{count}名成员在统计期内因目录所列疾病住院或医疗负担较重,最近一次在{month}",
    township_sentence="家中有{count}人看病负担较重,最近一次在{month},照料和收入可能都受影响",
    verify="家里还有谁能劳动;谁来照料;外债;各人是否都已参保、是否已申请医疗救助",
    answered_by=("dibao", "tekun", "low_income_margin", "rigid_expense", "medical_aid"),
    worse={"settlement.personal_amount": Worse.HIGHER, "admission": Worse.HIGHER},
)
def several_ill_in_household(
    admission: Table,
    settlement: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    on: date,
) -> Table:
    """Is ill or heavily charged in a family in which others are so too."""
    illness = _stays(admission, limits, on).union(_charges(settlement, limits, on))
    members = alive(in_families(people)).select("person_id", "household_id")
    theirs = illness.join(members, "person_id")
    counted = theirs.group_by("household_id").aggregate(ill=_.person_id.nunique())
    several = counted.filter(_.ill >= limits.ill_members)
    carriers = not_in(members, assistance, limits.excluded_population, on)
    proofs = theirs.join(several, "household_id").semi_join(carriers, "person_id")
    return proofs.select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=proofs.ill,
        severity=ibis.literal(RED, "int8"),
    )


def _stays(admission: Table, limits: SimpleNamespace, on: date) -> Table:
    listed = with_listed_disease(admission, limits.serious_diseases)
    recent = listed.filter(within(_.discharged_on, on, limits.window_days))
    return recent.select("person_id", "record_key", occurred_on=_.discharged_on)


def _charges(settlement: Table, limits: SimpleNamespace, on: date) -> Table:
    bills = burden(settlement, limits.money_base, on, limits.window_days)
    heavy = bills.filter(bills.person_total >= yuan(limits.member_threshold))
    return heavy.select("person_id", "record_key", occurred_on=heavy.settled_on)
