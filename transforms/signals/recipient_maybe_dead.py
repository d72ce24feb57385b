"""Somebody in assistance is dead or reported dead (Q1). For people to check, never to stop.

The family is not forgotten over it: who is left behind is found by the death of an earner (D1).
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.assisted import standing
from transforms.periods import within
from transforms.signal import BLUE, LeadsTo, signal

KEPT_UP_TO_DATE = Reference(title="最低生活保障审核确认办法(民发〔2021〕57号)", article="动态管理")

POPULATION = Parameter(
    name="population",
    kind=ValueKind.CODES,
    unit="救助类别",
    means="需要人工复核的在册类别",
    reference=KEPT_UP_TO_DATE,
    flags_more_when=Worse.HIGHER,
    one_of=STANDING_CATEGORIES,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="死亡或登记死亡后多少天内仍提示复核",
    reference=KEPT_UP_TO_DATE,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="Q1",
    title="在册对象疑似去世",
    reference=KEPT_UP_TO_DATE,
    parameters=(POPULATION, WINDOW_DAYS),
    county_sentence="救助台账仍在册,{month}有死亡信息,请人工复核;不得据此自动停发",
    township_sentence="登记情况可能有变化,建议了解家里近况",
    verify="本人是否健在;如已去世,家里还有谁需要照顾",
    leads_to=LeadsTo.REVIEW,
    worse={"death.confirmed": ("pending", "confirmed")},
)
def recipient_maybe_dead(
    death: Table,
    resident: Table,
    assistance: Table,
    people: Table,
    limits: SimpleNamespace,
    on: date,
) -> Table:
    """Stands in assistance today though a death is confirmed (measure 2) or only reported (1).

    A report without a date of its own proves nothing, for it could never expire.
    """
    lost = people.filter(_.life_status.isin(["dead", "death_pending"]))
    recipients = lost.semi_join(standing(assistance, limits.population, on), "person_id").select(
        "person_id", certainty=ibis.ifelse(_.life_status == "dead", 2, 1)
    )
    reports = _reports(death, resident).filter(within(_.occurred_on, on, limits.window_days))
    doubted = reports.join(recipients, "person_id")
    return doubted.select(
        "person_id",
        "record_key",
        "occurred_on",
        measure=doubted.certainty,
        severity=ibis.literal(BLUE, "int8"),
    )


def _reports(death: Table, resident: Table) -> Table:
    """Every word of a death: of the offices that report one, and of the register."""
    registered = resident.filter(_.life_status.isin(["dead", "death_pending"]))
    return death.select(
        "person_id", "record_key", occurred_on=ibis.coalesce(death.died_on, death.reported_on)
    ).union(registered.select("person_id", "record_key", occurred_on=_.status_on))
