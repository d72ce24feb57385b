"""A stay in hospital for a listed disease by somebody who had none before (M5).

Whether it is new can only be told where the hospital records go back far enough; the sentences
never say so, and the frame's `history` tells which claim our records can bear.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOCAL_DISEASE_LIST, SERIOUS_DISEASES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.diagnoses import with_listed_disease
from transforms.living import alive
from transforms.periods import before_window, within
from transforms.signal import YELLOW, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="出院后多少天内仍作预警",
    reference=LOCAL_DISEASE_LIST,
    flags_more_when=Worse.NEITHER,
)
HISTORY_DAYS = Parameter(
    name="history_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="此前多少天内没有同类住院才算新发",
    reference=LOCAL_DISEASE_LIST,
    flags_more_when=Worse.LOWER,
)


@signal(
    code="M5",
    title="重特大疾病住院",
    reference=LOCAL_DISEASE_LIST,
    parameters=(SERIOUS_DISEASES, WINDOW_DAYS, HISTORY_DAYS),
    county_sentence="{month}出院,病情属于本地重特大疾病目录所列疾病",
    township_sentence="家中有人{month}住院治疗,之后可能需要较长时间休养和照料",
    verify="能否继续劳动;后续治疗怎么安排;谁来照料;是否已申请医疗救助",
    answered_by=("medical_aid", "rigid_expense", "dibao", "tekun"),
    worse={},
    history=("admission", "history_days"),
)
def new_serious_disease(
    admission: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Was in hospital with a listed disease and, as far as is known, not with one before."""
    listed = with_listed_disease(admission, limits.serious_diseases)
    earlier = listed.filter(
        before_window(_.discharged_on, on, limits.window_days, limits.history_days)
    )
    recent = listed.filter(within(_.discharged_on, on, limits.window_days))
    first = recent.anti_join(earlier, "person_id").semi_join(alive(people), "person_id")
    return first.select(
        "person_id",
        "record_key",
        occurred_on=first.discharged_on,
        measure=ibis.literal(1),
        severity=ibis.literal(YELLOW, "int8"),
    )
