"""The measuring around the matcher: costs, sums, and parts that are taken out by name."""

from __future__ import annotations

import sys

import pytest

from benchmarks.matching.ablation import DISTINCT, NUMBER_PARTS, VARIATIONS, left_of
from benchmarks.matching.adversaries import CITIES
from benchmarks.matching.city.rates import RATES
from benchmarks.matching.measured import Cost, measured
from benchmarks.matching.run import cost, splink_costs
from matchers import linkage
from matchers.candidates import LAST, STRONG, WEAK


@pytest.mark.parametrize("name", VARIATIONS)
def test_what_a_variation_replaces_is_there(name):
    for module, part in VARIATIONS[name]:
        assert hasattr(module, part)


def test_a_wave_keeps_a_key():
    assert left_of(STRONG, ["name_bag", *NUMBER_PARTS]) == STRONG[:1]
    assert [key.name for key in left_of(LAST, ["place"])] == [
        "birth date and sex",
        "birth date and postcode",
    ]
    assert all("last_four" not in key.known for key in DISTINCT[linkage, "WEAK"])
    assert len(DISTINCT[linkage, "WEAK"]) == len(WEAK) - 1


def test_exchanged_kinds_exist():
    swaps = [told[1] for told in CITIES.values() if told[:1] == ("--swap",)]
    assert swaps
    for swap in swaps:
        assert {*swap.split("=")} <= {*RATES}


def test_a_cost_is_of_the_command_alone(tmp_path):
    used = measured([sys.executable, "-c", "sum(range(3_000_000))"], tmp_path / "log")
    assert 0 < used.cpu <= 2 * used.wall
    assert 0 < used.peak_gb < 1


def test_a_failing_command_ends_the_benchmark(tmp_path):
    with pytest.raises(SystemExit, match="no such city"):
        measured([sys.executable, "-c", "raise SystemExit('no such city')"], tmp_path / "log")


def test_splink_pays_for_one_clustering_only():
    times = {
        "clean": (1, 2), "train": (100, 200), "predict": (10, 20),
        "cluster 0.5": (7, 7), "cluster 0.99": (3, 4), "peak_gb": 5.0,
    }  # fmt: skip
    stored, whole = splink_costs(times, "0.99")
    assert stored == Cost(14, 26, 5.0)
    assert whole == Cost(114, 226, 5.0)


def test_a_line_of_costs():
    assert cost("x", Cost(10, 5, 1), floor=Cost(4, 4, 1)).split() == [
        "x",
        "10.00",
        "5.00",
        "1.00",
        "2.5",
    ]
