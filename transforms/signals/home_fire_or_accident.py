"""A fire or disaster at home, or an accident that hurt somebody (P1, P3).

Whoever only called for help is not the one it happened to. Somebody who has died since is spoken
for by a survivor, so that a worse outcome never clears what a lesser one raised.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import ibis
from ibis import _
from ibis.expr.types import Table

from data_contracts.policy.shared import ADULT_AGE
from data_contracts.policy.terms import Parameter, ValueKind, Worse
from data_contracts.terms import Reference
from transforms.living import alive, survivors
from transforms.periods import within
from transforms.signal import RED, YELLOW, signal

SUDDEN_HARDSHIP = Reference(title="国务院关于全面建立临时救助制度的通知(国发〔2014〕47号)")

WINDOW_DAYS = Parameter(
    name="window_days",
    kind=ValueKind.DAYS,
    unit="天",
    means="事发后多少天内仍作预警",
    reference=SUDDEN_HARDSHIP,
    flags_more_when=Worse.HIGHER,
)

_HARM = {"unharmed": 0, "injured": 1, "disabled": 2, "dead": 3}


@signal(
    code="P1/P3",
    title="家庭突遭意外",
    reference=SUDDEN_HARDSHIP,
    parameters=(WINDOW_DAYS, ADULT_AGE),
    county_sentence="{month}住处发生火灾或灾害,或家人在意外、交通事故中受伤、致残、身故",
    township_sentence="家中{month}遇到突发变故,生活可能受到影响",
    verify="住处能不能住;损失和赔付;伤者恢复情况;谁还能挣钱",
    answered_by=("temporary", "dibao"),
)
def home_fire_or_accident(
    incident: Table, people: Table, limits: SimpleNamespace, on: date
) -> Table:
    """Had a fire or disaster at home, or was hurt in an accident."""
    recent = incident.filter(within(_.occurred_on, on, limits.window_days))
    events = recent.mutate(harm=_harm(recent)).filter(_at_home(_) | _hurt(_))
    theirs = _spoken_for(events, people, limits.adult_age)
    return theirs.select(
        "record_key",
        "occurred_on",
        person_id=theirs.spoken_for_by,
        measure=theirs.harm,
        severity=ibis.ifelse(_at_home(theirs) | (theirs.harm >= 2), RED, YELLOW).cast("int8"),
    )


def _at_home(events: Table) -> ibis.Value:
    """Did fire or disaster strike the home of somebody who is not a mere caller?"""
    strikes = events.category.isin(["fire", "disaster"]) & (events.place_kind == "home")
    return (strikes & events.role.isin(["victim", "party", "owner"])).fill_null(False)


def _hurt(events: Table) -> ibis.Value:
    """Was somebody hurt in an accident?"""
    accident = events.category.isin(["accident", "traffic"]) & (events.harm >= 1)
    return (accident & events.role.isin(["victim", "party"])).fill_null(False)


def _harm(events: Table) -> ibis.Value:
    """How badly somebody was hurt; an outcome that nobody stated counts as none."""
    return ibis.cases(*((events.outcome == name, harm) for name, harm in _HARM.items()), else_=0)


def _spoken_for(events: Table, people: Table, adult_age: int) -> Table:
    """Each event with the living person who carries it; without one it is nobody's any more."""
    living = alive(people).select("person_id", alive_id=_.person_id)
    about = events.join(people.select("person_id", "household_id"), "person_id")
    carried = about.left_join(living, "person_id").left_join(
        survivors(people, adult_age), "household_id"
    )
    carriers = carried.mutate(spoken_for_by=ibis.coalesce(_.alive_id, _.survivor_id))
    return carriers.filter(_.spoken_for_by.notnull())
