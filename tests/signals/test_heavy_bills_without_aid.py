from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.heavy_bills_without_aid import heavy_bills_without_aid

LIMITS = SimpleNamespace(
    money_base="personal_amount", window_days=365, threshold=Decimal("50000.00")
)
EXAMPLE = {
    "settlement": f"""
        record_key | person_id | settled_on      | personal_amount | aid_amount
        s1         | ana       | {days_ago(85)}  | 20500           | 0
        s2         | ana       | {days_ago(360)} | 30000           | 0
        s3         | cho       | {days_ago(5)}   | 60000           | 500
        """,
}
WHO = people("person_id | household_id\nana | h1\nben | h2\ncho | h3\ndia | h4\neli | h5")


def asked(bills: str, who=WHO, **changed):
    head = "record_key | person_id | settled_on | is_refund | personal_amount | aid_amount\n"
    limits = SimpleNamespace(**{**vars(LIMITS), **changed})
    return ask(heavy_bills_without_aid, who, limits, settlement=facts("settlement", head + bills))


def test_fires_at_the_threshold_and_every_bill_proves_it():
    rows = asked(
        f"""
        a1 | ana | {days_ago(10)} | no | 40000    | 0
        a2 | ana | {days_ago(40)} | no | 10000    | 0
        b1 | ben | {days_ago(10)} | no | 49999.99 | 0
        c1 | cho | {days_ago(10)} | no |          | 0
        """
    )
    assert [(row["record_key"], row["measure"], row["severity"]) for row in rows] == [
        ("a1", Decimal("50000.00"), 3),
        ("a2", Decimal("50000.00"), 3),
    ]


def test_the_window_holds_its_first_day_and_today_and_nothing_else():
    bills = f"""
        a | ana | {days_ago(365)} | no | 50000 | 0
        b | ben | {days_ago(366)} | no | 50000 | 0
        c | cho | {days_ago(0)}   | no | 50000 | 0
        d | dia | {days_ago(-1)}  | no | 50000 | 0
        e | eli |                 | no | 50000 | 0
        """
    assert flagged(asked(bills)) == ["ana", "cho"]


@pytest.mark.parametrize(("aid", "fires"), [("0", True), ("0.01", False), ("", False)])
def test_every_bill_must_say_that_its_aid_was_nothing(aid, fires):
    bills = f"""
        a1 | ana | {days_ago(10)} | no | 50000 | 0
        a2 | ana | {days_ago(20)} | no | 100   | {aid}
        """
    assert bool(asked(bills)) is fires


@pytest.mark.parametrize("personal", ["0", ""])
def test_aid_that_paid_a_bill_in_full_is_aid(personal):
    bills = f"""
        a1 | ana | {days_ago(10)} | no | 50000      | 0
        a2 | ana | {days_ago(20)} | no | {personal} | 8000
        """
    assert asked(bills) == []


@pytest.mark.parametrize(("days", "fires"), [(365, False), (366, True), (-1, True)])
def test_aid_outside_the_window_is_not_asked_for(days, fires):
    bills = f"""
        a1 | ana | {days_ago(10)}   | no | 50000 | 0
        a2 | ana | {days_ago(days)} | no | 100   | 8000
        """
    assert bool(asked(bills)) is fires


def test_refunds_take_their_bills_out_and_say_nothing_of_aid():
    bills = f"""
        a1 | ana | {days_ago(30)} | no  | 50000 | 0
        a2 | ana | {days_ago(30)} | no  | 700   | 0
        a3 | ana | {days_ago(20)} | yes | -700   |
        b1 | ben | {days_ago(30)} | no  | 50000 | 0
        b2 | ben | {days_ago(20)} | yes | -50000 | 0
        """
    assert [row["record_key"] for row in asked(bills)] == ["a1"]


def test_a_bill_settled_anew_with_aid_is_aided_and_a_null_refund_flag_is_a_bill():
    bills = f"""
        a1 | ana | {days_ago(30)} | no  | 60000 | 0
        a2 | ana | {days_ago(20)} | yes | -60000 | 0
        a3 | ana | {days_ago(20)} | no  | 55000 | 5000
        b1 | ben | {days_ago(30)} |     | 60000 | 10
        """
    assert asked(bills) == []


def test_the_money_base_is_a_choice():
    assert asked(f"a | ana | {days_ago(1)} | no | 50000 | 0", money_base="cash") == []


def test_the_dead_are_not_flagged_and_the_reported_dead_are():
    who = people(
        "person_id | household_id | life_status\nana | h1 | dead\nben | h2 | death_pending"
    )
    bills = f"""
        a | ana | {days_ago(9)} | no | 60000 | 0
        b | ben | {days_ago(9)} | no | 60000 | 0
        """
    assert flagged(asked(bills, who)) == ["ben"]


ENTRIES = st.lists(
    st.tuples(
        st.sampled_from([400, 200, 10]),
        st.sampled_from(["no", "no", "yes"]),
        st.sampled_from([18000, 26000, 50000]),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=8, deadline=None)
@given(ENTRIES, st.sampled_from([8000, 24000]))
def test_larger_bills_without_aid_never_clear(entries, more):
    def is_flagged(amounts):
        bills = [
            f"r{at} | ana | {days_ago(age)} | {refund} | {amount} | 0"
            for at, (age, refund, amount) in enumerate(amounts)
        ]
        return bool(asked("\n".join(bills)))

    larger = [
        (age, refund, amount + more if refund == "no" and age <= 365 else amount)
        for age, refund, amount in entries
    ]
    assert is_flagged(larger) >= is_flagged(entries)
