"""Intervals against published figures and against themselves."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.estimates import (
    Clustered,
    Estimate,
    clopper_pearson,
    count_of_events,
    difference,
    precision,
    recall,
    summed,
)


def independent(hits, records):
    return Clustered(records, hits, hits, hits, records)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (0, 10, 0.0, 0.3085),  # 1 - 0.025 ** (1 / 10)
        (10, 10, 0.6915, 1.0),
        (8, 10, 0.4439, 0.9748),
        (1, 20, 0.0013, 0.2487),
    ],
)
def test_clopper_pearson_gives_the_tabled_interval(hits, total, low, high):
    assert clopper_pearson(hits, total) == pytest.approx((low, high), abs=5e-5)


def test_nothing_has_no_interval():
    assert clopper_pearson(0, 0) is None


@given(st.integers(0, 60), st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_clopper_pearson_holds_the_share_and_mirrors_itself(hits, misses):
    if hits + misses:
        low, high = clopper_pearson(hits, hits + misses)
        assert 0 <= low <= hits / (hits + misses) <= high <= 1
        assert clopper_pearson(misses, hits + misses) == pytest.approx((1 - high, 1 - low))


def test_the_difference_of_two_shares_is_newcombes():
    # Newcombe 1998, table II, method 10, example (a): 56/70 - 48/80
    found = difference(independent(56, 70), independent(48, 80))
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_more_comparisons_ask_for_more():
    once = difference(independent(56, 70), independent(48, 80))
    often = difference(independent(56, 70), independent(48, 80), 100)
    assert often.low < 0 < once.low


def test_ten_records_of_one_person_are_one_witness():
    # 10 people of 10 records each, 5 people all hits
    alike = Clustered(100, 50, 500, 500, 1000)
    assert alike.effective == pytest.approx(10)
    assert independent(50, 100).effective == 100


def test_where_nobody_is_hit_a_cluster_speaks_with_one_voice():
    assert Clustered(100, 0, 0, 0, 1000).effective == 10


def test_few_events_are_told_by_poisson_and_many_by_their_variance():
    assert count_of_events(0.0, 0.0) == Estimate(0.0, 0.0, 0.0)
    assert count_of_events(3.0, 3.0) == Estimate(3.0, 0.0, 7.0)
    many = count_of_events(10_000.0, 2_500.0)
    assert many.low == pytest.approx(10_000 - 1.96 * 50, abs=0.1)


@given(st.floats(0, 5000))
@settings(max_examples=25, deadline=None)
def test_a_count_lies_in_its_interval(expected):
    found = count_of_events(expected, expected / 2)
    assert 0 <= found.low <= found.value <= found.high
    assert math.isfinite(found.high)


def test_a_sum_of_estimates_is_surer_than_its_parts():
    found = summed([Estimate(10, 7, 14), Estimate(20, 16, 23)])
    assert (found.value, found.low, found.high) == (30, 25, 35)
    assert summed([]) == Estimate(0, 0, 0)


def test_precision_and_recall_of_counts():
    false, missed = Estimate(10, 5, 20), Estimate(30, 20, 40)
    assert precision(100, false) == Estimate(0.9, 0.8, 0.95)
    found = recall(100, false, missed)
    assert (found.value, found.low, found.high) == pytest.approx((90 / 120, 80 / 120, 95 / 115))
    assert precision(0, false) is None
    assert recall(0, Estimate(0, 0, 0), Estimate(0, 0, 0)) is None
