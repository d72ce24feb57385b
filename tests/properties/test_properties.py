"""A small version of `python -m benchmarks.properties`, and rules that it must convict."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

import ibis
import pytest

from benchmarks.properties import independence, line, monotone
from benchmarks.properties.dice import Dice
from benchmarks.properties.line import is_moved_by_the_cap_alone
from benchmarks.properties.moves import claims, worsened
from data_contracts.policy.terms import Worse
from transforms.signals import SIGNALS

SEED = 20261122
CLAIMING = (
    "high_medical_burden",
    "income_below_margin",
    "hurt_in_accident",
    "elders_caring_for_ill",
    "rent_arrears",
    "recipient_maybe_dead",
)
"""Signals that between them claim money, codes, ages, counts and rows, higher and lower."""

TOGETHER = ("large_single_admission", "new_serious_disease", "rent_arrears", "cover_stopped")


def named(*names):
    return [SIGNALS[name] for name in names]


def counter_examples(results):
    return [one.name for one in results if one.counter]


@pytest.mark.parametrize("signal", named(*CLAIMING), ids=CLAIMING)
def test_worse_is_never_found_less(signal):
    results = monotone.of_signal(signal, 60, SEED)
    assert len(results) == len(signal.worse)
    assert all(one.found > 3 for one in results)
    assert counter_examples(results) == []


def test_a_compound_signal_is_found_no_less_where_no_plain_one_is():
    results = monotone.of_compound(150, SEED, named(*TOGETHER))
    assert all(one.found for one in results)
    assert counter_examples(results) == []


def test_need_never_falls_with_a_further_bill_or_mouth():
    worse = {name: monotone.NEEDS[name] for name in ("settlement", "people")}
    results = monotone.of_need(60, SEED, worse)
    assert all(one.worse for one in results)
    assert counter_examples(results) == []


def test_a_worse_household_never_moves_back_in_line():
    results = line.of_worse(40, SEED, line.SHARES[1:])
    assert all(one.worse for one in results)
    assert counter_examples(results) == []


def test_newcomers_change_nothing_about_others_but_their_place_through_the_cap():
    signals = named(*TOGETHER, "several_needs_at_once")
    results = [
        *independence.of_households(300, SEED, signals),
        line.of_newcomers(100, SEED),
    ]
    assert all(one.found for one in results)
    assert counter_examples(results) == []


def test_a_signal_that_declares_the_wrong_direction_is_convicted():
    mistaken = replace(SIGNALS["rent_arrears"], worse={"tenancy.arrears_months": Worse.LOWER})
    assert counter_examples(monotone.of_signal(mistaken, 60, SEED))


def test_a_need_that_falls_is_convicted():
    mistaken = {"benefit.monthly_amount": Worse.HIGHER}
    assert counter_examples(monotone.of_need(60, SEED, mistaken))


def test_a_signal_that_compares_with_other_households_is_convicted():
    def dearest_of_all(settlement):
        place = ibis.row_number().over(order_by=["personal_amount", "record_key"])
        return settlement.select(
            "person_id",
            "record_key",
            occurred_on=settlement.settled_on,
            measure=place,
            severity=ibis.literal(1, "int8"),
        )

    leaking = replace(SIGNALS["large_single_admission"], rule=dearest_of_all)
    results = independence.of_households(100, SEED, [leaking])
    assert counter_examples(results) == ["independence large_single_admission"]


ISSUED = {"state": "issued", "state_reason": "x", "position": 2, "severity": 3}


@pytest.mark.parametrize(
    ("before", "after", "is_so"),
    [
        ({}, {}, True),
        ({}, {"position": 3}, True),
        ({}, {"position": 3, "state": "carried", "state_reason": "y"}, True),
        ({}, {"position": 1}, False),
        ({}, {"state": "resting", "position": 2}, False),
        ({}, {"severity": 2}, False),
        ({"state": "carried"}, {"state": "issued"}, False),
        ({"state": "open", "position": None}, {"state": "open", "position": None}, True),
        ({"state": "open", "position": None}, {}, False),
    ],
)
def test_the_cap_only_pushes_back(before, after, is_so):
    assert is_moved_by_the_cap_alone(ISSUED | before, ISSUED | after) is is_so


def test_a_bill_of_a_refunded_amount_is_another_bill_and_not_a_larger_one():
    dice = Dice(Random(SEED), days=(0,), sums=(Decimal(9000),), counts=(1,))
    (claim,) = claims({"settlement.personal_amount": Worse.HIGHER})

    def bill(key, amount, **more):
        day = date(2026, 11, 1)
        told = {"record_key": key, "person_id": "ana", "settled_on": day}
        return {**told, "personal_amount": Decimal(amount), **more}

    refunded = [bill("a", 8000), bill("b", -8000, is_refund="yes")]
    assert worsened({"people": [], "settlement": refunded}, claim, dice) is None
    other = {"people": [], "settlement": [*refunded, bill("c", 9000)]}
    after = worsened(other, claim, dice)
    assert after["settlement"][:2] == refunded
    assert after["settlement"][2]["personal_amount"] > 9000
