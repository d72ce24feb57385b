"""A family that is already helped has to bear heavy bills or serious illness as well (C4)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import STANDING_CATEGORIES, SUDDEN_HARDSHIP
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.assisted import standing
from transforms.periods import within
from transforms.signal import YELLOW, signal
from transforms.together import with_households

BURDENS = ("heavy_bills_without_aid", "new_serious_disease", "large_single_admission")
"""The signals that tell of a burden which standing assistance was not made for."""

POPULATION = Parameter(
    name="population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="家中有人在册即视为已在救助的类别",
    reference=SUDDEN_HARDSHIP,
    flags_more_when=Worse.HIGHER,
    one_of=STANDING_CATEGORIES,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="新增负担发生后多少天内仍作预警",
    reference=SUDDEN_HARDSHIP,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="C4",
    title="在册家庭新增负担",
    reference=SUDDEN_HARDSHIP,
    parameters=(POPULATION, WINDOW_DAYS),
    county_sentence="家中有人在享救助,又出现较大医疗负担或重特大疾病住院({count}类),最近一次在{month}",
    township_sentence="家里近来看病的负担又加重了,建议了解现有的帮助是否够用",
    verify="费用是怎么筹的;现有救助是否够用;能否申请临时救助或医疗救助",
    answered_by=("temporary", "medical_aid"),
    worse={},
)
def recipient_household_newly_burdened(
    found: Table, assistance: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Bears a new medical burden in a family of which a living member is in assistance.

    Carried by whoever bears the burden. A burden of unknown date is not known to be new.
    """
    recipients = with_households(standing(assistance, limits.population, on), people)
    recent = found.filter(_.signal.isin(BURDENS), within(_.occurred_on, on, limits.window_days))
    burdens = with_households(recent, people).semi_join(recipients, "household_id")
    kinds = burdens.group_by("household_id").aggregate(kinds=_.signal.nunique())
    counted = burdens.join(kinds, "household_id")
    return counted.select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=counted.kinds,
        severity=ibis.literal(YELLOW, "int8"),
    )
