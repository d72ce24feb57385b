from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, found, people
from transforms.signals import PLAIN
from transforms.signals.recipient_household_newly_burdened import (
    BURDENS,
    recipient_household_newly_burdened,
)

LIMITS = SimpleNamespace(population=("dibao", "low_income_margin"), window_days=180)
FOUND = "signal | family | person_id | record_key | occurred_on | measure | severity\n"
EXAMPLE = {
    "assistance": f"""
        record_key | person_id | category | approved_on
        g          | ana       | dibao    | {days_ago(900)}
        """,
    "found": f"{FOUND}large_single_admission | M | ben | s1 | {days_ago(175)} | 7000 | 2",
}
FAMILY = people("person_id | household_id\nana | h1\nben | h1\ncho | h2")
REGISTER = "record_key | person_id | category | approved_on | exit_on\n"
DIBAO = f"g1 | ana | dibao | {days_ago(900)} |"
STAY = f"large_single_admission | M | ben | s1 | {days_ago(20)} | 7000 | 2"


def asked(burdens=STAY, register=DIBAO, who=FAMILY):
    return ask(
        recipient_household_newly_burdened,
        who,
        LIMITS,
        assistance=facts("assistance", REGISTER + register),
        found=found(FOUND + burdens),
    )


def test_whoever_bears_the_burden_carries_it_on_the_same_rows():
    (row,) = asked()
    assert (row["person_id"], row["record_key"], row["severity"]) == ("ben", "s1", 2)
    assert row["measure"] == Decimal(1)


@pytest.mark.parametrize(
    ("signal", "fires"),
    [(name, True) for name in BURDENS]
    + [("high_medical_burden", False), ("child_without_carer", False)],
)
def test_only_the_named_burdens_count(signal, fires):
    assert bool(asked(f"{signal} | M | ben | s1 | {days_ago(20)} | 1 | 2")) is fires


def test_the_named_burdens_are_plain_signals():
    assert set(BURDENS) <= set(PLAIN)


@pytest.mark.parametrize(
    ("day", "fires"),
    [
        (days_ago(180), True),
        (days_ago(181), False),
        (days_ago(0), True),
        (days_ago(-1), False),
        ("", False),
    ],
)
def test_the_burden_is_of_the_window(day, fires):
    assert bool(asked(f"new_serious_disease | M | ben | a1 | {day} | 1 | 2")) is fires


@pytest.mark.parametrize(
    ("grant", "fires"),
    [
        (f"ana | dibao | {days_ago(0)} |", True),
        (f"ana | dibao | {days_ago(-1)} |", False),
        ("ana | dibao | |", False),
        (f"ana | dibao | {days_ago(900)} | {days_ago(0)}", False),
        (f"ana | dibao | {days_ago(900)} | {days_ago(-1)}", True),
        (f"ben | low_income_margin | {days_ago(900)} |", True),
        (f"ana | tekun | {days_ago(900)} |", False),
        (f"ana | temporary | {days_ago(9)} |", False),
        (f"ana | | {days_ago(9)} |", False),
        (f"cho | dibao | {days_ago(900)} |", False),
    ],
)
def test_a_member_of_the_same_family_stands_in_the_population_today(grant, fires):
    assert bool(asked(register=f"g1 | {grant}")) is fires


def test_distinct_burdens_are_counted_over_the_household():
    rows = asked(f"{STAY}\nnew_serious_disease | M | ana | a1 | {days_ago(9)} | 1 | 2")
    assert [(row["person_id"], row["measure"]) for row in rows] == [
        ("ana", Decimal(2)),
        ("ben", Decimal(2)),
    ]


@pytest.mark.parametrize(
    ("ana", "ben", "fires"),
    [
        ("alive", "alive", True),
        ("death_pending", "death_pending", True),
        ("dead", "alive", False),
        ("alive", "dead", False),
    ],
)
def test_both_are_living(ana, ben, fires):
    who = people(f"person_id | household_id | life_status\nana | h1 | {ana}\nben | h1 | {ben}")
    assert bool(asked(who=who)) is fires


def test_dormitories_and_people_without_a_household_are_no_family():
    who = people(
        """
        person_id | household_id | household_kind
        ana       | h1           | collective
        ben       | h1           | collective
        cho       |              |
        """
    )
    register = f"{DIBAO}\ng2 | cho | dibao | {days_ago(900)} |"
    burdens = f"{STAY}\nlarge_single_admission | M | cho | s2 | {days_ago(20)} | 7000 | 2"
    assert flagged(asked(burdens, register, who)) == []
