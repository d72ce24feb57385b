"""A question compiled for one day serves another, word for word as if it had been compiled for it."""

from datetime import date, timedelta

import ibis
import pytest

from flows.compiled import compiled
from tests.portability.expressions import COVERAGES, proofs
from tests.signals.asking import ON
from transforms.signals import SIGNALS

VISITS = ibis.table({"house": "string", "day": "date", "born": "date"}, name="visit")
FIRST, SECOND, THIRD = date(2026, 11, 22), date(2026, 12, 1), date(2027, 2, 28)
LATER = (ON + timedelta(days=1), ON + timedelta(days=400))


def plainly(expression):
    return ibis.get_backend().compile(expression)


def between(first, last):
    return VISITS.filter(VISITS.day >= first, VISITS.day < last, VISITS.born < first)


@pytest.mark.parametrize(
    "days",
    [
        [(FIRST, SECOND), (SECOND, THIRD)],
        [(FIRST, SECOND), (SECOND, SECOND), (THIRD, FIRST)],
        [(SECOND, SECOND), (FIRST, SECOND)],
        [(date(7919, 1, 2), FIRST), (FIRST, date(7919, 1, 1))],
        [(date(1, 1, 1), FIRST), (FIRST, SECOND)],
    ],
)
def test_each_day_stands_where_it_belongs(days):
    for first, last in days:
        asked = between(first, last)
        assert compiled(asked, plainly) == plainly(asked)


def test_a_day_that_is_written_otherwise_is_no_stand_in():
    for day in (FIRST, SECOND):
        asked = VISITS.mutate(text=ibis.literal(day).cast("string"), year=ibis.date(7919, 1, 1))
        assert compiled(asked, plainly) == plainly(asked)


def test_what_is_built_alike_is_compiled_once():
    made = []

    def noted(expression):
        made.append(expression)
        return plainly(expression)

    for day in (FIRST, SECOND, THIRD):
        compiled(VISITS.filter(VISITS.house == "once", VISITS.day > day), noted)
    compiled(VISITS.filter(VISITS.house == "again", VISITS.day > FIRST), noted)
    assert len(made) == 2


@pytest.mark.parametrize("name", SIGNALS)
def test_every_signal_asks_on_another_day_what_it_would_have_asked(name):
    for day in LATER:
        asked = proofs(SIGNALS[name], COVERAGES["told"], day)
        assert compiled(asked, plainly) == plainly(asked)
