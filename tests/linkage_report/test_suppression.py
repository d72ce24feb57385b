"""Nobody can work out a hidden count from the sums that stand beside it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from flows.linkage_report.suppression import suppressed

OUTCOMES = st.lists(st.integers(0, 20), min_size=3, max_size=3)


def with_sums(rows):
    return [[sum(row), *row] for row in rows]


def test_large_counts_and_noughts_are_printed():
    assert suppressed([[22, 14, 8, 0], [30, 20, 10, 0]]) == [[22, 14, 8, 0], [30, 20, 10, 0]]


def test_a_small_count_is_hidden_with_another_of_its_row_and_of_its_column():
    shown = suppressed([[103, 90, 3, 10], [200, 150, 30, 20], [300, 200, 60, 40]])
    assert shown[0] == [103, 90, None, None]
    assert shown[1] == [200, 150, None, None]
    assert shown[2] == [300, 200, 60, 40]


def test_no_rows_no_table():
    assert suppressed([]) == []


@given(st.lists(OUTCOMES, min_size=2, max_size=6))
@settings(max_examples=40, deadline=None)
def test_no_line_hides_exactly_one_count(rows):
    counts = with_sums(rows)
    shown = suppressed(counts)
    for line in [*shown, *zip(*shown, strict=True)]:
        assert list(line).count(None) != 1
    for row, told in zip(counts, shown, strict=True):
        assert all(seen in (None, count) for count, seen in zip(row, told, strict=True))
        assert all(seen is None or seen == 0 or seen > 7 for seen in told)
