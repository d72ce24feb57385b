"""A family of old people only, one of whom is seriously ill: who cares for whom? (D4).

That nobody younger lives with them is a silence of the register, believed only where it is complete
and fresh, and only for people whom it knows.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import ELDER_AGE, LOW_INCOME_MONITORING, SERIOUS_DISEASES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.coverage import Coverage
from transforms.diagnoses import with_listed_disease
from transforms.living import alive, in_families
from transforms.periods import within
from transforms.signal import YELLOW, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="重特大疾病出院后多少天内仍作预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="D4",
    title="纯老年家庭照料重病成员",
    reference=LOW_INCOME_MONITORING,
    parameters=(ELDER_AGE, SERIOUS_DISEASES, WINDOW_DAYS),
    county_sentence="登记的家庭成员均为老年人,其中{count}人患目录所列疾病,最近一次出院在{month}",
    township_sentence="家里登记的都是老人,其中有人{month}住院治疗,建议了解日常由谁照料",
    verify="实际和谁住;谁在照料、能否顶得住;子女是否常来;护理和药费怎么解决",
    answered_by=("dibao", "tekun", "low_income_margin", "rigid_expense", "medical_aid"),
    worse={"admission": Worse.HIGHER, "people.age": Worse.HIGHER},
)
def elders_caring_for_ill(
    admission: Table, people: Table, limits: SimpleNamespace, coverage: Coverage, on: date
) -> Table:
    """Is seriously ill in a family of two or more living members, all of whom are old.

    One member of unknown age is enough to know nothing. The measure is how many are ill.
    """
    members = _old_families(alive(in_families(people)), limits)
    if not coverage.absence_tells("resident"):
        members = members.limit(0)
    ill = _ill(admission, limits, on).join(members, "person_id")
    counted = ill.group_by("household_id").aggregate(ill=_.person_id.nunique())
    return ill.join(counted, "household_id").select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=_.ill,
        severity=ibis.literal(YELLOW, "int8"),
    )


def _old_families(members: Table, limits: SimpleNamespace) -> Table:
    """The members, known to the register, of families of two or more in which everybody is old."""
    is_old = (_.age >= limits.elder_age).fill_null(False)
    sizes = members.group_by("household_id").aggregate(
        members=_.count(), old=is_old.cast("int64").sum()
    )
    old = sizes.filter(_.members >= 2, _.old == _.members)
    return (
        members.filter(_.in_register)
        .semi_join(old, "household_id")
        .select("person_id", "household_id")
    )


def _ill(admission: Table, limits: SimpleNamespace, on: date) -> Table:
    """The rows that prove a serious illness: person_id, record_key, occurred_on."""
    listed = with_listed_disease(admission, limits.serious_diseases)
    recent = listed.filter(within(_.discharged_on, on, limits.window_days))
    return recent.select("person_id", "record_key", occurred_on=_.discharged_on)
