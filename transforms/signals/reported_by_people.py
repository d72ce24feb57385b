"""A person told of the need: the hotline, the village, a visitor or the family itself (L1).

A lead that people bring walks the same road as one that the data bring: same household, same
order, never a second one. Of what was said only the kind is kept. An urgency nobody stated is none.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOW_INCOME_MONITORING
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.living import alive
from transforms.periods import within
from transforms.signal import RED, YELLOW, RenewedBy, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="反映后多少天内仍作预警",
    reference=LOW_INCOME_MONITORING,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="L1",
    title="群众反映有困难",
    reference=LOW_INCOME_MONITORING,
    parameters=(WINDOW_DAYS,),
    county_sentence="热线、村级或走访反映有困难,共{count}条,最近一次在{month}",
    township_sentence="{month}得知家里可能有难处,建议上门了解需要什么帮助",
    verify="难处是什么,有多急;家里几口人、靠什么生活;是否愿意申请帮助",
    answered_by=(
        "dibao",
        "tekun",
        "low_income_margin",
        "rigid_expense",
        "temporary",
        "medical_aid",
        "other",
    ),
    renewed_by=RenewedBy.EVENT,
    worse={"lead.urgent": ("no", "yes"), "lead": Worse.HIGHER},
)
def reported_by_people(lead: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """Is somebody of whom people said within the window that help is needed."""
    told = lead.filter(within(_.reported_on, on, limits.window_days))
    theirs = told.semi_join(alive(people), "person_id")
    is_urgent = (theirs.urgent == "yes").fill_null(False)
    return theirs.select(
        "person_id",
        "record_key",
        occurred_on=theirs.reported_on,
        measure=theirs.record_key.count().over(group_by="person_id"),
        severity=ibis.ifelse(is_urgent, RED, YELLOW).cast("int8"),
    )
