"""Somebody does not live where they are registered (A1): a note on where to go, not a need."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOCAL_WORK_RULE
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.living import alive
from transforms.periods import within
from transforms.signal import BLUE, LeadsTo, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="人户分离登记后多少天内仍提示",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="A1",
    title="人户分离",
    reference=LOCAL_WORK_RULE,
    parameters=(WINDOW_DAYS,),
    county_sentence="登记为人户分离(状态日期{month}),户籍地不是现住地",
    township_sentence="可能不住在户籍地址,建议先电话联系、了解现在住在哪里",
    verify="现在住在哪里;和谁一起住;以后怎样联系",
    leads_to=LeadsTo.NOTE,
    worse={"resident.lives_at_registered_address": ("yes", "no")},
)
def lives_elsewhere_than_registered(
    resident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Is registered here and said by the register to live elsewhere.

    Guests are left out, they live elsewhere by definition. An unknown address mark or date of the
    entry proves nothing.
    """
    away = resident.filter(
        _.person_type == "registered",
        _.life_status == "normal",
        _.lives_at_registered_address == "no",
        within(_.status_on, on, limits.window_days),
    ).semi_join(alive(people), "person_id")
    return away.select(
        "person_id",
        "record_key",
        occurred_on=away.status_on,
        measure=ibis.literal(1),
        severity=ibis.literal(BLUE, "int8"),
    )
