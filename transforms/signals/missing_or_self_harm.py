"""Somebody of the family tried to end their life, went missing or was abandoned (P5).

The township learns nothing of it: the county decides who speaks with the family, and how.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import ADULT_AGE, SUDDEN_HARDSHIP
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from transforms.events import HARM, harm, spoken_for
from transforms.periods import within
from transforms.signal import RED, RenewedBy, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="事发后多少天内仍作预警",
    reference=SUDDEN_HARDSHIP,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="P5",
    title="轻生、走失或遗弃",
    reference=SUDDEN_HARDSHIP,
    parameters=(WINDOW_DAYS, ADULT_AGE),
    county_sentence="{month}家人有轻生、走失或遭遗弃的警情,只限县级掌握,由专人联系",
    township_sentence=None,
    verify="由县级安排的专人了解家里近况、谁在照料、需要什么帮助,不说明来由",
    answered_by=("temporary", "dibao", "tekun"),
    renewed_by=RenewedBy.EVENT,
    worse={"incident.outcome": tuple(HARM)},
)
def missing_or_self_harm(
    incident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Has harmed themself, gone missing or been abandoned; a survivor speaks for the dead.

    Whoever only called for help, or whose part in it nobody stated, is not the one it happened to.
    """
    events = incident.filter(
        within(_.occurred_on, on, limits.window_days),
        _.category.isin(["suicide", "missing", "abandonment"]),
        _.role.isin(["victim", "party"]),
    )
    theirs = spoken_for(events.mutate(harm=harm(events)), people, limits.adult_age)
    return theirs.select(
        "record_key",
        "occurred_on",
        person_id=theirs.spoken_for_by,
        measure=theirs.harm,
        severity=ibis.literal(RED, "int8"),
    )
