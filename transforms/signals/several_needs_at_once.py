"""Several kinds of need come together in one family (X1)."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING, STANDING_CATEGORIES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.periods import within
from transforms.signal import RED, YELLOW, signal
from transforms.together import with_households

NEEDS = ("M", "D", "S", "R", "P", "C")
"""The families of findings that are needs of their own."""

FAMILIES_TOGETHER = Parameter(
    name="families_together",
    kind=ValueKind.COUNT,
    unit="类",
    means="黄色及以上的困难同时达到多少类即预警(含)",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.LOWER,
)
WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="发生后多少天内的困难才算同时出现",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="X1",
    title="多重困难叠加",
    reference=LOW_INCOME_MONITORING,
    parameters=(FAMILIES_TOGETHER, WINDOW_DAYS),
    county_sentence="家庭同时出现多项困难(涉及{count}类;重病又有大额住院、失去依靠又有其他困难的,不满规定类数也预警),最近一次在{month}",
    township_sentence="家里近来的日子可能比较难,建议尽快了解",
    verify="眼下最急的是什么;谁在支撑这个家;哪些部门可以一起帮",
    answered_by=(*STANDING_CATEGORIES, "temporary"),
    worse={},
)
def several_needs_at_once(found: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """Lives in a family with needs of several kinds, each of them yellow or worse, at one time.

    It is also enough that dependants have lost their support and there is any other such need, or
    that a serious disease comes with a large stay in hospital. A need of unknown date is not known
    to be of the same time. One member carries it: whose need is worst, then most proven.
    """
    recent = found.filter(_.family.isin(NEEDS), within(_.occurred_on, on, limits.window_days))
    grave = recent.filter((_.severity >= YELLOW) | (_.family == "D"))
    needs = with_households(grave, people)
    several = needs.join(_coming_together(needs, limits), "household_id")
    carried = several.join(_carriers(needs), "household_id")
    return carried.select(
        "record_key",
        "occurred_on",
        person_id=carried.carrier_id,
        measure=carried.families,
        severity=ibis.literal(RED, "int8"),
    )


def _coming_together(needs: Table, limits: SimpleNamespace) -> Table:
    """The households whose needs add up, with how many families of need they have."""
    counted = needs.group_by("household_id").aggregate(
        families=_.family.nunique(),
        is_bereft=(_.family == "D").any(),
        is_ill=(_.signal == "new_serious_disease").any(),
        has_large_stay=(_.signal == "large_single_admission").any(),
    )
    return counted.filter(
        (_.families >= limits.families_together)
        | (_.is_bereft & (_.families >= 2))
        | (_.is_ill & _.has_large_stay)
    )


def _carriers(needs: Table) -> Table:
    """The member of each household whose need is worst, then most proven, then of the least id."""
    members = needs.group_by("household_id", "person_id").aggregate(
        worst=_.severity.max(), proofs=_.record_key.nunique()
    )
    worst_first = ibis.window(
        group_by="household_id", order_by=[_.worst.desc(), _.proofs.desc(), _.person_id]
    )
    placed = members.mutate(place=ibis.row_number().over(worst_first))
    return placed.filter(_.place == 0).select("household_id", carrier_id=_.person_id)
