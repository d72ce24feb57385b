"""No count of 1 to 7 can be read or worked out."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.statistics.small import is_small
from flows.yields.counting import TOTAL
from flows.yields.hiding import told

A, B, C = ("sex", "a"), ("sex", "b"), ("sex", "c")


def by_stage(cells, stage=0):
    return {cell[1]: counts[stage] for cell, counts in cells.items()}


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, "≤7"), (7, "≤7"), (8, 8), (1000, 1000)])
def test_one_to_seven_are_not_printed(count, shown):
    assert told({A: (count,)}, []) == {A: (shown,)}


def test_a_second_count_is_hidden_so_that_the_first_cannot_be_worked_out():
    counts = {TOTAL: (103,), A: (3,), B: (20,), C: (80,)}
    assert by_stage(told(counts, [(TOTAL, [A, B, C])])) == {
        "total": 103,
        "a": "≤7",
        "b": "*",
        "c": 80,
    }


def test_two_small_ones_still_need_a_third():
    counts = {TOTAL: (92,), A: (1,), B: (1,), C: (90,)}
    assert by_stage(told(counts, [(TOTAL, [A, B, C])]))["c"] == "*"


def test_the_sum_is_hidden_where_no_other_part_can_be():
    counts = {TOTAL: (14,), A: (7,), B: (7,), C: (0,)}
    assert by_stage(told(counts, [(TOTAL, [A, B, C])])) == {
        "total": "*",
        "a": "≤7",
        "b": "≤7",
        "c": 0,
    }


def test_what_is_missing_from_an_earlier_stage_is_a_count_too():
    assert told({A: (30, 27, 27, 0)}, []) == {A: (30, "*", "*", 0)}
    assert told({A: (30, 20, 20, 10)}, []) == {A: (30, 20, 20, 10)}


def test_an_area_and_its_townships_do_not_give_each_other_away():
    urban, rural = ("area", "urban"), ("area", "rural")
    one, two, three = (("township", name) for name in ("1", "2", "3"))
    counts = {TOTAL: (65,), urban: (5,), rural: (60,), one: (5,), two: (20,), three: (40,)}
    shown = told(counts, [(TOTAL, [urban, rural]), (urban, [one]), (rural, [two, three])])
    assert by_stage(shown) == {
        "total": 65,
        "urban": "≤7",
        "rural": "*",
        "1": "≤7",
        "2": "*",
        "3": 40,
    }


CHAINS = st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=4, max_size=7)


@given(CHAINS, CHAINS)
@settings(max_examples=60, deadline=None)
def test_no_hidden_count_follows_from_those_told(urban, rural):
    counts, lines = tree(urban, rural)
    shown = told(counts, lines)
    for stage in range(3):
        hidden = [cell for cell in counts if isinstance(shown[cell][stage], str)]
        assert all(not is_small(counts[cell][stage]) for cell in counts if cell not in hidden)
        assert determined(hidden, lines) == []
    for cell, told_chain in shown.items():
        seen = [count for count in told_chain if not isinstance(count, str)]
        assert not any(is_small(a - b) for a in seen for b in seen), cell


def tree(urban, rural):
    """Two areas with townships of three nested stages, and months that add up to the same."""
    nested = {
        "urban": [descending(row) for row in urban],
        "rural": [descending(row) for row in rural],
    }
    counts, lines = {}, []
    for area, rows in nested.items():
        towns = [("township", f"{area}{place}") for place in range(len(rows))]
        counts |= dict(zip(towns, rows, strict=True))
        counts[("area", area)] = total(rows)
        lines.append((("area", area), towns))
    areas = [("area", "urban"), ("area", "rural")]
    counts[TOTAL] = total([counts[area] for area in areas])
    months = {
        ("month", str(place)): row for place, row in enumerate([*nested["rural"], *nested["urban"]])
    }
    return counts | months, [*lines, (TOTAL, areas), (TOTAL, list(months))]


def descending(row):
    return tuple(sorted(row, reverse=True))


def total(rows):
    return tuple(sum(column) for column in zip(*rows, strict=True))


def determined(hidden, lines):
    """Hidden cells that the sums fix: those on which no solution of the equations can move."""
    if not hidden:
        return []
    equations = np.zeros((len(lines), len(hidden)))
    for at, (parent, parts) in enumerate(lines):
        for place, cell in enumerate(hidden):
            equations[at, place] = (cell in parts) - (cell == parent)
    _, sizes, rows = np.linalg.svd(equations)
    free = rows[int((sizes > 1e-9).sum()) :]
    return [
        cell
        for place, cell in enumerate(hidden)
        if not np.abs(free[:, place]).max(initial=0) > 1e-9
    ]
