"""Somebody of the family was hurt or killed in an accident, in traffic or elsewhere (P1)."""

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
from transforms.signal import RED, YELLOW, RenewedBy, signal

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="事发后多少天内仍作预警",
    reference=SUDDEN_HARDSHIP,
    flags_more_when=Worse.HIGHER,
)


@signal(
    code="P1",
    title="意外或交通事故伤亡",
    reference=SUDDEN_HARDSHIP,
    parameters=(WINDOW_DAYS, ADULT_AGE),
    county_sentence="{month}家人在意外或交通事故中受伤、致残或身故",
    township_sentence="家中{month}遇到突发变故,生活可能受到影响",
    verify="恢复情况;赔付是否到位;谁在照料;家里谁还能挣钱",
    answered_by=("temporary", "dibao"),
    renewed_by=RenewedBy.EVENT,
    worse={"incident.outcome": tuple(HARM)},
)
def hurt_in_accident(incident: Table, people: Table, limits: SimpleNamespace, on: date) -> Table:
    """Was hurt, disabled or killed in an accident."""
    accidents = incident.filter(
        within(_.occurred_on, on, limits.window_days),
        _.category.isin(["accident", "traffic"]),
        _.role.isin(["victim", "party"]),
    )
    hurt = accidents.mutate(harm=harm(accidents)).filter(_.harm >= HARM["injured"])
    theirs = spoken_for(hurt, people, limits.adult_age)
    return theirs.select(
        "record_key",
        "occurred_on",
        person_id=theirs.spoken_for_by,
        measure=theirs.harm,
        severity=ibis.ifelse(theirs.harm >= HARM["disabled"], RED, YELLOW).cast("int8"),
    )
