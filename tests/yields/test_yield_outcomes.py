"""What each result counts as."""

import pytest

from data_contracts.visit_results import VISIT_RESULTS
from flows.yields.outcomes import came_to, was_missed
from tests.yields.yield_tables import visit

NOTHING, VISITED, CONFIRMED, HELPED = (
    (False, False, False),
    (True, False, False),
    (True, True, False),
    (True, True, True),
)


@pytest.mark.parametrize(
    ("codes", "meaning"),
    [
        ("10", HELPED),
        ("18", HELPED),
        ("20", CONFIRMED),
        ("62", CONFIRMED),  # rightly found, but not newly helped
        ("90", CONFIRMED),
        ("30", VISITED),
        ("31", VISITED),
        ("32", VISITED),
        ("33", VISITED),
        ("40", VISITED),
        ("55", VISITED),
        ("60", VISITED),
        ("61", VISITED),
        ("50", NOTHING),
        ("51", NOTHING),
        ("52", NOTHING),
        ("53", NOTHING),
        ("54", NOTHING),
        ("20 15", HELPED),
        ("15 20", HELPED),
        ("53 20", CONFIRMED),
        ("61 51", NOTHING),
        ("30 90", CONFIRMED),
        ("15 90", HELPED),
        ("15 51", HELPED),
        ("12 55", VISITED),
        ("15 60", VISITED),
    ],
)
def test_what_a_result_counts_as(codes, meaning):
    assert came_to(visit("1", *codes.split())) == meaning


def test_an_order_without_a_result_is_not_visited():
    assert came_to(None) == NOTHING


def test_every_result_counts_as_something_nested():
    for code in VISIT_RESULTS:
        visited, confirmed, helped = came_to(visit("1", code))
        assert visited >= confirmed >= helped


@pytest.mark.parametrize(
    ("codes", "missed"),
    [
        ("15", True),
        ("20", True),
        ("90", True),
        ("62", False),  # on the rolls already
        ("62 20", False),
        ("30", False),
        ("53", False),
    ],
)
def test_missed_is_a_need_that_nobody_had_seen_to(codes, missed):
    assert was_missed(visit("1", *codes.split())) is missed


def test_nobody_is_missed_before_the_visit():
    assert was_missed(None) is False
