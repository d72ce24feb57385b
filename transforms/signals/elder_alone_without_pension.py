"""An old person registered alone to whom nobody pays a pension worth the name (D3).

Whoever is of advanced age, or is paid nothing at all, comes before the others.
Both halves are silences: no other member in the register, no payment in the benefit records. They
are only believed where those sources are complete and fresh.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING, STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import not_in
from transforms.coverage import Coverage
from transforms.living import alive, in_families
from transforms.money import yuan
from transforms.signal import BLUE, YELLOW, signal

ADVANCED_AGE_ALLOWANCE = Reference(
    title="中华人民共和国老年人权益保障法(2018年12月29日修正)",
    article="第三十三条 八十周岁以上低收入老年人高龄津贴",
)

ALONE_FROM_AGE = Parameter(
    name="alone_from_age",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="独居多少岁起作预警(含)",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
ADVANCED_AGE = Parameter(
    name="advanced_age",
    kind=ValueKind.COUNT,
    unit="周岁",
    means="独居多少岁起为黄色(含);未满此龄而有少量待遇的为蓝色",
    reference=ADVANCED_AGE_ALLOWANCE,
    flags_more_when=Worse.LOWER,
)
PENSION_FLOOR = Parameter(
    name="pension_floor",
    kind=ValueKind.MONEY,
    unit="元/月",
    means="各项待遇合计不超过多少视同没有养老金;可取农村最低生活保障标准",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
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
    code="D3",
    title="老人独居且养老待遇很低",
    reference=LOW_INCOME_MONITORING,
    parameters=(ALONE_FROM_AGE, ADVANCED_AGE, PENSION_FLOOR, WINDOW_DAYS, EXCLUDED_POPULATION),
    county_sentence="{age}岁,登记为一人户,待遇发放记录中没有养老金或低于预警线",
    township_sentence="老人({age}岁)登记为独自居住,生活来源和日常照料情况需要了解",
    verify="实际和谁住;子女赡养情况;一日三餐和看病;为何没有领待遇",
    answered_by=("dibao", "tekun"),
    worse={"people.age": Worse.HIGHER, "benefit.monthly_amount": Worse.LOWER},
)
def elder_alone_without_pension(
    resident: Table,
    benefit: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    coverage: Coverage,
    on: date,
) -> Table:
    """Is old, registered alone in a household and is paid no pension worth the name.

    The measure is what is lacking to the floor, so that a smaller pension never measures less.
    """
    rows = resident.filter(
        _.person_type == "registered",
        _.life_status == "normal",
        (_.lives_at_registered_address != "no").fill_null(True),
    )
    has_come = coverage.has_come_within("resident", limits.window_days)
    if not (has_come and all(map(coverage.absence_tells, ("benefit", "resident")))):
        rows = rows.limit(0)
    elders = not_in(_alone(people), assistance, limits.excluded_population, on).filter(
        _.age >= limits.alone_from_age, _.in_register
    )
    paid = _paid(benefit, on)
    found = rows.inner_join(elders.select("person_id", "age"), "person_id").left_join(
        paid, "person_id"
    )
    monthly = found.monthly.fill_null(0)
    poor = found.filter(found.unclear.fill_null(0) == 0, monthly <= yuan(limits.pension_floor))
    comes_first = (poor.age >= limits.advanced_age) | (poor.monthly.fill_null(0) == 0)
    return poor.select(
        "person_id",
        "record_key",
        occurred_on=poor.status_on,
        measure=yuan(limits.pension_floor) - poor.monthly.fill_null(0),
        severity=ibis.ifelse(comes_first, YELLOW, BLUE).cast("int8"),
    )


def _alone(people: Table) -> Table:
    """The living who share their household with nobody living."""
    members = alive(in_families(people))
    sizes = members.group_by("household_id").aggregate(living=_.count())
    return members.semi_join(sizes.filter(_.living == 1), "household_id")


def _paid(benefit: Table, on: date) -> Table:
    """What each person is paid a month, and how many payments nobody can put a figure to."""
    stopped = benefit.benefit_status.isin(["suspended", "stopped"])
    is_unpaid = stopped | (benefit.ends_on <= on) | (benefit.starts_on > on)
    current = benefit.filter(~is_unpaid.fill_null(False))
    is_clear = (current.benefit_status == "paying") & current.monthly_amount.notnull()
    return current.group_by("person_id").aggregate(
        monthly=current.monthly_amount.sum(),
        unclear=(~is_clear.fill_null(False)).cast("int64").sum(),
    )
