"""Medical bills of a whole family that are a calamity for so many people, whoever is ill (M10).

M1 asks of one patient whatever the family's size; here twenty thousand yuan weigh on one who lives
alone and not on six. What the family really earns is mostly unseen, so it is taken to live on the
county's average income per head: whoever has less is burdened more, never less. Known incomes, where
they are known whole, are M7's. Nobody is excluded: people in assistance bear bills beside it.

A patient's bills still burden the family after the patient's death; a survivor then carries them.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import (
    ADULT_AGE,
    DISPOSABLE_INCOME_PER_HEAD,
    RIGID_EXPENSE_SHARE,
)
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.bills import MONEY_BASES, burden
from transforms.events import spoken_for
from transforms.living import alive, in_families
from transforms.money import yuan
from transforms.signal import BLUE, RED, YELLOW, signal

CATASTROPHIC_SPENDING = Reference(
    title="可持续发展目标全球指标框架(联合国大会A/RES/71/313号决议,2017年7月6日)",
    article="指标3.8.2 家庭医疗支出占收入的比例过大,以10%和25%为界",
)

MONEY_BASE = Parameter(
    name="money_base",
    kind=ValueKind.CODE,
    unit="口径",
    means="按哪种金额累计:个人负担、政策范围内负担或现金支付",
    reference=CATASTROPHIC_SPENDING,
    flags_more_when=Worse.NEITHER,
    one_of=tuple(MONEY_BASES),
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前累计多少天的结算,与一年的收入相比",
    reference=CATASTROPHIC_SPENDING,
    flags_more_when=Worse.HIGHER,
)
LARGE_SHARE = Parameter(
    name="large_share",
    kind=ValueKind.SHARE,
    unit="占家庭年收入的比例",
    means="全家累计负担达到按人均可支配收入推算的家庭年收入的多大比例即预警(含),为蓝色",
    reference=CATASTROPHIC_SPENDING,
    flags_more_when=Worse.LOWER,
)
CATASTROPHIC_SHARE = Parameter(
    name="catastrophic_share",
    kind=ValueKind.SHARE,
    unit="占家庭年收入的比例",
    means="达到多大比例即为黄色(含);达到刚性支出比例即为红色",
    reference=CATASTROPHIC_SPENDING,
    flags_more_when=Worse.LOWER,
)


@signal(
    code="M10",
    title="全家医疗负担按人口算过重",
    reference=CATASTROPHIC_SPENDING,
    parameters=(
        MONEY_BASE,
        WINDOW_DAYS,
        LARGE_SHARE,
        CATASTROPHIC_SHARE,
        RIGID_EXPENSE_SHARE,
        DISPOSABLE_INCOME_PER_HEAD,
        ADULT_AGE,
    ),
    county_sentence="全家统计期内医疗负担(已扣除退费)累计{amount},最近一笔在{month},"
    "已达到按人均可支配收入推算的家庭年收入的预警比例",
    township_sentence="家里看病自己负担的费用({amount})按人口算比较重,最近一次在{month}",
    verify="家里实际收入和外债;看病还要花多少;谁在照料;可说明医疗救助和刚性支出困难家庭怎么申请",
    answered_by=("rigid_expense", "low_income_margin", "dibao", "tekun", "medical_aid"),
    worse={"settlement.personal_amount": Worse.HIGHER},
)
def family_burden_catastrophic(
    settlement: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Belongs to a family whose bills would be too large even if it lived on the average income."""
    bills = burden(settlement, limits.money_base, on, limits.window_days)
    carried = spoken_for(bills, people, limits.adult_age)
    borne = carried.group_by("household_id").aggregate(borne=_.amount.sum())
    families = borne.join(_sizes(people), "household_id")
    heavy = families.filter(_reaches(families, limits.large_share, limits))
    graded = heavy.select("household_id", "borne", severity=_severity(heavy, limits))
    proofs = carried.join(graded, "household_id")
    return proofs.select(
        "record_key",
        "severity",
        person_id=proofs.spoken_for_by,
        occurred_on=proofs.settled_on,
        measure=proofs.borne,
    )


def _sizes(people: Table) -> Table:
    """How many living members each family has."""
    return alive(in_families(people)).group_by("household_id").aggregate(members=_.count())


def _severity(heavy: Table, limits: SimpleNamespace) -> ibis.Value:
    return ibis.cases(
        (_reaches(heavy, limits.rigid_expense_share, limits), RED),
        (_reaches(heavy, limits.catastrophic_share, limits), YELLOW),
        else_=BLUE,
    )


def _reaches(families: Table, share: Decimal, limits: SimpleNamespace) -> ibis.Value:
    """Do the bills reach a share of what so many people live on at the average income?"""
    line = (share * limits.disposable_income_per_head).quantize(Decimal("0.01"))
    return families.borne >= families.members * yuan(line)
