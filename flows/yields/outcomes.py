"""What a result means for the yield: was the door answered, was the hardship real, did help come.

Confirmed is what showed a real need, whoever had seen to it: a household that was helped long ago
(已在保) was rightly found but is not newly helped. 困难已缓解 and 本人不愿申请 tell of a visit and not of
a need, so they are visited only; so are a death and wrong data, because the warning led to nobody.
"""

from __future__ import annotations

from data_contracts.visit_results import VISIT_RESULTS, Outcome
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
    """Visited, confirmed, helped; of several conclusions the one that says most counts."""
    said = {VISIT_RESULTS[code].outcome for code in visit.codes} if visit else set()
    return bool(said - NOT_REACHED), bool(said & CONFIRMED), Outcome.HELPED in said
