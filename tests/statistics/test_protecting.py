"""Nobody can work out a count of 1 to 7 from what is told."""

from collections import defaultdict
from itertools import combinations_with_replacement, product

import pytest

from flows.statistics.protecting import SLACK, protected, rounded
from flows.statistics.small import is_small


def column(*counts):
    """The one stage of some places, with their sum behind."""
    table = protected([(count,) for count in counts])
    return [*(row[0] for row in table.rows), table.total[0]]


@pytest.mark.parametrize(
    ("count", "told"), [(8, 10), (12, 10), (13, 15), (17, 15), (18, 20), (100, 100)]
)
def test_a_count_above_seven_is_rounded_to_five(count, told):
    assert rounded(count) == told
    assert column(count, 100) == [told, 100, rounded(count + 100)]


@pytest.mark.parametrize("count", [0, 1, 7])
def test_up_to_seven_is_hidden_and_the_smallest_other_keeps_it_company(count):
    assert column(count, 30, 20, 100) == [None, 30, None, 100, rounded(150 + count)]


@pytest.mark.parametrize(
    ("counts", "total"),
    [
        ([4], None),
        ([3, 4], None),  # the sum is small itself
        ([7, 7], None),  # 15 - 2 leaves neither the other way
        ([7, 3], None),  # 8 to 12: one of them is somebody's at least
        ([5, 4, 3], 10),
        ([7, 7, 7, 7], None),  # 28 is as much as four small ones can be
        ([5, 5, 5, 5], 20),
    ],
)
def test_a_sum_of_small_counts_is_told_only_if_each_could_be_nought(counts, total):
    assert column(*counts) == [*[None] * len(counts), total]


def test_a_small_count_beside_a_single_large_one_hides_all():
    assert column(3, 20) == [None, None, 25]


def test_what_is_hidden_at_a_stage_stays_hidden():
    table = protected([(20, 20), (3, 0), (40, 9), (50, 30)])
    assert table.rows == ((None, None), (None, None), (40, 10), (50, 30))
    assert table.total == (115, 60)


def worked_out(tables, told_of):
    """Of tables that are told alike, the small counts that all of them share.

    The reader of this test's kind knows how it is hidden, too, and every table there could be.
    """
    alike = defaultdict(list)
    for table in tables:
        alike[told_of(table)].append(table)
    return [
        (shared[0], told)
        for told, origins in alike.items()
        for counts in zip(*origins, strict=True)
        if len(shared := sorted(set(counts))) == 1 and is_small(shared[0])
    ]


@pytest.mark.parametrize(("places", "most"), [(1, 60), (2, 45), (3, 22), (4, 13)])
def test_who_knows_the_method_works_out_no_small_count_of_a_column(places, most):
    tables = product(range(most), repeat=places)
    assert worked_out(tables, lambda counts: tuple(column(*counts))) == []


def test_who_knows_the_method_works_out_none_from_nested_stages():
    chains = [(b, a) for a, b in combinations_with_replacement(range(15), 2)]
    tables = (first + second for first, second in product(chains, repeat=2))
    assert worked_out(tables, lambda flat: protected([flat[:2], flat[2:]])) == []


def test_the_slack_is_what_rounding_hides():
    assert all(abs(rounded(count) - count) <= SLACK for count in range(200))
