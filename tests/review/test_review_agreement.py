"""Kappa and its standard error against figures printed in the literature."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.agreement import agreement, standard_error, wilson


def of_counts(counts):
    """The agreement of two raters whose table of counts this is."""
    labels = [str(at) for at in range(len(counts))]
    cells = [(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) for _ in range(n)]
    return agreement([labels[i] for i, _ in cells], [labels[j] for _, j in cells], labels)


@pytest.mark.parametrize(
    ("counts", "kappa", "error"),
    [
        pytest.param([[106, 10, 4], [22, 28, 10], [2, 12, 6]], 0.429, 0.0537, id="Fleiss 1969"),
        pytest.param([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.676, 0.0877, id="Fleiss 1981"),
        pytest.param([[20, 5], [10, 15]], 0.400, 0.1270, id="two labels"),
    ],
)
def test_printed_examples(counts, kappa, error):
    found = of_counts(counts)
    assert found.kappa == pytest.approx(kappa, abs=5e-4)
    assert standard_error(np.array(counts)) == pytest.approx(error, abs=5e-5)
    assert found.low <= kappa - 1.95 * error
    assert found.high >= kappa + 1.95 * error


def test_it_counts_what_was_said():
    found = agreement(["a", "a", "b"], ["a", "b", "b"], ["a", "b"])
    assert found.counts == ((1, 1), (0, 1))
    assert (found.pairs, found.agreed) == (3, 2)


def test_a_few_equal_answers_are_no_certainty():
    few = agreement(list("ababa"), list("ababa"), "ab")
    many = agreement(list("ab") * 200, list("ab") * 200, "ab")
    assert (few.kappa, few.high) == (1, 1)
    assert few.low < 0.3
    assert many.low > 0.95


def test_nothing_to_compare_and_one_single_label_have_no_kappa():
    assert agreement([], [], "ab").kappa is None
    alike = agreement("aaaa", "aaaa", "ab")
    assert (alike.agreed, alike.kappa, alike.low) == (4, None, None)


def test_chance_agreement_is_nought_and_contrariness_below():
    assert of_counts([[25, 25], [25, 25]]).kappa == pytest.approx(0)
    assert of_counts([[0, 50], [50, 0]]).kappa == pytest.approx(-1)


def test_wilsons_interval():
    assert wilson(8, 10) == pytest.approx((0.490, 0.943), abs=5e-4)
    assert wilson(0, 0) is None
    assert wilson(0, 5)[0] == pytest.approx(0, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=20))
def test_it_is_symmetric_and_lies_in_its_interval(pairs):
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    found, turned = agreement(first, second, "abc"), agreement(second, first, "abc")
    if found.kappa is None:
        assert turned.kappa is None
    else:
        assert turned.kappa == pytest.approx(found.kappa)
        assert -1 <= found.low <= found.kappa <= found.high <= 1
