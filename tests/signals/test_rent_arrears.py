from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.rent_arrears import rent_arrears

LIMITS = SimpleNamespace(threshold_months=3, window_days=120)
EXAMPLE = {
    "tenancy": f"""
        record_key | person_id | arrears_months | reported_on
        t1         | ana       | 3              | {days_ago(115)}
        t2         | cho       | 2              | {days_ago(125)}
        """,
}
ANA = people("person_id | household_id\nana | h1")


def asked(months, status="active", days=10, who=ANA):
    head = "record_key | person_id | arrears_months | lease_status | reported_on\n"
    lease = facts("tenancy", f"{head}t | ana | {months} | {status} | {days_ago(days)}")
    return ask(rent_arrears, who, LIMITS, tenancy=lease)


@pytest.mark.parametrize(("months", "fires"), [(2, False), (3, True), (22, True), ("", False)])
def test_fires_from_the_threshold_on_and_unknown_months_do_not(months, fires):
    assert bool(asked(months)) is fires


def test_is_yellow_and_measures_the_months():
    (row,) = asked(17)
    assert (row["severity"], int(row["measure"])) == (2, 17)


@pytest.mark.parametrize(("status", "fires"), [("active", True), ("", True), ("ended", False)])
def test_a_lease_that_has_ended_is_over_and_an_unknown_one_is_not(status, fires):
    assert bool(asked(3, status)) is fires


@pytest.mark.parametrize(("days", "fires"), [(120, True), (121, False), (0, True), (-1, False)])
def test_expires_after_the_window(days, fires):
    assert bool(asked(3, days=days)) is fires


def test_the_dead_are_not_flagged():
    assert asked(5, who=people("person_id | household_id | life_status\nana | h1 | dead")) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(3, 60), st.integers(0, 60))
def test_longer_arrears_never_clear_or_rank_lower(months, more):
    (before,), (after,) = asked(months), asked(months + more)
    assert after["severity"] >= before["severity"]
    assert after["measure"] >= before["measure"]
