from datetime import date

import pytest

from data_contracts.visit_results import Outcome
from transforms.pauses import Pause, PauseRules, after_visit, while_open

VISITED = date(2026, 11, 1)
RULES = PauseRules(
    cool_down_days=1, helped_pause_days=2, procedure_days=3, retry_days=4, reissue_after_days=5
)

UNTIL = {
    Outcome.HELPED: 2,
    Outcome.ALREADY_HELPED: 2,
    Outcome.IN_PROCEDURE: 3,
    Outcome.COUNTY: 3,
    Outcome.AWAY: 4,
    Outcome.REFUSED: 4,
    Outcome.NOT_FOUND: 4,
    Outcome.MOVED_AWAY: 4,
    Outcome.NOT_ELIGIBLE: 1,
    Outcome.RELIEVED: 1,
    Outcome.UNWILLING: 1,
    Outcome.DIED: 4,
    Outcome.WRONG_PERSON: 1,
    Outcome.WRONG_DATA: 1,
}
"""How many days each outcome rests when nobody else has to take the household over."""

SENT_TO_COUNTY = (Outcome.NOT_FOUND, Outcome.MOVED_AWAY, Outcome.COUNTY)


def test_an_open_order_stands_until_it_is_overdue_by_the_days_of_the_policy():
    assert while_open(date(2026, 11, 10), RULES) == Pause(until=date(2026, 11, 15))


def test_every_outcome_is_told_here():
    assert {*UNTIL, Outcome.MOVED_WITHIN} == set(Outcome)


@pytest.mark.parametrize("outcome", [one for one in UNTIL if one not in SENT_TO_COUNTY])
@pytest.mark.parametrize("by_county", [True, False])
def test_an_outcome_rests_for_its_own_days_whoever_went(outcome, by_county):
    pause = after_visit({outcome}, VISITED, by_county=by_county, rules=RULES)
    assert pause == Pause(until=date(2026, 11, 1 + UNTIL[outcome]))


@pytest.mark.parametrize("outcome", SENT_TO_COUNTY)
def test_what_a_township_cannot_settle_goes_to_the_county_at_once_and_comes_back_from_it_never(
    outcome,
):
    sent = after_visit({outcome}, VISITED, by_county=False, rules=RULES)
    assert sent == Pause(until=VISITED, goes_to="county")
    kept = after_visit({outcome}, VISITED, by_county=True, rules=RULES)
    assert kept == Pause(until=date(2026, 11, 1 + UNTIL[outcome]))


@pytest.mark.parametrize("by_county", [True, False])
def test_who_moved_within_the_county_is_sought_where_they_live_now(by_county):
    pause = after_visit({Outcome.MOVED_WITHIN}, VISITED, by_county=by_county, rules=RULES)
    assert pause == Pause(until=VISITED, goes_to="elsewhere")


@pytest.mark.parametrize("asks", SENT_TO_COUNTY)
@pytest.mark.parametrize("other", [one for one in Outcome if one not in SENT_TO_COUNTY])
def test_one_word_that_asks_for_the_county_is_enough(asks, other):
    pause = after_visit([other, asks], VISITED, by_county=False, rules=RULES)
    assert pause == Pause(until=VISITED, goes_to="county")


@pytest.mark.parametrize(
    ("said", "pause"),
    [
        ((Outcome.NOT_ELIGIBLE, Outcome.HELPED), Pause(until=date(2026, 11, 3))),
        ((Outcome.HELPED, Outcome.IN_PROCEDURE), Pause(until=date(2026, 11, 3))),
        ((Outcome.HELPED, Outcome.MOVED_WITHIN), Pause(until=date(2026, 11, 3))),
        ((Outcome.HELPED, Outcome.DIED), Pause(until=date(2026, 11, 5))),
        ((Outcome.HELPED, Outcome.COUNTY), Pause(until=date(2026, 11, 4))),
        ((Outcome.NOT_ELIGIBLE, Outcome.MOVED_WITHIN), Pause(until=VISITED, goes_to="elsewhere")),
    ],
)
def test_what_the_county_was_told_together_rests_by_what_it_came_to(said, pause):
    assert after_visit(said, VISITED, by_county=True, rules=RULES) == pause
