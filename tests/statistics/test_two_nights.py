"""The same month told on two nights: neither a small count nor a small change can be worked out."""

from collections import defaultdict
from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from flows.statistics.protecting import MOST_HIDDEN, SLACK, protected
from flows.statistics.small import is_small

NIGHTS, PLACES, STAGES, MOST = 2, 4, 3, 10_000
CHAIN = st.lists(st.one_of(st.integers(0, 9), st.integers(0, 60)), min_size=3, max_size=3)
MORE = st.lists(st.integers(0, 4), min_size=3, max_size=3)


def test_who_knows_the_method_works_out_nothing_from_two_nights():
    """Every pair of tables of two places there could be; the later counts everybody again."""
    tables = list(product(range(18), repeat=2))
    told = {table: protected([(count,) for count in table]) for table in tables}
    alike = defaultdict(list)
    for first, second in product(tables, repeat=2):
        if all(a <= b for a, b in zip(first, second, strict=True)):
            changes = tuple(b - a for a, b in zip(first, second, strict=True))
            alike[told[first], told[second]].append((*first, *second, *changes))
    for origins in alike.values():
        for values in zip(*origins, strict=True):
            assert len(set(values)) > 1 or not is_small(values[0])


@given(
    st.lists(CHAIN, min_size=PLACES, max_size=PLACES),
    st.lists(MORE, min_size=PLACES, max_size=PLACES),
)
@settings(max_examples=15, deadline=None)
def test_all_tables_together_leave_every_small_count_and_change_open(first, more):
    """A reader who solves for all that is told: roundings, sums, nested stages, and growth."""
    before = [descending(chain) for chain in first]
    after = [
        descending(map(sum, zip(chain, add, strict=True)))
        for chain, add in zip(before, more, strict=True)
    ]
    values = np.array([before, after])
    feasible = reader(protected(before), protected(after))
    for at in np.ndindex(NIGHTS, PLACES, STAGES):
        if is_small(values[at]):
            assert is_open(feasible, one(at), values[at])
    for at in np.ndindex(PLACES, STAGES):
        change = values[1][at] - values[0][at]
        if is_small(change):
            assert is_open(feasible, one((1, *at)) - one((0, *at)), change)


def descending(chain):
    return tuple(sorted(chain, reverse=True))


def one(at):
    """The linear form that is one count."""
    form = np.zeros((NIGHTS, PLACES, STAGES))
    form[at] = 1
    return form.ravel()


def reader(*nights):
    """What all tables say, as bounds of each count and linear constraints."""
    low, high = np.zeros((NIGHTS, PLACES, STAGES)), np.full((NIGHTS, PLACES, STAGES), MOST)
    forms, least, most = [], [], []

    def between(form, bottom, top):
        forms.append(form)
        least.append(bottom)
        most.append(top)

    for night, table in enumerate(nights):
        for place, stage in np.ndindex(PLACES, STAGES):
            low[night, place, stage], high[night, place, stage] = ends(table.rows[place][stage])
        for stage in range(STAGES):
            total = sum(one((night, place, stage)) for place in range(PLACES))
            between(total, *ends(table.total[stage]))
        for place, (earlier, later) in product(range(PLACES), pairwise(range(STAGES))):
            between(one((night, place, earlier)) - one((night, place, later)), 0, MOST)
    for place, stage in np.ndindex(PLACES, STAGES):
        between(one((1, place, stage)) - one((0, place, stage)), 0, MOST)
    return Bounds(low.ravel(), high.ravel()), LinearConstraint(np.array(forms), least, most)


def ends(told):
    if told is None:
        return 0, MOST
    return max(MOST_HIDDEN + 1, told - SLACK), told + SLACK


def is_open(feasible, form, value):
    """Whether the reader could also believe another value."""
    bounds, constraints = feasible
    least, most = (
        milp(sign * form, integrality=np.ones(form.size), bounds=bounds, constraints=constraints)
        for sign in (1, -1)
    )
    assert round(least.fun) <= value <= round(-most.fun)
    return round(least.fun) < round(-most.fun)
