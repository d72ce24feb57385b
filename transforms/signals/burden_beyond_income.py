"""Medical bills within the policy's scope that outgrow what a family is known to earn (M7).

Known income is a proxy (see transforms/income.py), so the rule speaks only where it is known whole:
something is known, no wage or benefit is unclear, and no adult who is not old yet is unseen, which a
farmer or an odd-jobber is. That nobody has further income is a silence, and believed only where the
insurance records are complete and fresh. A bill whose amounts in scope are null adds nothing.

A patient's bills still burden the family after the patient's death; a survivor then carries them.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import ADULT_AGE, ELDER_AGE, STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import not_in
from transforms.bills import MONEY_BASES, burden
from transforms.coverage import Coverage
from transforms.events import spoken_for
from transforms.income import known_income
from transforms.living import alive
from transforms.money import yuan
from transforms.signal import RED, signal

RIGID_SPENDING = Reference(
    title="刚性支出困难家庭认定办法", article="医疗等刚性支出占家庭收入的比例由各地规定"
)

MONEY_BASE = Parameter(
    name="money_base",
    kind=ValueKind.CODE,
    unit="口径",
    means="按哪种金额累计:认定刚性支出用政策范围内负担",
    reference=RIGID_SPENDING,
    flags_more_when=Worse.NEITHER,
    one_of=tuple(MONEY_BASES),
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前累计多少天的结算,与一年的已知收入相比",
    reference=RIGID_SPENDING,
    flags_more_when=Worse.HIGHER,
)
INCOME_SHARE = Parameter(
    name="income_share",
    kind=ValueKind.SHARE,
    unit="占已知年收入的比例",
    means="全家累计负担达到已知年收入的多大比例即预警(含)",
    reference=RIGID_SPENDING,
    flags_more_when=Worse.LOWER,
)
LEAST_BURDEN = Parameter(
    name="least_burden",
    kind=ValueKind.MONEY,
    unit="元",
    means="全家累计负担不到多少不作预警,以免收入很低的家庭小病即预警",
    reference=RIGID_SPENDING,
    flags_more_when=Worse.LOWER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="已有保障、不再预警的在册类别",
    reference=RIGID_SPENDING,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)


@signal(
    code="M7",
    title="医疗负担超过收入承受",
    reference=RIGID_SPENDING,
    parameters=(
        MONEY_BASE,
        WINDOW_DAYS,
        INCOME_SHARE,
        LEAST_BURDEN,
        EXCLUDED_POPULATION,
        ADULT_AGE,
        ELDER_AGE,
    ),
    county_sentence="全家统计期内政策范围内医疗负担累计{amount},最近一笔在{month},"
    "已达到已知年收入(缴费基数和待遇推算)的预警比例",
    township_sentence="家中看病自己负担的费用({amount})与收入相比较重,最近一次在{month}",
    verify="家里实际收入(种地、打工、经营);看病和上学等必要支出;可说明刚性支出困难家庭怎么申请",
    answered_by=("rigid_expense", "low_income_margin", "dibao", "tekun", "medical_aid"),
    worse={"settlement.in_scope_amount": Worse.HIGHER},
)
def burden_beyond_income(
    settlement: Table,
    enrolment: Table,
    benefit: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Belongs to a family whose bills take up a large share of a year's known income."""
    bills = burden(settlement, limits.money_base, on, limits.window_days)
    carried = spoken_for(bills, people, limits.adult_age)
    borne = carried.group_by("household_id").aggregate(borne=_.amount.sum())
    incomes = _known_whole(enrolment, benefit, people, limits, on)
    if not (coverage.absence_tells("enrolment") and coverage.absence_tells("benefit")):
        incomes = incomes.limit(0)
    # Multiplied by whole numbers, so that no engine rounds the share or a division.
    part, whole = (12 * limits.income_share).as_integer_ratio()
    heavy = borne.join(incomes, "household_id").filter(
        _.borne >= yuan(limits.least_burden), _.borne * whole >= _.monthly_known * part
    )
    population = not_in(alive(people), assistance, limits.excluded_population, on)
    theirs = carried.join(heavy.select("household_id", "borne"), "household_id")
    proofs = theirs.semi_join(population, theirs.spoken_for_by == population.person_id)
    return proofs.select(
        "record_key",
        person_id=proofs.spoken_for_by,
        occurred_on=proofs.settled_on,
        measure=proofs.borne,
        severity=ibis.literal(RED, "int8"),
    )


def _known_whole(
    enrolment: Table, benefit: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """The families with a known income of which no part is unclear or unseen."""
    incomes = known_income(
        enrolment, benefit, people, on, adult_age=limits.adult_age, elder_age=limits.elder_age
    )
    return incomes.filter(_.monthly_known > 0, _.unclear == 0, _.unseen == 0)
