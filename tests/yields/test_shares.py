"""Intervals against published values, and what raises an alarm."""

import pytest

from flows.yields.shares import Interval, median_ratio, middle_of, ratio, share


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (5, 10, 0.2366, 0.7634),
        # Newcombe, Statist. Med. 17 (1998) 857-872, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_wilsons_interval(hits, total, low, high):
    found = share(hits, total)
    assert found.value == hits / total
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_of_nothing_there_is_no_share():
    assert share(0, 0) is None


def test_a_ratio_turned_round_is_its_inverse():
    one, other = ratio(30, 100, 60, 150), ratio(60, 150, 30, 100)
    assert one.value == pytest.approx(0.75)
    assert (one.low, one.high) == pytest.approx((1 / other.high, 1 / other.low))
    # by hand: ln((30.5/100.5)/(60.5/150.5)) -+ 1.96 sqrt(1/30.5 - 1/100.5 + 1/60.5 - 1/150.5)
    assert (one.low, one.high) == pytest.approx((0.52959, 1.07619), abs=1e-5)


@pytest.mark.parametrize("counts", [(3, 10, 0, 10), (0, 0, 3, 10), (3, 10, 0, 0)])
def test_a_ratio_to_nothing_is_not_told(counts):
    assert ratio(*counts) is None


def test_none_of_many_still_has_an_interval():
    found = ratio(0, 100, 50, 100)
    assert found.value == 0
    assert 0 < found.low < found.high < 0.2


@pytest.mark.parametrize(
    ("low", "high", "alarms"),
    [
        (0.70, 0.79, True),
        (0.70, 0.80, False),
        (0.70, 1.30, False),
        (1.25, 1.60, False),
        (1.26, 1.60, True),
        (0.95, 1.05, False),
    ],
)
def test_only_an_interval_wholly_beyond_the_band_alarms(low, high, alarms):
    assert Interval((low + high) / 2, low, high).alarms is alarms


def test_a_median_lies_between_order_statistics():
    assert middle_of(range(1, 17)) == Interval(8.5, 4, 13)  # binomial(16, 1/2): 97.9 %
    assert middle_of([3, 9]) == Interval(6, 3, 9)
    assert middle_of([]) is None


def test_waiting_is_compared_with_everybody_else():
    assert median_ratio([20] * 30, [10] * 50) == Interval(2, 2, 2)
    assert median_ratio([20], [0, 0]) is None
    assert median_ratio([], [5]) is None
