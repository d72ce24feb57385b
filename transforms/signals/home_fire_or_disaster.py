"""A fire or disaster that struck a home (P3). Whoever only called for help is not the one it struck."""

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
    code="P3",
    title="住处遭遇火灾或灾害",
    reference=SUDDEN_HARDSHIP,
    parameters=(WINDOW_DAYS, ADULT_AGE),
    county_sentence="{month}住处发生火灾或灾害",
    township_sentence="家中{month}遇到突发变故,住处和生活可能受到影响",
    verify="住处能不能住;损失和赔付;家人是否平安;谁还能挣钱",
    answered_by=("temporary", "dibao"),
    renewed_by=RenewedBy.EVENT,
    worse={"incident.outcome": tuple(HARM)},
)
def home_fire_or_disaster(
    incident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Had a fire or disaster at home."""
    struck = incident.filter(
        within(_.occurred_on, on, limits.window_days),
        _.category.isin(["fire", "disaster"]),
        _.place_kind == "home",
        _.role.isin(["victim", "party", "owner"]),
    )
    theirs = spoken_for(struck.mutate(harm=harm(struck)), people, limits.adult_age)
    return theirs.select(
        "record_key",
        "occurred_on",
        person_id=theirs.spoken_for_by,
        measure=theirs.harm,
        severity=ibis.literal(RED, "int8"),
    )
