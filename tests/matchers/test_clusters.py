"""Who is one person, from the weights of pairs: nothing chains, and no order of rows decides."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.clusters import NOT_COMPARED, average_linkage, components

CALM = settings(deadline=None, max_examples=60)
PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
    st.integers(-8, 8).map(lambda bits: bits * 1000),
    min_size=1,
    max_size=30,
)


def table(pairs):
    return pa.table(
        {
            "left": pa.array([left for left, _ in pairs], pa.int64()),
            "right": pa.array([right for _, right in pairs], pa.int64()),
            "weight": pa.array(list(pairs.values()), pa.int64()),
        }
    )


def groups(found):
    """The groups of more than one."""
    homes: dict[int, set[int]] = {}
    for row in found.to_pylist():
        homes.setdefault(row["root"], set()).add(row["node"])
    return {frozenset(home) for home in homes.values() if len(home) > 1}


def test_components_follow_every_link():
    assert groups(components(table({(1, 2): 0, (2, 3): 0, (7, 8): 0}))) == {
        frozenset({1, 2, 3}),
        frozenset({7, 8}),
    }


def test_one_wrong_link_does_not_make_two_people_one():
    people = dict.fromkeys([(1, 2), (1, 3), (2, 3), (4, 5), (4, 6), (5, 6)], 5000)
    bridge = {(3, 4): 1000}
    assert groups(average_linkage(table(people | bridge))) == {
        frozenset({1, 2, 3}),
        frozenset({4, 5, 6}),
    }


def test_records_that_share_no_key_come_together_through_others():
    assert groups(average_linkage(table({(1, 2): 9000, (2, 3): 8000}))) == {frozenset({1, 2, 3})}


def test_equally_near_but_contradicting_records_stay_apart():
    assert groups(average_linkage(table({(1, 2): 4000, (2, 3): 4000, (1, 3): -99_000}))) == set()


def test_nothing_compared_is_nobody_together():
    empty = table({(1, 2): 1}).slice(0, 0)
    assert average_linkage(empty).num_rows == 0


@CALM
@given(PAIRS, st.randoms(use_true_random=False))
def test_order_and_numbers_of_rows_decide_nothing(pairs, chance):
    numbers = list(range(10))
    chance.shuffle(numbers)
    renamed = [
        ((*sorted((numbers[left], numbers[right])),), weight)
        for (left, right), weight in pairs.items()
    ]
    random.Random(chance.random()).shuffle(renamed)
    plain = groups(average_linkage(table(pairs)))
    mixed = groups(average_linkage(table(dict(renamed))))
    assert mixed == {frozenset(numbers[node] for node in group) for group in plain}


@CALM
@given(PAIRS, st.integers(-2, 4).map(lambda bits: bits * 1000))
def test_the_mean_within_a_pair_of_joined_records_was_enough(pairs, least):
    for group in groups(average_linkage(table(pairs), least)):
        if len(group) == 2:
            assert pairs[tuple(sorted(group))] >= least
        inside = [
            pairs.get((left, right), NOT_COMPARED)
            for left in group
            for right in group
            if left < right
        ]
        assert sum(inside) / len(inside) >= least


@CALM
@given(PAIRS)
def test_a_stranger_changes_nothing(pairs):
    assert groups(average_linkage(table(pairs | {(20, 21): -5000}))) == groups(
        average_linkage(table(pairs))
    )
