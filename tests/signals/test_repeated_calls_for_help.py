from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.repeated_calls_for_help import repeated_calls_for_help

LIMITS = SimpleNamespace(categories=("domestic_violence",), window_days=90, threshold_times=2)
EXAMPLE = {
    "incident": f"""
        record_key | person_id | category          | role   | occurred_on
        i1         | ana       | domestic_violence | victim | {days_ago(10)}
        i2         | ana       | domestic_violence | victim | {days_ago(89)}
        """
}
ANA = people("person_id | household_id\nana | h1")


def asked(*calls: str, who=ANA, limits=LIMITS):
    """Calls of ana as: category, role, day."""
    head = "record_key | person_id | category | role | occurred_on\n"
    text = "\n".join(f"i{at} | ana | {call}" for at, call in enumerate(calls))
    return ask(repeated_calls_for_help, who, limits, incident=facts("incident", head + text))


def call(days, category="domestic_violence", role="victim"):
    return f"{category} | {role} | {'' if days is None else days_ago(days)}"


def test_fires_at_the_second_call_and_counts_them():
    assert asked(call(10)) == []
    rows = asked(call(10), call(40), call(41))
    assert [(row["record_key"], row["severity"], row["measure"]) for row in rows] == [
        ("i0", 2, 3),
        ("i1", 2, 3),
        ("i2", 2, 3),
    ]


@pytest.mark.parametrize(
    ("days", "fires"), [(90, True), (91, False), (0, True), (-1, False), (None, False)]
)
def test_calls_expire_after_the_window(days, fires):
    assert bool(asked(call(30), call(days))) is fires


@pytest.mark.parametrize("category", ["other", "fire", "suicide", ""])
def test_calls_over_anything_not_listed_are_not_counted(category):
    assert asked(call(10), call(20, category)) == []


@pytest.mark.parametrize(
    ("role", "fires"),
    [("victim", True), ("party", True), ("caller", True), ("owner", False), ("", False)],
)
def test_the_roles_that_count(role, fires):
    assert bool(asked(call(10), call(20, role=role))) is fires


def test_one_event_in_two_roles_is_one_call_and_two_events_on_one_day_are_two():
    assert asked(call(10, role="caller"), call(10, role="victim")) == []
    assert flagged(asked(call(10), call(10))) == ["ana"]
    rows = asked(call(10, role="caller"), call(10), call(10))
    assert {int(row["measure"]) for row in rows} == {2}


def test_other_peoples_calls_are_their_own():
    head = "record_key | person_id | category | role | occurred_on\n"
    text = f"1 | ana | {call(10)}\n2 | ben | {call(20)}\n3 |  | {call(30)}"
    who = people("person_id | household_id\nana | h1\nben | h1")
    calls = facts("incident", head + text)
    assert ask(repeated_calls_for_help, who, LIMITS, incident=calls) == []


@pytest.mark.parametrize(
    ("status", "fires"), [("alive", True), ("death_pending", True), ("dead", False)]
)
def test_the_dead_are_not_flagged(status, fires):
    who = people(f"person_id | household_id | life_status\nana | h1 | {status}")
    assert bool(asked(call(10), call(20), who=who)) is fires


def test_a_county_that_lists_no_category_counts_nothing():
    none = SimpleNamespace(**{**vars(LIMITS), "categories": ()})
    assert asked(call(10), call(20), limits=none) == []


def test_nothing_of_it_reaches_a_township():
    assert repeated_calls_for_help.is_sensitive


CALLS = st.lists(
    st.tuples(st.integers(0, 95), st.sampled_from(["victim", "caller"])), min_size=2, max_size=5
)


@settings(max_examples=15, deadline=None)
@given(CALLS, st.integers(0, 90), st.sampled_from(["victim", "caller"]))
def test_a_further_call_never_clears_or_lowers(calls, days, role):
    drawn = [call(age, role=who) for age, who in calls]
    before = max((row["measure"] for row in asked(*drawn)), default=0)
    after = max((row["measure"] for row in asked(*drawn, call(days, role=role))), default=0)
    assert after >= before
