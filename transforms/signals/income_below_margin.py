"""A family whose known income per head lies below the low-income margin (S6).

Known income is a proxy (see transforms/income.py), so the rule speaks only where it is known whole:
somebody has a wage or a benefit that stands in for one, no amount is unclear, and no adult who is not
old yet is unseen. So nothing is concluded about a family with a farmer, or one that has nothing but
residents' pensions: land and children are not seen. That there is no further income is a silence, and
believed only where both insurance records are complete and fresh.

Which standard applies is not known of every family, so everybody is held to the rural, lower one. A
family of which somebody stands in a category has had its income looked at, and is left out.
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
    DIBAO_STANDARD_RURAL,
    ELDER_AGE,
    STANDING_CATEGORIES,
)
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import standing
from transforms.coverage import Coverage
from transforms.income import benefits_paid, insured_wages, known_income
from transforms.living import alive, in_families
from transforms.money import yuan
from transforms.signal import BLUE, signal

MARGIN_LINE = Reference(
    title="低保边缘家庭认定办法", article="家庭人均收入低于当地最低生活保障标准的一定倍数"
)

MARGIN_MULTIPLE = Parameter(
    name="margin_multiple",
    kind=ValueKind.MULTIPLE,
    unit="倍低保标准",
    means="人均已知收入低于最低生活保障标准的多少倍即预警(不含)",
    reference=MARGIN_LINE,
    flags_more_when=Worse.HIGHER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="参保和待遇数据最近一次到数超过多少天即不再据以预警",
    reference=MARGIN_LINE,
    flags_more_when=Worse.HIGHER,
)
EXCLUDED_POPULATION = Parameter(
    name="excluded_population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="家中有人在册、收入已经核对过而不再预警的类别",
    reference=MARGIN_LINE,
    flags_more_when=Worse.LOWER,
    one_of=STANDING_CATEGORIES,
)


@signal(
    code="S6",
    title="已知收入低于低保边缘线",
    reference=MARGIN_LINE,
    parameters=(
        MARGIN_MULTIPLE,
        DIBAO_STANDARD_RURAL,
        WINDOW_DAYS,
        EXCLUDED_POPULATION,
        ADULT_AGE,
        ELDER_AGE,
    ),
    county_sentence="全家已知收入(缴费基数和待遇推算)按人口低于低保边缘线,每月共差{amount}",
    township_sentence="家里的固定收入按人口算可能偏低,日常生活情况建议了解一下",
    verify="有没有其他收入(种地、打工、经营、子女给的);看病上学等必要支出;可说明低保边缘家庭怎么申请",
    answered_by=("low_income_margin", "dibao", "tekun", "rigid_expense"),
    worse={"benefit.monthly_amount": Worse.LOWER},
)
def income_below_margin(
    enrolment: Table,
    benefit: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Has a wage or a benefit that keeps the family, as far as is known, below the margin."""
    poor = _below_the_margin(enrolment, benefit, people, limits, on)
    if not all(
        coverage.absence_tells(name) and coverage.has_come_within(name, limits.window_days)
        for name in ("enrolment", "benefit")
    ):
        poor = poor.limit(0)
    members = alive(in_families(people)).select("household_id", "person_id")
    helped = standing(assistance, limits.excluded_population, on)
    looked_at = in_families(people).semi_join(helped, "person_id")
    theirs = members.anti_join(looked_at, "household_id").join(poor, "household_id")
    proofs = _rows(enrolment, benefit, on).join(theirs, "person_id")
    return proofs.select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=proofs.lacking,
        severity=ibis.literal(BLUE, "int8"),
    )


def _below_the_margin(
    enrolment: Table, benefit: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """The families that are known whole and what each lacks, in yuan a month; never nothing."""
    incomes = known_income(
        enrolment, benefit, people, on, adult_age=limits.adult_age, elder_age=limits.elder_age
    )
    known = incomes.filter(_.earners + _.pensioners > 0, _.unclear == 0, _.unseen == 0)
    line = (limits.margin_multiple * limits.dibao_standard_rural).quantize(Decimal("0.01"))
    lacking = known.select("household_id", lacking=_.members * yuan(line) - _.monthly_known)
    return lacking.filter(_.lacking > 0)


def _rows(enrolment: Table, benefit: Table, on: date) -> Table:
    """The rows that show what is known of each person's income, with the day it began, if known."""
    wages = insured_wages(enrolment, on).filter(_.wage.notnull())
    paid = benefits_paid(benefit, on).filter(_.paid.notnull())
    return wages.select("person_id", "record_key", occurred_on=_.status_since).union(
        paid.select("person_id", "record_key", occurred_on=_.starts_on)
    )
