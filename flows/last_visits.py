"""What came of the last visit to each household, in one line for the next visitor."""

from __future__ import annotations

from data_contracts.visit_results import VISIT_RESULTS
from flows.cases import Case
from flows.returns.taken import Visit
from flows.tonight import Tonight


def last_visits(tonight: Tonight, known: list[Case]) -> dict[str, str]:
    """household_id to its last visit in words; a household never visited is not in it."""
    homes = {
        row["person_id"]: row["household_id"]
        for row in tonight.rows(
            "SELECT person_id, household_id FROM people "
            "WHERE household_id IN (SELECT household_id FROM worklist)"
        )
    }
    into = tonight.minted.person_into
    latest: dict[str, Visit] = {}
    for case in known:
        if case.visit is None:
            continue
        for person in case.order.members:
            home = homes.get(into.get(person, person))
            if home and (home not in latest or latest[home].visited_on <= case.visit.visited_on):
                latest[home] = case.visit
    return {home: in_words(visit) for home, visit in latest.items()}


def in_words(visit: Visit) -> str:
    """A visit in one line: the day, the conclusions, the sum that was granted."""
    conclusions = "、".join(VISIT_RESULTS[code].words for code in visit.codes)
    sum_granted = f",{visit.amount.normalize():f}元" if visit.amount else ""
    return f"{visit.visited_on} 走访:{conclusions}{sum_granted}"
