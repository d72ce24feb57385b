"""What happened to whom, as the police wrote it down: how bad it was and who can be asked about it."""

from __future__ import annotations

import ibis
from ibis import _
from ibis.expr.types import Table, Value

from transforms.living import alive, survivors

HARM = {"unharmed": 0, "injured": 1, "disabled": 2, "dead": 3}
"""Outcomes from good to bad."""


def harm(events: Table) -> Value:
    """How badly somebody was hurt; an outcome that nobody stated counts as none."""
    return ibis.cases(*((events.outcome == name, bad) for name, bad in HARM.items()), else_=0)


def spoken_for(events: Table, people: Table, adult_age: int) -> Table:
    """Each event with the living person who carries it (`spoken_for_by`).

    Somebody who has died is spoken for by a survivor, so that a worse outcome never clears what a
    lesser one raised; without a survivor it is nobody's any more.
    """
    living = alive(people).select("person_id", alive_id=_.person_id)
    about = events.join(people.select("person_id", "household_id"), "person_id")
    carried = about.left_join(living, "person_id").left_join(
        survivors(people, adult_age), "household_id"
    )
    carriers = carried.mutate(spoken_for_by=ibis.coalesce(_.alive_id, _.survivor_id))
    return carriers.filter(_.spoken_for_by.notnull())
