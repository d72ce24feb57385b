"""Somebody has lately been assessed as severely disabled (E1).

The day is that of the card, so that a disability that became graver counts as new, and so does a
card renewed after ten years: which of them it is, the visitor learns.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.disabilities import severe
from transforms.living import alive
from transforms.periods import within
from transforms.signal import YELLOW, signal

DISABILITY_ALLOWANCES = Reference(
    title="关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见(国发〔2015〕52号)"
)

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="发证后多少天内仍作预警",
    reference=DISABILITY_ALLOWANCES,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="E1",
    title="新评定重度残疾",
    reference=DISABILITY_ALLOWANCES,
    parameters=(WINDOW_DAYS,),
    county_sentence="{month}评定为重度残疾并发证(一、二级,或智力、精神三级;含等级加重和到期换证)",
    township_sentence="家中有成员可能需要长期照料,建议了解生活和照料上有什么难处",
    verify="是新办、加重还是换证;谁在照料;照料人能否外出做工;两项补贴是否已领取",
    answered_by=("dibao", "tekun", "low_income_margin", "rigid_expense", "other"),
    worse={"disability.disability_grade": ("4", "3", "2", "1")},
)
def newly_severely_disabled(
    disability: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Holds a valid card, issued within the window, of a severe disability."""
    cards = severe(disability, on, "3").filter(within(_.issued_on, on, limits.window_days))
    return cards.semi_join(alive(people), "person_id").select(
        "person_id",
        "record_key",
        occurred_on=_.issued_on,
        measure=5 - _.disability_grade.cast("int64"),
        severity=ibis.literal(YELLOW, "int8"),
    )
