"""What a result means for the yield: was the door answered, was the hardship real, did help come.

Confirmed is what showed a real need, whoever had seen to it: a household that was helped long ago
(已在保) was rightly found but is not newly helped. 困难已缓解 and 本人不愿申请 tell of a visit and not of
a need, so they are visited only; so are a death and wrong data, because the warning led to nobody.
Of several conclusions the one counts that the case goes by, so that both tell the same.
"""

from __future__ import annotations

from data_contracts.visit_results import Outcome, main_outcome, said_by
from flows.returns.taken import Visit

NOT_REACHED = frozenset(
    {
        Outcome.NOT_FOUND,
        Outcome.MOVED_WITHIN,
        Outcome.MOVED_AWAY,
        Outcome.AWAY,
        Outcome.REFUSED,
    }
)
"""Nobody could judge: these say nothing about the warning, good or bad."""

CONFIRMED = frozenset(
    {Outcome.HELPED, Outcome.IN_PROCEDURE, Outcome.COUNTY, Outcome.ALREADY_HELPED}
)


def came_to(visit: Visit | None) -> tuple[bool, bool, bool]:
    """Visited, confirmed, helped; help beside a further step for the county is help that came."""
    if visit is None:
        return False, False, False
    said = said_by(visit.codes)
    outcome = main_outcome(said)
    confirmed = outcome in CONFIRMED
    return outcome not in NOT_REACHED, confirmed, confirmed and Outcome.HELPED in said


def was_missed(visit: Visit | None) -> bool:
    """Whether a random visit found a need that nobody had seen to: with 早已在保 somebody had."""
    if visit is None:
        return False
    said = said_by(visit.codes)
    return main_outcome(said) in CONFIRMED and Outcome.ALREADY_HELPED not in said
