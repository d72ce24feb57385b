from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, flagged, found, people
from transforms.signals import PLAIN
from transforms.signals.several_needs_at_once import several_needs_at_once

LIMITS = SimpleNamespace(families_together=3, window_days=365)
FOUND = "signal | family | person_id | record_key | occurred_on | severity\n"
EXAMPLE = {
    "found": f"""
        {FOUND}
        high_medical_burden | M | ana | s1 | {days_ago(360)} | 3
        cover_stopped       | S | ana | e1 | {days_ago(100)} | 2
        rent_arrears        | R | ben | t1 | {days_ago(10)}  | 2
        """,
}
FAMILY = people("person_id | household_id\nana | h1\nben | h1\ncho | h2")
RECENT = days_ago(10)


def asked(needs, who=FAMILY, limits=LIMITS):
    return ask(several_needs_at_once, who, limits, found=found(FOUND + needs))


def of(families, severity=2, day=RECENT):
    """One need of each of these families, in turn about each member of the household."""
    rows = [
        f"some_{family} | {family} | {('ana', 'ben')[at % 2]} | {family}{at} | {day} | {severity}"
        for at, family in enumerate(families)
    ]
    return "\n".join(rows)


@pytest.mark.parametrize(
    ("families", "fires"),
    [
        ("MSR", True),
        ("SPC", True),
        ("MSRPC", True),
        ("MS", False),
        ("MMSS", False),
        ("MSA", False),
        ("MSQ", False),
        ("MSL", False),
        ("DM", True),
        ("DC", True),
        ("D", False),
        ("DD", False),
        ("DA", False),
    ],
)
def test_three_kinds_of_need_or_lost_support_and_one_more(families, fires):
    assert bool(asked(of(families))) is fires


@pytest.mark.parametrize(
    ("needs", "fires"),
    [
        (of("MS") + "\n" + of("R", severity=1), False),
        (of("MS") + "\n" + of("R", severity=3), True),
        (of("D", severity=1) + "\n" + of("M"), True),
        (of("D", severity=1) + "\n" + of("M", severity=1), False),
        (of("D") + "\n" + of("M", severity=1), False),
        (of("D", severity=1), False),
    ],
)
def test_each_of_them_is_yellow_or_worse_and_lost_support_whatever_it_is(needs, fires):
    assert bool(asked(needs)) is fires


@pytest.mark.parametrize(
    ("signals", "fires"),
    [
        (("new_serious_disease", "large_single_admission"), True),
        (("new_serious_disease", "high_medical_burden"), False),
        (("high_medical_burden", "large_single_admission"), False),
    ],
)
def test_a_serious_disease_with_a_large_stay_is_enough(signals, fires):
    rows = "\n".join(f"{name} | M | ana | {name[0]} | {RECENT} | 2" for name in signals)
    assert set(signals) <= set(PLAIN)
    assert bool(asked(rows)) is fires


@pytest.mark.parametrize(
    ("day", "fires"),
    [
        (days_ago(365), True),
        (days_ago(366), False),
        (days_ago(0), True),
        (days_ago(-1), False),
        ("", False),
    ],
)
def test_needs_older_than_the_window_or_of_unknown_date_do_not_count(day, fires):
    rows = asked(of("MS") + f"\nsome | R | ana | old | {day} | 2")
    assert bool(rows) is fires


@pytest.mark.parametrize(("least", "fires"), [(2, True), (3, False)])
def test_the_number_of_kinds_is_the_countys(least, fires):
    limits = SimpleNamespace(families_together=least, window_days=365)
    assert bool(asked(of("MS"), limits=limits)) is fires


def test_one_member_carries_every_row_of_the_household():
    rows = asked(of("MSRM"))
    assert [(row["person_id"], row["record_key"]) for row in rows] == [
        ("ana", "M0"),
        ("ana", "M3"),
        ("ana", "R2"),
        ("ana", "S1"),
    ]
    assert {(row["measure"], row["severity"]) for row in rows} == {(Decimal(3), 3)}


@pytest.mark.parametrize(
    ("needs", "carrier"),
    [
        (
            "a | M | ana | k1 | {0} | 2\nb | S | ana | k2 | {0} | 2\nc | R | ben | k3 | {0} | 3",
            "ben",
        ),
        (
            "a | M | ben | k1 | {0} | 2\nb | S | ben | k2 | {0} | 2\nc | R | ana | k3 | {0} | 2",
            "ben",
        ),
        (
            "a | M | ana | k1 | {0} | 3\nb | S | ana | k2 | {0} | 2\nc | R | ben | k3 | {0} | 2\n"
            "c | R | ben | k4 | {0} | 2\nc | R | ben | k5 | {0} | 2",
            "ana",
        ),
        ("a | M | ana | k1 | {0} | 2\nb | D | ben | k2 | {0} | 2", "ana"),
        (
            "a | M | ana | k1 | {0} | 2\nb | M | ana | k1 | {0} | 2\nb | D | ben | k2 | {0} | 3",
            "ben",
        ),
    ],
)
def test_the_carrier_is_whose_need_is_worst_then_most_proven_then_of_the_least_id(needs, carrier):
    assert flagged(asked(needs.format(RECENT))) == [carrier]


def test_needs_of_the_dead_of_other_households_and_of_dormitories_do_not_add_up():
    who = people(
        """
        person_id | household_id | life_status | household_kind
        ana       | h1           | alive       | family
        ben       | h1           | dead        | family
        cho       | h2           | alive       | family
        dia       | h3           | alive       | collective
        eli       |              | alive       |
        """
    )
    lone = "\n".join(
        f"a | {family} | {name} | {family}{name} | {RECENT} | 3"
        for name in ("dia", "eli")
        for family in "MSR"
    )
    apart = f"a | M | ana | k1 | {RECENT} | 3\na | D | ben | k2 | {RECENT} | 3"
    other = f"a | S | cho | k3 | {RECENT} | 3\na | R | cho | k4 | {RECENT} | 3"
    assert asked("\n".join([lone, apart, other]), who) == []
