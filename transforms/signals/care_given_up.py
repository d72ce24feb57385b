"""Treatment that was paid without any insurance, or broken off against advice (M9).

A null way of paying is not 'self' and a null way of leaving is not 'against advice'; a null cost or
diagnosis reaches nothing. Why it happened is for the visitor to hear: somebody else may be liable.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import LOCAL_WORK_RULE, SERIOUS_DISEASES
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.diagnoses import with_listed_disease
from transforms.living import alive
from transforms.money import yuan
from transforms.periods import within
from transforms.signal import YELLOW, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="出院后多少天内仍作预警",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.HIGHER,
)
COST_THRESHOLD = Parameter(
    name="cost_threshold",
    kind=ValueKind.MONEY,
    unit="元",
    means="全自费住院总费用达到多少即预警(含)",
    reference=LOCAL_WORK_RULE,
    flags_more_when=Worse.LOWER,
)


@signal(
    code="M9",
    title="全自费或放弃治疗出院",
    reference=LOCAL_WORK_RULE,
    parameters=(WINDOW_DAYS, COST_THRESHOLD, SERIOUS_DISEASES),
    county_sentence="{month}出院:全自费且总费用较高,或患目录所列疾病而非医嘱离院",
    township_sentence="家里{month}以来的生活和开支可能有些困难,建议了解近况",
    verify="是否参保、为何没有报销;现在身体怎样、还要不要看;钱从哪里来;有没有该由别人承担的费用",
    answered_by=("medical_aid", "temporary", "dibao", "tekun", "rigid_expense"),
    worse={"admission.total_cost": Worse.HIGHER, "admission": Worse.HIGHER},
)
def care_given_up(admission: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """Left hospital having paid everything alone, or against advice with a listed disease."""
    theirs = admission.semi_join(alive(people), "person_id")
    recent = theirs.filter(within(_.discharged_on, on, limits.window_days))
    paid_alone = recent.filter(_.pay_mode == "self", _.total_cost >= yuan(limits.cost_threshold))
    broken_off = with_listed_disease(recent, limits.serious_diseases).filter(
        _.discharge_mode == "against_advice"
    )
    given_up = paid_alone.union(broken_off, distinct=True)
    return given_up.select(
        "person_id",
        "record_key",
        occurred_on=given_up.discharged_on,
        measure=given_up.total_cost.fill_null(0),
        severity=ibis.literal(YELLOW, "int8"),
    )
