"""EM finds the classes it was drawn from, and a closer agreement is never worth less."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.learning import by_em, monotone, weights_of

CALM = settings(deadline=None, max_examples=60)
FIELDS = ("given", "born", "place", "trade")
LEVELS = dict.fromkeys(FIELDS, (0, 1, 2))


def drawn_patterns(matches, others, shared=2):
    """Candidate pairs: matches mostly agree; others share what made them candidates."""
    draw = np.random.default_rng(1)
    rows = [tuple(draw.choice(3, 4, p=[0.1, 0.1, 0.8]).tolist()) for _ in range(matches)]
    for _ in range(others):
        levels = draw.choice(3, 4, p=[0.9, 0.05, 0.05])
        levels[draw.choice(4, shared, replace=False)] = 2
        rows.append(tuple(levels.tolist()))
    return table(Counter(rows))


def table(counted):
    columns = {
        f"{name}_level": pa.array([levels[place] for levels in counted], pa.int8())
        for place, name in enumerate(FIELDS)
    }
    return pa.table(columns | {"pairs": pa.array(list(counted.values()), pa.int64())})


def test_em_finds_how_many_pairs_match():
    patterns = drawn_patterns(1000, 3000, shared=0)
    assert by_em(patterns, LEVELS).matches == pytest.approx(0.25, abs=0.02)


def test_equal_values_are_worth_more_than_near_ones_though_they_made_the_candidates():
    learned = by_em(drawn_patterns(1000, 3000), LEVELS)
    for levels in learned.weights.values():
        assert levels[0] < 0 < levels[2]
        assert levels[0] <= levels[1] <= levels[2]


def test_the_prior_expects_as_many_matches_as_were_found():
    patterns = drawn_patterns(1000, 3000)
    learned = by_em(patterns, LEVELS)
    odds = np.full(patterns.num_rows, float(learned.prior))
    for name in FIELDS:
        odds += [learned.weights[name][level] for level in patterns[f"{name}_level"].to_pylist()]
    pairs = patterns["pairs"].to_numpy()
    expected = (pairs / (1 + 2.0 ** (-odds / 1000))).sum() / pairs.sum()
    assert expected == pytest.approx(learned.matches, abs=0.01)


@CALM
@given(st.randoms(use_true_random=False))
def test_order_of_patterns_decides_nothing(chance):
    patterns = drawn_patterns(200, 600)
    order = list(range(patterns.num_rows))
    chance.shuffle(order)
    mixed, plain = by_em(patterns.take(order), LEVELS), by_em(patterns, LEVELS)
    assert mixed.weights == plain.weights
    assert mixed.prior == plain.prior


@pytest.mark.parametrize("pairs", [{(2, 2, 2, 2): 9}, {(0, 0, 0, 0): 9}, {(None,) * 4: 9}])
def test_tables_that_are_all_alike_break_nothing(pairs):
    learned = by_em(table(pairs), LEVELS)
    assert 0 < learned.matches < 1


@CALM
@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 500)), min_size=1, max_size=8))
def test_weights_never_fall(counted):
    m, u = (np.array(side, dtype=float) for side in zip(*counted, strict=True))
    weights = weights_of(m, u, range(len(counted)))
    assert list(weights.values()) == sorted(weights.values())


def test_a_level_that_no_pair_shows_is_worth_nothing_by_itself():
    assert weights_of(np.array([10.0, 0, 90]), np.array([90.0, 0, 10]), (0, 1, 2))[1] == 0


@CALM
@given(st.dictionaries(st.integers(0, 9), st.integers(-9, 9), min_size=1))
def test_weights_in_order_stay(weights):
    ordered = dict(zip(sorted(weights), sorted(weights.values()), strict=True))
    assert monotone(ordered) == ordered


def test_a_table_of_families_without_doubles_has_no_matches():
    """They share surname and place and differ in given name and birth: EM must not take that."""
    draw = np.random.default_rng(2)
    family, others = [0.02, 0.02, 0.96], [0.97, 0.02, 0.01]
    rows = Counter(
        tuple(int(draw.choice(3, p=odds)) for odds in (others, others, family, family))
        if chance < 0.5
        else tuple(int(draw.choice(3, p=[0.8, 0.05, 0.15])) for _ in range(4))
        for chance in draw.random(4000)
    )
    names = ["given_name", "birth", "surname", "postcode"]
    patterns = table(rows).rename_columns([*(f"{name}_level" for name in names), "pairs"])
    assert by_em(patterns, dict.fromkeys(names, (0, 1, 2))).matches < 0.01
