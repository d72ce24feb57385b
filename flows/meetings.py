"""一事一议: which cases were put before several departments, what was decided, and what came of it.

Every step is an entry of the ledger that no night reads. A case hangs on the persons of the household
as it was when it was picked, so that it survives a merge of households; every entry names them, so
that what was written about somebody who is erased can be found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

PICKED, DROPPED = "desk_meeting_picked", "desk_meeting_dropped"
DECIDED, FED_BACK = "desk_meeting_decided", "desk_meeting_fed_back"
KINDS = (PICKED, DROPPED, DECIDED, FED_BACK)


@dataclass(frozen=True, kw_only=True)
class Feedback:
    """What the owner of a decision reported."""

    said: str
    is_done: bool
    who: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """One case on the agenda of one day. `number` is the ledger's entry that picked it.

    decision, owner and due are the last that were recorded; empty until the meeting has decided.
    """

    number: int
    on: date
    household_id: str
    persons: tuple[str, ...]
    reason: str
    who: str
    at: str
    decision: str = ""
    owner: str = ""
    due: date | None = None
    feedback: tuple[Feedback, ...] = ()
    is_dropped: bool = False

    @property
    def is_done(self) -> bool:
        """Whether the last feedback says that all was done."""
        return bool(self.feedback) and self.feedback[-1].is_done


def items(rows: Iterable[Mapping[str, Any]]) -> list[Item]:
    """The cases that the ledger's entries (entry, kind, body) come to, in the order of picking."""
    found: dict[int, Item] = {}
    for row in rows:
        body = row["body"]
        if row["kind"] == PICKED:
            found[row["entry"]] = _picked(row["entry"], body)
        else:
            found[body["item"]] = _moved(found[body["item"]], row["kind"], body)
    return [one for one in found.values() if not one.is_dropped]


def overdue(known: Sequence[Item], today: date) -> list[Item]:
    """Decisions past their day that nobody has reported as done, the oldest first."""
    late = [one for one in known if one.due and one.due < today and not one.is_done]
    return sorted(late, key=lambda one: (str(one.due), one.number))


def undecided(known: Sequence[Item], today: date) -> list[Item]:
    """Cases whose meeting day has passed without a decision."""
    return [one for one in known if one.on < today and one.due is None]


def _picked(entry: int, body: Mapping[str, Any]) -> Item:
    return Item(
        number=entry,
        on=date.fromisoformat(body["on"]),
        household_id=body["household_id"],
        persons=tuple(body["persons"]),
        reason=body["reason"],
        who=body["who"],
        at=body["at"],
    )


def _moved(one: Item, kind: str, body: Mapping[str, Any]) -> Item:
    if kind == DROPPED:
        return replace(one, is_dropped=True)
    if kind == DECIDED:
        due = date.fromisoformat(body["due"])
        return replace(one, decision=body["decision"], owner=body["owner"], due=due)
    said = Feedback(said=body["said"], is_done=body["is_done"], who=body["who"], at=body["at"])
    return replace(one, feedback=(*one.feedback, said))
