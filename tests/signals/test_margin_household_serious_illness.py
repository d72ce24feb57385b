from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ask, days_ago, facts, flagged, people, severities
from transforms.signals.margin_household_serious_illness import margin_household_serious_illness

LIMITS = SimpleNamespace(
    serious_diseases=("C34",), window_days=180, burden_threshold=Decimal("10000.00")
)
EXAMPLE = {
    "settlement": f"""
        record_key | person_id | settled_on     | visit_kind | personal_amount
        s4         | gus       | {days_ago(5)}  | inpatient  | 10500
        """,
    "assistance": f"""
        record_key | person_id | category          | approved_on
        a1         | gus       | low_income_margin | {days_ago(900)}
        """,
    "admission": f"""
        record_key | person_id | discharged_on   | diagnosis_main
        m1         | ana       | {days_ago(85)}  | C34
        m2         | ana       | {days_ago(900)} | C34
        m3         | gus       | {days_ago(185)} | N18
        """,
}
WHO = people("person_id | household_id\nana | h1\nson | h1\nben | h2")


def in_register(*rows: str):
    """Rows as: person, category, approved days ago, exited days ago."""
    text = "record_key | person_id | category | approved_on | exit_on"
    for at, row in enumerate(rows):
        person, category, approved, *exited = row.split()
        gone = days_ago(int(exited[0])) if exited else ""
        text += f"\n{at} | {person} | {category} | {days_ago(int(approved))} | {gone}"
    return facts("assistance", text)


def ill(who="ana", days=10, code="C34"):
    head = "record_key | person_id | discharged_on | diagnosis_main\n"
    return facts("admission", f"{head}s | {who} | {days_ago(days)} | {code}")


def charged(amount, days=10, who="ana"):
    head = "record_key | person_id | settled_on | personal_amount\n"
    return facts("settlement", f"{head}b | {who} | {days_ago(days)} | {amount}")


MARGIN = in_register("son low_income_margin 400")


def asked(who=WHO, **records):
    return ask(margin_household_serious_illness, who, LIMITS, **{"assistance": MARGIN, **records})


def test_serious_illness_of_any_member_of_the_family_is_red():
    (row,) = asked(admission=ill())
    assert (row["person_id"], row["severity"], row["record_key"]) == ("ana", 3, "s")
    assert row["measure"] == 0
    assert flagged(asked(admission=ill("son"))) == ["son"]


def test_so_is_a_heavy_burden_from_the_threshold_on():
    assert flagged(asked(settlement=charged("10000"))) == ["ana"]
    assert asked(settlement=charged("9999.99")) == []
    assert asked(settlement=charged("")) == []


def test_other_families_and_other_diseases_are_left_alone():
    assert asked(admission=ill("ben")) == []
    assert asked(admission=ill(code="J18")) == []
    assert asked(admission=ill(code="")) == []


@pytest.mark.parametrize(("days", "fires"), [(180, True), (181, False), (-1, False)])
def test_illness_and_burden_expire(days, fires):
    assert bool(asked(admission=ill(days=days))) is fires
    assert bool(asked(settlement=charged("20000", days=days))) is fires


@pytest.mark.parametrize(
    ("rows", "fires"),
    [
        (["son low_income_margin 0"], True),
        (["son low_income_margin -1"], False),
        (["son low_income_margin 400 0"], False),
        (["son low_income_margin 400 -1"], True),
        (["son monitored 400"], False),
        (["son low_income_margin 400", "ana dibao 5"], False),
        (["son low_income_margin 400", "ana dibao 50 5"], True),
        (["son low_income_margin 400", "son dibao 5"], True),
        (["ana low_income_margin 400"], True),
    ],
)
def test_the_family_is_margin_and_the_patient_not_covered_on_the_day(rows, fires):
    assert bool(asked(admission=ill(), assistance=in_register(*rows))) is fires


def test_a_refund_takes_the_burden_away():
    head = "record_key | person_id | settled_on | is_refund | personal_amount\n"
    bills = f"1 | ana | {days_ago(9)} | no | 15000\n2 | ana | {days_ago(3)} | yes | -15000"
    assert asked(settlement=facts("settlement", head + bills)) == []


@pytest.mark.parametrize(
    ("kind", "grade", "status", "fires"),
    [
        ("physical", "2", "valid", True),
        ("physical", "3", "valid", False),
        ("mental", "3", "valid", True),
        ("mental", "4", "valid", False),
        ("", "3", "valid", False),
        ("physical", "", "valid", False),
        ("physical", "1", "expired", False),
        ("physical", "1", "", False),
    ],
)
def test_severe_disability_counts_as_long_as_its_card_is_valid(kind, grade, status, fires):
    head = "record_key | person_id | disability | disability_grade | card_status | issued_on\n"
    card = facts("disability", f"{head}c | ana | {kind} | {grade} | {status} | {days_ago(3000)}")
    rows = asked(disability=card)
    assert severities(rows) == ({"ana": 3} if fires else {})
    assert all(row["measure"] == 0 for row in rows)
    stranger = facts("disability", f"{head}c | ben | physical | 1 | valid | {days_ago(3000)}")
    assert asked(disability=stranger) == []


def test_a_dormitory_shares_no_hardship():
    who = people(
        "person_id | household_id | household_kind\nana | h1 | collective\nson | h1 | collective"
    )
    assert asked(who, admission=ill()) == []
    assert flagged(asked(who, admission=ill("son"))) == ["son"]


def test_the_dead_are_not_flagged():
    who = people("person_id | household_id | life_status\nana | h1 | dead\nson | h1 | alive")
    assert asked(who, admission=ill()) == []


@settings(max_examples=10, deadline=None)
@given(st.integers(10_000, 90_000), st.integers(0, 90_000))
def test_a_larger_burden_never_clears(amount, more):
    assert asked(settlement=charged(amount))
    assert asked(settlement=charged(amount + more))
