"""How a night honours what officers decided at the desk."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from flows.desk_marks import WORDS, Marks, decided, marks, member_rows, number
from flows.tonight import Tonight


def marks_of(tonight: Tonight) -> Marks:
    """What stood when the night was asked for."""
    rows = tonight.ledger.decisions(tonight.inputs.ledger_position)
    known = [one for one in decided(rows) if one.on <= tonight.inputs.night]
    return marks(known, tonight.minted.person_into)


def say_who_paused(tonight: Tonight, standing: Marks) -> None:
    """In `worklist`, a household that rests because of an officer says so, not that it was visited."""
    told = [
        (number(one), one.until, f"{WORDS[one.kind]}至 {one.until},期间没有新的情况")
        for one in standing.pauses
    ]
    if not told:
        return
    schema = {"order_no": pl.String, "until": pl.Date, "words": pl.String}
    frames = {
        "desk_pause": pl.DataFrame(told, schema=schema, orient="row"),
        "desk_pause_member": member_rows(standing, tonight.minted.person_into),
    }
    for name, frame in frames.items():
        tonight.engine.register(name, frame.to_arrow())
    tonight.engine.duckdb.execute(
        """
        UPDATE worklist SET state_reason = paused.words
        FROM (SELECT household_id, until, max(words) AS words
              FROM desk_pause JOIN desk_pause_member USING (order_no)
              JOIN people USING (person_id) GROUP BY household_id, until) AS paused
        WHERE worklist.state = 'resting' AND paused.household_id = worklist.household_id
          AND paused.until = worklist.rests_until
        """
    )


def named_visitors(tonight: Tonight, households: Sequence[str]) -> list[str | None]:
    """The visitor that an officer named for each household; of several members' the first by id."""
    named = marks_of(tonight).visitors
    if not named:
        return [None] * len(households)
    rows = tonight.rows(
        "SELECT household_id, person_id FROM people WHERE household_id IN "
        "(SELECT household_id FROM worklist) ORDER BY household_id, person_id DESC"
    )
    found = {
        row["household_id"]: named[row["person_id"]] for row in rows if row["person_id"] in named
    }
    return [found.get(household) for household in households]
