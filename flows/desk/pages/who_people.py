"""How steady the answers are, person by person; and one person's merges and splits through time."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response

from flows.access.roles import Role
from flows.desk.page import Page, Visit
from flows.desk.pages.who import ANSWERED
from flows.desk.permissions import Need
from flows.desk.person_history import changes_of
from flows.desk.words import N_
from flows.person_ids import MERGE, SPLIT
from flows.review.by_person import by_person, known_answers
from flows.review.known_pairs import KIND

_PERSON = re.compile(r"P[0-9]{4,12}")
KINDS = {MERGE: N_("并入"), SPLIT: N_("分出")}
REASONS = {
    "number": N_("按证件号"),
    "evidence": N_("按综合证据"),
    "answer": N_("按人工判断"),
}


def people(visit: Visit) -> Response:
    """Counts and kappa of every reviewer; whoever only reviews sees their own."""
    position = visit.ledger.position()
    known = [one for one in visit.ledger.decisions(position) if one["kind"] == KIND]
    measured = by_person(visit.ledger.answers(position), known_answers(known))
    sees_all = visit.account is not None and visit.account.role is Role.OFFICER
    return visit.show(
        "who_people.html.j2",
        people=[one for one in measured if sees_all or one.who == visit.who],
        answers=ANSWERED,
        shares=visit.home.config.review,
        history=_history(visit),
        kinds=KINDS,
        reasons=REASONS,
    )


def _history(visit: Visit) -> dict[str, Any] | None:
    """The merges and splits of the person asked for, by any id they ever bore."""
    asked = visit.asked("id").strip().upper()
    if not _PERSON.fullmatch(asked):
        return None
    visit.note("view person", on=asked)
    present = visit.ledger.resolve(asked)
    return {
        "asked": asked,
        "present": present,
        "known": visit.snapshot.one(
            "SELECT household_id FROM link WHERE person_id = ? ORDER BY record_key LIMIT 1", present
        ),
        "changes": changes_of(asked, visit.ledger.person_changes(visit.ledger.position())),
    }


PAGES = (Page("/who/people", people, needs=Need.REVIEW),)
