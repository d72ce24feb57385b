"""The benchmark of reach counts what it says it counts."""

from datetime import date

import pytest

from benchmarks.reach.baselines import Baseline, Seen
from benchmarks.reach.table import Reach, reach_table, yield_table
from benchmarks.reach.truth import Need, Truth
from benchmarks.reach.visitor import Call, Visitor

ON = date(2026, 11, 20)
SINCE = date(2026, 6, 1)
TOWN, OTHER = "370881101", "370881102"


@pytest.fixture
def truth() -> Truth:
    """Ten households of one township; 0, 1 and 2 are in need, 2 only from tomorrow; 9 has moved away."""
    needs = {
        0: Need("illness", SINCE, 3, visible=True),
        1: Need("want", SINCE, 1, visible=False),
        2: Need("fire", date(2026, 11, 21), 2, visible=True),
    }
    homes = {household: frozenset({TOWN}) for household in range(9)}
    return Truth(needs, {}, homes, {TOWN: list(range(9))}, world=None)


@pytest.mark.parametrize(
    ("household", "township", "code"),
    [(9, TOWN, "52"), (0, OTHER, "51"), (None, TOWN, "50")],
    ids=["left the county", "lives in another township", "nobody knows who it is"],
)
def test_a_wrong_door_reaches_nobody(truth, household, township, code):
    call = Visitor(truth, 1).call(household, township, ON)
    assert (call.met, call.code) == (False, code)


def test_who_is_met_in_need_is_helped_or_in_procedure_and_others_are_neither(truth):
    calls = [Visitor(truth, seed).call(one, TOWN, ON) for seed in range(40) for one in (0, 2, 5)]
    met = [call for call in calls if call.met]
    assert {call.code for call in met if call.household == 0} == {"14", "16", "20"}
    assert {call.code for call in met if call.household != 0} <= {"30", "31", "32", "33", "40"}
    assert 0.7 < len(met) / len(calls) < 0.95


def test_a_door_that_stayed_shut_has_new_luck_the_next_time(truth):
    visitor = Visitor(truth, 1)
    assert len({visitor.call(0, TOWN, ON).code for _ in range(30)}) > 3


def test_a_baseline_goes_to_the_highest_scores_first_and_to_nobody_twice(truth):
    scores = {4: 2.0, 7: 1.0}
    way = Baseline("flags", truth, 1, lambda _truth, _seen: scores)
    way.night(Seen(ON, {}), {TOWN: 1})
    way.night(Seen(ON, {}), {TOWN: 1})
    way.night(Seen(ON, {}), {TOWN: 20})
    households = [call.household for call in way.calls]
    assert households[:2] == [4, 7]
    assert sorted(households) == list(range(9))


def test_the_table_counts_a_household_once_and_only_if_met_in_need(truth):
    calls = [
        Call(0, ON, "14", met=True, in_need=True),
        Call(0, ON, "14", met=True, in_need=True),
        Call(1, ON, "53", met=False, in_need=True),
        Call(5, ON, "30", met=True, in_need=False),
    ]
    line = reach_table([Reach("way", calls)], truth).splitlines()[-1]
    assert line.split() == [
        *("way", "4", "3", "1", "25.0%", "33.3%"),
        *("0.0%", "0.0%", "100.0%", "50.0%", "0.0%"),
    ]


def test_a_signals_yield_is_the_share_of_flagged_households_in_need(truth):
    assert yield_table({"bill": {0, 3, 4, 5}}, truth).splitlines()[-1].split() == [
        *("bill", "4", "1", "25.0%")
    ]
