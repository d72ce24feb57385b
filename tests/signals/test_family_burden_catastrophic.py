from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.family_burden_catastrophic import family_burden_catastrophic

LIMITS = SimpleNamespace(
    money_base="personal_amount",
    window_days=365,
    large_share=Decimal("0.1"),
    catastrophic_share=Decimal("0.25"),
    rigid_expense_share=Decimal("0.6"),
    disposable_income_per_head=Decimal("30000.00"),
    adult_age=18,
)
EXAMPLE = {
    "settlement": f"""
        record_key | person_id | settled_on      | personal_amount
        s1         | ana       | {days_ago(360)} | 9000
        s2         | ben       | {days_ago(85)}  | 7000
        s3         | cho       | {days_ago(5)}   | 3300
        s4         | gus       | {days_ago(5)}   | 19000
        """,
}
COUPLE = """
    person_id | household_id | relation | age | birth_date
    ana       | h            | head     | 40  | 1986-01-01
    ben       | h            | spouse   | 39  | 1987-01-01
    """


def asked(*bills: str, who: str = COUPLE, **changed):
    """Bills as: person, day, refund, personal amount; a couple with 60000 yuan a year on average."""
    rows = "\n".join(f"s{at} | {bill}" for at, bill in enumerate(bills))
    head = "record_key | person_id | settled_on | is_refund | personal_amount\n"
    limits = SimpleNamespace(**{**vars(LIMITS), **changed})
    return ask(
        family_burden_catastrophic, people(who), limits, settlement=facts("settlement", head + rows)
    )


def bill(amount, who: str = "ana", days: int = 9, refund: str = "no") -> str:
    return f"{who} | {days_ago(days)} | {refund} | {amount}"


@pytest.mark.parametrize(
    ("amount", "severity"),
    [
        ("5999.99", None),
        ("6000", 1),
        ("14999.99", 1),
        ("15000", 2),
        ("35999.99", 2),
        ("36000", 3),
        ("", None),
    ],
)
def test_each_share_of_what_the_couple_lives_on_begins_a_grade(amount, severity):
    assert {row["severity"] for row in asked(bill(amount))} == ({severity} if severity else set())


def test_the_bills_of_all_members_add_up_and_each_carries_their_own():
    rows = asked(bill(9000), bill(6000, who="ben"))
    assert [(row["person_id"], row["record_key"]) for row in rows] == [("ana", "s0"), ("ben", "s1")]
    assert {(row["measure"], row["severity"]) for row in rows} == {(Decimal(15000), 2)}


def test_the_same_bill_weighs_more_on_one_than_on_two():
    alone = "person_id | household_id | relation | age\nana | h | head | 40"
    assert {row["severity"] for row in asked(bill(18000), who=alone)} == {3}
    assert {row["severity"] for row in asked(bill(18000))} == {2}


def test_nobody_counts_as_company_who_has_died():
    who = COUPLE.replace("birth_date", "birth_date | life_status").replace(
        "1986-01-01", "1986-01-01 | alive"
    )
    for status, severity in (("dead", 3), ("death_pending", 2)):
        drawn = who.replace("1987-01-01", f"1987-01-01 | {status}")
        assert {row["severity"] for row in asked(bill(18000), who=drawn)} == {severity}


def test_the_bills_of_the_dead_are_carried_by_a_survivor():
    who = """
        person_id | household_id | relation | age | life_status
        ana       | h            | head     | 40  | dead
        ben       | h            | spouse   | 39  | alive
        """
    assert flagged(asked(bill(18000), who=who)) == ["ben"]
    assert asked(bill(18000), who=who.replace("alive", "dead")) == []


def test_a_refund_cancels_its_bill():
    assert asked(bill(6000), bill(-6000, days=8, refund="yes")) == []


@pytest.mark.parametrize(("days", "fires"), [(365, True), (366, False), (0, True), (-1, False)])
def test_a_bill_expires_with_the_window(days, fires):
    assert bool(asked(bill(6000, days=days))) is fires


@pytest.mark.parametrize("who", [COUPLE.replace("| h ", "|   "), COUPLE])
def test_people_of_a_dormitory_or_of_no_household_are_no_family(who):
    collective = who.replace("birth_date", "birth_date | household_kind").replace(
        "-01-01", "-01-01 | collective"
    )
    assert asked(bill(90000), who=collective) == []


def test_the_money_base_is_a_choice():
    assert asked(bill(90000), money_base="cash") == []
