"""How many are missed, from random visits among those of whom nothing was found."""

import numpy as np
import pytest

from flows.yields.misses import confirmed_share
from tests.yields.yield_tables import told

SAMPLE = """
  times | signal        | issued | result
  3     | random_sample | 20     | helped
  1     | random_sample | 20     | procedure
  36    | random_sample | 20     | too_rich
  8     | random_sample | 20     | gone
  2     | random_sample | 1      |
"""


def test_the_estimate_is_the_share_of_those_reached_times_all_unflagged():
    found = told(SAMPLE, unflagged=8000)["misses"]
    assert (found["issued"], found["visited"], found["confirmed"]) == (50, 40, 4)
    # Clopper-Pearson of 4 in 40: 2.793 % to 23.664 %
    assert found["households"] == {"estimate": 800, "low": 223, "high": 1894}
    assert found["words_zh"] == "估计遗漏 800 户(95% 区间 223 到 1,894)。"


def test_the_sample_is_no_part_of_the_funnel():
    assert told(SAMPLE)["total"]["counts"]["orders"] == 0


def test_nobody_in_need_among_n_means_less_than_three_in_n():
    found = told(
        "times | signal | issued | result\n 60 | random_sample | 9 | too_rich", unflagged=9000
    )
    assert found["misses"]["households"] == {"estimate": 0, "low": 0, "high": 450}


def test_who_is_on_the_rolls_already_was_not_missed():
    found = told(
        """
        times | signal        | issued | result
        5     | random_sample | 9      | known
        95    | random_sample | 9      | too_rich
        """,
        unflagged=200_000,
    )["misses"]
    assert (found["visited"], found["confirmed"]) == (100, 0)
    assert found["households"] == {"estimate": 0, "low": 0, "high": 6000}


def test_without_visits_there_is_no_estimate():
    found = told("times | signal | issued | result\n 5 | random_sample | 9 | gone", unflagged=9000)
    assert found["misses"]["households"] is None
    assert "无法估计" in found["misses"]["words_zh"]


@pytest.mark.parametrize(
    ("confirmed", "visited", "low", "high"),
    [(5, 10, 0.1871, 0.8129), (0, 2, 0, 1), (10, 10, 0.6915, 1)],
)
def test_intervals_of_the_share(confirmed, visited, low, high):
    found = confirmed_share(confirmed, visited)
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("missed", [20, 200, 2000])
def test_the_interval_covers_the_truth_nearly_always(missed):
    everybody, drawn = 20_000, 400
    rng = np.random.default_rng(missed)
    covered = 0
    for _ in range(100):
        found = confirmed_share(int(rng.hypergeometric(missed, everybody - missed, drawn)), drawn)
        covered += found.low * everybody <= missed <= found.high * everybody
    assert covered >= 90
