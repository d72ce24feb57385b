"""How long an order keeps others away from its household, and where its result sends it.

While nobody has answered, an order stands until it is overdue by `reissue_after_days`. After a
visit its result decides: help given rests longest, a door that stayed shut is tried again soon,
and so is one behind which somebody died, for those who are left.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from data_contracts.visit_results import Outcome, main_outcome
from transforms.escalated import ELSEWHERE, TO_COUNTY


@dataclass(frozen=True, kw_only=True)
class PauseRules:
    """The county's rules in days; every one is a shared parameter of its policy."""

    cool_down_days: int
    helped_pause_days: int
    procedure_days: int
    retry_days: int
    reissue_after_days: int


@dataclass(frozen=True, kw_only=True)
class Pause:
    """Until when (exclusive) an order stands, and where its household goes instead, if anywhere."""

    until: date
    goes_to: str | None = None


def while_open(due_on: date, rules: PauseRules) -> Pause:
    """An order that nobody has answered yet."""
    return Pause(until=due_on + timedelta(days=rules.reissue_after_days))


def after_visit(
    said: Collection[Outcome], visited_on: date, *, by_county: bool, rules: PauseRules
) -> Pause:
    """An order that was answered; `by_county` when the county had kept it for itself.

    Whatever else is `said`, one word that asks for the county is enough to go there.
    """
    if not by_county and not _FOR_COUNTY.isdisjoint(said):
        return Pause(until=visited_on, goes_to=TO_COUNTY)
    outcome = main_outcome(said)
    if outcome is Outcome.MOVED_WITHIN:
        return Pause(until=visited_on, goes_to=ELSEWHERE)
    return Pause(until=visited_on + timedelta(days=_days(outcome, rules)))


_FOR_COUNTY = frozenset({Outcome.NOT_FOUND, Outcome.MOVED_AWAY, Outcome.COUNTY})
_TRIED_AGAIN = frozenset(
    {Outcome.AWAY, Outcome.REFUSED, Outcome.NOT_FOUND, Outcome.MOVED_AWAY, Outcome.DIED}
)


def _days(outcome: Outcome, rules: PauseRules) -> int:
    if outcome in (Outcome.HELPED, Outcome.ALREADY_HELPED):
        return rules.helped_pause_days
    if outcome in (Outcome.IN_PROCEDURE, Outcome.COUNTY):
        return rules.procedure_days
    if outcome in _TRIED_AGAIN:
        return rules.retry_days
    return rules.cool_down_days
