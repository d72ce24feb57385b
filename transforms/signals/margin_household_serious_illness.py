"""Serious illness or severe disability in a low-income-margin family (C1).

Whoever is ill or disabled there may be covered alone (单人保). A disability lasts as long as its
card is valid, so only stays and bills have a window.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import SERIOUS_DISEASES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import not_in, standing
from transforms.bills import burden
from transforms.diagnoses import with_listed_disease
from transforms.disabilities import severe
from transforms.living import alive, in_families
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import RED, signal

COVERED_ALONE = Reference(
    title="最低生活保障审核确认办法(民发〔2021〕57号)", article="低保边缘家庭中重病重残人员单独申请"
)

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="向前看多少天的住院和费用",
    reference=COVERED_ALONE,
    flags_more_when=Worse.HIGHER,
)
BURDEN_THRESHOLD = Parameter(
    name="burden_threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="低保边缘家庭成员累计个人负担达到多少即预警(含)",
    reference=COVERED_ALONE,
    flags_more_when=Worse.LOWER,
)


@signal(
    code="C1",
    title="低保边缘家庭重病重残",
    reference=COVERED_ALONE,
    parameters=(SERIOUS_DISEASES, WINDOW_DAYS, BURDEN_THRESHOLD),
    county_sentence="低保边缘家庭成员因目录所列疾病住院、医疗费累计负担较重或持重度残疾证"
    "(最近一项在{month}),尚未纳入低保",
    township_sentence="家中有人看病或照料的负担较重,可以说明单独申请救助的办法并询问意愿",
    verify="本人是否愿意申请;看病和照料的情况是否持续;家里的收入",
    answered_by=("dibao", "tekun"),
    worse={"admission": Worse.HIGHER, "disability.disability_grade": ("4", "3", "2", "1")},
)
def margin_household_serious_illness(
    assistance: Table,
    admission: Table,
    settlement: Table,
    disability: Table,
    people: Table,
    limits: SimpleNamespace,
    on: date,
) -> Table:
    """Is seriously ill, heavily charged or severely disabled in a margin family, without dibao."""
    margin = standing(assistance, ["low_income_margin"], on)
    uncovered = not_in(alive(people), assistance, ["dibao", "tekun"], on)
    members = uncovered.semi_join(_households(margin, people), "household_id").union(
        uncovered.semi_join(margin, "person_id"), distinct=True
    )
    proofs = ibis.union(
        _stays(admission, limits, on),
        _charges(settlement, limits, on),
        _cards(disability, on),
    )
    theirs = proofs.semi_join(members, "person_id")
    return theirs.mutate(severity=ibis.literal(RED, "int8"))


def _households(margin: Table, people: Table) -> Table:
    """The families of which a member stands in the register as low-income margin."""
    return in_families(people).semi_join(margin, "person_id").select("household_id").distinct()


def _stays(admission: Table, limits: SimpleNamespace, on: date) -> Table:
    listed = with_listed_disease(admission, limits.serious_diseases)
    recent = listed.filter(within(_.discharged_on, on, limits.window_days))
    return recent.select(
        "person_id",
        "record_key",
        occurred_on=_.discharged_on,
        measure=ibis.literal(0, "decimal(16, 2)"),
    )


def _charges(settlement: Table, limits: SimpleNamespace, on: date) -> Table:
    bills = burden(settlement, "personal_amount", on, limits.window_days)
    heavy = bills.filter(bills.person_total >= yuan(limits.burden_threshold))
    return heavy.select(
        "person_id",
        "record_key",
        occurred_on=heavy.settled_on,
        measure=heavy.person_total.cast("decimal(16, 2)"),
    )


def _cards(disability: Table, on: date) -> Table:
    """Grade one or two, of intellectual and mental disability also three."""
    return severe(disability, on, "3").select(
        "person_id",
        "record_key",
        occurred_on=_.issued_on,
        measure=ibis.literal(0, "decimal(16, 2)"),
    )
