"""Severities are read out of the rules themselves."""

import ibis
import pytest

from flows.rulebook.severities import given, severities
from transforms.signals import SIGNALS

DRAWN = ibis.table({"grade": "string", "severity": "int8"}, name="drawn")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("high_medical_burden", [3]),
        ("cover_stopped", [1]),
        ("hurt_in_accident", [3, 2]),
        ("dilapidated_dwelling", [3, 2, 1]),
    ],
)
def test_a_signal_gives_what_its_rule_can_come_to(name, told):
    assert severities(SIGNALS[name]) == told


@pytest.mark.parametrize("signal", SIGNALS.values(), ids=lambda one: one.name)
def test_every_signal_gives_some_severity_and_no_other(signal):
    told = severities(signal)
    assert told
    assert set(told) <= {1, 2, 3}


def test_conditions_open_every_branch_and_what_is_taken_away_is_taken_from_each():
    whole = ibis.cases((DRAWN.grade == "C", 2), (DRAWN.grade == "D", 3))
    told = DRAWN.select(severity=whole - ibis.ifelse(DRAWN.grade == "D", 0, 1))
    assert given(told.severity.op()) == {1, 2, 3}


def test_tables_over_tables_are_followed_to_where_it_was_told():
    one = DRAWN.select("grade", severity=ibis.literal(2, "int8")).filter(DRAWN.grade == "C")
    other = DRAWN.select("grade", severity=ibis.literal(3, "int8"))
    told = one.union(other).group_by("grade").agg(severity=ibis._.severity.max())
    assert given(told.severity.op()) == {2, 3}


def test_a_severity_out_of_the_data_is_not_guessed():
    with pytest.raises(TypeError, match="constants"):
        given((DRAWN.severity + 1).op())
