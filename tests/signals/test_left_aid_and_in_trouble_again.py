from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, found, people, refusals
from transforms.signals import PLAIN
from transforms.signals.left_aid_and_in_trouble_again import (
    COUNTY_ONLY,
    TROUBLES,
    left_aid_and_in_trouble_again,
)

LIMITS = SimpleNamespace(window_days=730)
FOUND = "signal | family | person_id | record_key | occurred_on | measure | severity\n"
EXAMPLE = {
    "assistance": f"""
        record_key | person_id | category | approved_on      | exit_on
        g          | ana       | dibao    | {days_ago(1500)} | {days_ago(720)}
        """,
    "found": f"{FOUND}high_medical_burden | M | ben | s1 | {days_ago(20)} | 30000 | 3",
}
FAMILY = people("person_id | household_id\nana | h1\nben | h1")
REGISTER = "record_key | person_id | category | approved_on | exit_on\n"
LEFT = f"g1 | ana | dibao | {days_ago(1500)} | {days_ago(100)}"


def asked(register=LEFT, troubles=None, who=FAMILY, refused=""):
    bill = f"high_medical_burden | M | ben | s1 | {days_ago(20)} | 30000 | 3"
    return ask(
        left_aid_and_in_trouble_again,
        who,
        LIMITS,
        assistance=facts("assistance", REGISTER + register),
        refusal=refusals(f"person_id | refused_on\n{refused}"),
        found=found(FOUND + (bill if troubles is None else troubles)),
    )


def test_who_left_carries_what_was_found_of_the_family():
    (row,) = asked()
    assert (row["person_id"], row["record_key"], row["severity"]) == ("ana", "s1", 2)
    assert row["measure"] == Decimal(1)


@pytest.mark.parametrize(
    ("exit_on", "fires"),
    [
        (days_ago(730), True),
        (days_ago(731), False),
        (days_ago(0), True),
        (days_ago(-1), False),
        ("", False),
    ],
)
def test_the_exit_counts_from_its_day_to_the_end_of_the_window(exit_on, fires):
    assert bool(asked(f"g1 | ana | dibao | {days_ago(1500)} | {exit_on}")) is fires


@pytest.mark.parametrize(
    ("category", "fires"),
    [
        ("tekun", True),
        ("monitored", True),
        ("temporary", False),
        ("medical_aid", False),
        ("other", False),
        ("", False),
    ],
)
def test_only_standing_categories_are_left(category, fires):
    row = f"g1 | ana | {category} | {days_ago(1500)} | {days_ago(100)}"
    assert bool(asked(row)) is fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        (f"g2 | ana | low_income_margin | {days_ago(99)} |", False),
        (f"g2 | ana | low_income_margin | {days_ago(99)} | {days_ago(1)}", True),
        ("g2 | ana | low_income_margin | |", True),
        (f"g2 | ana | temporary | {days_ago(99)} |", True),
        (f"g2 | ben | dibao | {days_ago(99)} |", True),
    ],
)
def test_whoever_stands_in_a_category_again_has_not_left(row, fires):
    assert bool(asked(f"{LEFT}\n{row}")) is fires


@pytest.mark.parametrize(
    ("life_status", "fires"), [("alive", True), ("death_pending", True), ("dead", False)]
)
def test_death_explains_an_exit(life_status, fires):
    who = people(
        f"person_id | household_id | life_status\nana | h1 | {life_status}\nben | h1 | alive"
    )
    assert bool(asked(who=who)) is fires


@pytest.mark.parametrize("family", ["M", "D", "S", "P", "R", "C", "A", "Q", "L"])
def test_only_some_families_of_findings_are_trouble(family):
    row = f"anything | {family} | ben | s1 | {days_ago(20)} | 1 | 1"
    assert bool(asked(troubles=row)) is (family in TROUBLES)


def test_distinct_families_are_counted_over_the_household():
    rows = asked(
        troubles="""
        a | M | ben | s1 | 2026-01-01 | 1 | 3
        b | M | ana | s2 | 2026-01-01 | 1 | 3
        c | R | ana | s3 |            | 1 | 2
        """
    )
    assert [(row["record_key"], row["measure"]) for row in rows] == [
        ("s1", Decimal(2)),
        ("s2", Decimal(2)),
        ("s3", Decimal(2)),
    ]


def test_every_leaver_of_the_family_carries_it_and_no_other_member():
    both = f"{LEFT}\ng2 | cho | dibao | {days_ago(1500)} | {days_ago(90)}"
    who = people("person_id | household_id\nana | h1\nben | h1\ncho | h1\ndia | h2")
    assert flagged(asked(both, who=who)) == ["ana", "cho"]


def test_the_trouble_of_the_dead_of_others_and_of_dormitories_is_not_the_familys():
    who = people(
        """
        person_id | household_id | life_status | household_kind
        ana       | h1           | alive       | family
        ben       | h1           | dead        | family
        cho       | h2           | alive       | family
        dia       | h3           | alive       | collective
        eli       | h3           | alive       | collective
        fay       |              | alive       |
        """
    )
    register = "\n".join(
        f"g-{name} | {name} | dibao | {days_ago(1500)} | {days_ago(9)}"
        for name in ("ana", "dia", "fay")
    )
    troubles = "\n".join(f"a | M | {name} | s-{name} | | 1 | 3" for name in ("ben", "cho", "eli"))
    assert asked(register, troubles, who) == []


def test_sensitive_findings_never_reach_a_township_this_way():
    troubles = "\n".join(f"{name} | P | ben | i-{name} | | 1 | 3" for name in COUNTY_ONLY)
    assert asked(troubles=troubles) == []
    sensitive = {one.name for one in PLAIN.values() if one.is_sensitive and one.family in TROUBLES}
    assert sensitive <= set(COUNTY_ONLY)


def bill(days, family="M", key="s1"):
    return f"anything | {family} | ben | {key} | {days_ago(days)} | 30000 | 3"


@pytest.mark.parametrize(
    ("refused_on", "fires"),
    [
        (days_ago(730), True),
        (days_ago(731), False),
        (days_ago(21), True),
        (days_ago(20), False),
        (days_ago(-1), False),
        ("", False),
    ],
)
def test_a_refusal_is_watched_for_two_years_for_what_came_after_it(refused_on, fires):
    assert bool(asked("", bill(20), refused=f"ana | {refused_on}")) is fires


def test_who_was_refused_carries_what_is_new_in_the_family():
    (row,) = asked("", bill(20), refused=f"ana | {days_ago(100)}")
    assert (row["person_id"], row["record_key"], row["severity"]) == ("ana", "s1", 2)


@pytest.mark.parametrize("known", [bill(100, key="s2"), "anything | M | ana | s2 | | 1 | 3"])
def test_the_trouble_that_was_there_at_the_refusal_is_no_news(known):
    refused = f"ana | {days_ago(100)}"
    assert asked("", f"{bill(20)}\n{known}", refused=refused) == []
    (row,) = asked("", f"{bill(20)}\n{known}\n{bill(10, 'R', 's3')}", refused=refused)
    assert (row["record_key"], row["measure"]) == ("s3", Decimal(1))


def test_of_several_refusals_the_last_counts():
    refused = f"ana | {days_ago(100)}\nana | {days_ago(10)}"
    assert asked("", bill(20), refused=refused) == []


def test_whoever_is_in_a_category_since_the_refusal_is_not_watched():
    register = f"g2 | ana | dibao | {days_ago(99)} |"
    assert asked(register, bill(20), refused=f"ana | {days_ago(100)}") == []


def test_an_exit_is_news_of_all_there_is_whatever_was_refused_since():
    (row,) = asked(LEFT, bill(20), refused=f"ana | {days_ago(10)}")
    assert (row["record_key"], row["measure"]) == ("s1", Decimal(1))
