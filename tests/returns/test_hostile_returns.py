"""Whatever the bytes, taking a file ends in words and not in an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.returns.returned import CHEN, Copy, taken

WHOLE = Copy().fill(CHEN).saved()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_taken_or_refused_in_words(content):
    found = taken(content)
    assert (found.visits, found.leads) == ([], []) or not found.visits


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=4))
def test_a_list_with_some_bytes_overwritten_attaches_nothing_new(at, noise):
    found = taken(WHOLE[:at] + noise + WHOLE[at + len(noise) :])
    assert {visit.order_no for visit in found.visits} <= {CHEN}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40), st.sampled_from(["工作单号", "姓名", "走访日期", "核实结论", "备注"]))
def test_any_text_in_any_cell_is_a_visit_or_a_problem(text, title):
    found = Copy().fill(CHEN).set(title, text).taken()
    assert found.counts.received + found.counts.not_visited + found.counts.leads >= 1
    assert {visit.order_no for visit in found.visits} <= {CHEN}


@pytest.mark.parametrize("cell", ["x" * 200_000, "低" * 50_000, "," * 5_000, '"' * 999, "\0"])
def test_a_monstrous_cell_costs_at_most_its_row(cell):
    found = Copy().fill(CHEN).fill(Copy().rows[1][0]).set("核实结论", cell).taken()
    assert found.counts.valid >= 1 or found.problems
