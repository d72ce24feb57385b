from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signal import LeadsTo
from transforms.signals.recipient_assets_to_check import recipient_assets_to_check

LIMITS = SimpleNamespace(
    population=("dibao", "low_income_margin"),
    dwellings=2,
    car_value=Decimal("150000.00"),
    window_days=3650,
)
HOMES = "record_key | person_id | use | right_status | registered_on | cancelled_on\n"
CARS = (
    "record_key | person_id | vehicle_use | vehicle_kind | vehicle_status | value_amount"
    " | registered_on\n"
)
EXAMPLE = {
    "assistance": f"""
        record_key | person_id | category | approved_on
        g          | ana       | dibao    | {days_ago(900)}
        """,
    "property_right": f"""
        {HOMES}
        p1 | ana | dwelling | current | {days_ago(3600)} |
        p2 | ana | dwelling | current | {days_ago(90)}   |
        """,
    "vehicle": f"{CARS}v1 | ben | private | car | normal | 155000 | {days_ago(3600)}",
}
FAMILY = people("person_id | household_id\nana | h1\nben | h1\ncho | h2")
REGISTER = "record_key | person_id | category | approved_on | exit_on\n"
DIBAO = f"g1 | ana | dibao | {days_ago(900)} |"
HOME = f"dwelling | current | {days_ago(90)} |"
CAR = f"private | car | normal | 150000 | {days_ago(90)}"


def asked(homes="", cars="", register=DIBAO, who=FAMILY):
    return ask(
        recipient_assets_to_check,
        who,
        LIMITS,
        assistance=facts("assistance", REGISTER + register),
        property_right=facts("property_right", HOMES + homes),
        vehicle=facts("vehicle", CARS + cars),
    )


def test_it_is_a_review_and_nothing_more():
    assert recipient_assets_to_check.leads_to is LeadsTo.REVIEW


def test_the_owner_carries_what_is_to_be_checked():
    rows = asked(f"p1 | ana | {HOME}\np2 | ana | {HOME}", f"v1 | ana | {CAR}\nv2 | ben | {CAR}")
    assert [(row["person_id"], row["record_key"], row["measure"]) for row in rows] == [
        ("ana", "p1", Decimal(3)),
        ("ana", "p2", Decimal(3)),
        ("ana", "v1", Decimal(3)),
        ("ben", "v2", Decimal(1)),
    ]
    assert {row["severity"] for row in rows} == {1}


def test_one_dwelling_is_nothing_and_one_that_a_couple_owns_is_one():
    assert asked(f"p1 | ana | {HOME}") == []
    assert asked(f"p1 | ana | {HOME}\np2 | ben | {HOME}") == []


@pytest.mark.parametrize(
    ("second", "fires"),
    [
        (f"dwelling | current | {days_ago(90)} |", True),
        (f"dwelling | current | {days_ago(90)} | {days_ago(-1)}", True),
        (f"dwelling | current | {days_ago(90)} | {days_ago(0)}", False),
        (f"dwelling | cancelled | {days_ago(90)} |", False),
        (f"dwelling | | {days_ago(90)} |", False),
        (f"commercial | current | {days_ago(90)} |", False),
        (f"parking | current | {days_ago(90)} |", False),
        (f" | current | {days_ago(90)} |", False),
        (f"dwelling | current | {days_ago(3650)} |", True),
        (f"dwelling | current | {days_ago(3651)} |", True),
        (f"dwelling | current | {days_ago(7000)} |", True),
        (f"dwelling | cancelled | {days_ago(7000)} |", False),
        (f"dwelling | current | {days_ago(7000)} | {days_ago(0)}", False),
        (f"dwelling | current | {days_ago(0)} |", True),
        (f"dwelling | current | {days_ago(-1)} |", False),
        ("dwelling | current | |", True),
        ("dwelling | cancelled | |", False),
    ],
)
def test_a_second_dwelling_counts_while_it_is_owned_however_old(second, fires):
    assert bool(asked(f"p1 | ana | {HOME}\np2 | ana | {second}")) is fires


@pytest.mark.parametrize(
    ("days", "fires"),
    [
        ((7000, 60), True),
        ((60, 7000), True),
        ((7000, 0), True),
        ((7000, 3650), True),
        ((7000, 3651), False),
        ((3650, 3650), True),
        ((3651, 3651), False),
        ((60, -1), False),
        ((0, None), True),
        ((7000, None), False),
        ((None, None), False),
    ],
)
def test_the_newest_dwelling_lies_in_the_window(days, fires):
    homes = "\n".join(
        f"p{at} | ana | dwelling | current | {'' if age is None else days_ago(age)} |"
        for at, age in enumerate(days)
    )
    assert bool(asked(homes)) is fires


def test_the_old_and_the_undated_dwelling_are_proofs_too_and_the_newest_gives_the_day():
    rows = asked(
        f"""
        p1 | ana | dwelling | current | {days_ago(7000)} |
        p2 | ana | dwelling | current | {days_ago(60)}   |
        p3 | ana | dwelling | current |                  |
        """
    )
    assert [row["record_key"] for row in rows] == ["p1", "p2", "p3"]
    assert {row["measure"] for row in rows} == {Decimal(3)}
    assert max(row["occurred_on"] for row in rows if row["occurred_on"]).isoformat() == days_ago(60)


@pytest.mark.parametrize(
    ("car", "fires"),
    [
        (f"private | car | normal | 149999.99 | {days_ago(90)}", False),
        (f"private | car | normal | | {days_ago(90)}", False),
        (f"commercial | car | normal | 150000 | {days_ago(90)}", False),
        (f" | car | normal | 150000 | {days_ago(90)}", False),
        (f"private | truck | normal | 150000 | {days_ago(90)}", False),
        (f"private | other | normal | 150000 | {days_ago(90)}", False),
        (f"private | | normal | 150000 | {days_ago(90)}", False),
        (f"private | car | transferred | 150000 | {days_ago(90)}", False),
        (f"private | car | | 150000 | {days_ago(90)}", False),
        (f"private | car | normal | 150000 | {days_ago(3650)}", True),
        (f"private | car | normal | 150000 | {days_ago(3651)}", False),
        (f"private | car | normal | 150000 | {days_ago(0)}", True),
        (f"private | car | normal | 150000 | {days_ago(-1)}", False),
        ("private | car | normal | 150000 |", False),
    ],
)
def test_only_a_dear_private_car_of_the_window_counts(car, fires):
    assert bool(asked(cars=f"v1 | ben | {car}")) is fires


@pytest.mark.parametrize(
    ("grant", "fires"),
    [
        (f"ana | low_income_margin | {days_ago(0)} |", True),
        (f"ana | tekun | {days_ago(900)} |", False),
        (f"ana | temporary | {days_ago(900)} |", False),
        (f"ana | | {days_ago(900)} |", False),
        (f"ana | dibao | {days_ago(-1)} |", False),
        ("ana | dibao | |", False),
        (f"ana | dibao | {days_ago(900)} | {days_ago(0)}", False),
        (f"ana | dibao | {days_ago(900)} | {days_ago(-1)}", True),
        (f"cho | dibao | {days_ago(900)} |", False),
    ],
)
def test_a_member_of_the_family_stands_in_the_population_today(grant, fires):
    assert bool(asked(cars=f"v1 | ben | {CAR}", register=f"g1 | {grant}")) is fires


@pytest.mark.parametrize(
    ("ana", "ben", "fires"),
    [("alive", "alive", True), ("dead", "alive", False), ("alive", "dead", False)],
)
def test_recipient_and_owner_are_living(ana, ben, fires):
    who = people(f"person_id | household_id | life_status\nana | h1 | {ana}\nben | h1 | {ben}")
    assert bool(asked(cars=f"v1 | ben | {CAR}", who=who)) is fires


def test_outside_families_only_what_the_recipient_owns_is_looked_at():
    who = people(
        """
        person_id | household_id | household_kind
        ana       | h1           | collective
        ben       | h1           | collective
        """
    )
    assert flagged(asked(cars=f"v1 | ana | {CAR}\nv2 | ben | {CAR}", who=who)) == ["ana"]
