from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.several_ill_in_household import several_ill_in_household

LIMITS = SimpleNamespace(
    serious_diseases=("C34",),
    money_base="personal_amount",
    window_days=365,
    member_threshold=Decimal("13000.00"),
    ill_members=2,
    excluded_population=("dibao",),
)
EXAMPLE = {
    "admission": f"""
        record_key | person_id | discharged_on   | diagnosis_main
        m1         | ana       | {days_ago(360)} | C34
        """,
    "settlement": f"""
        record_key | person_id | settled_on      | personal_amount
        s1         | ben       | {days_ago(360)} | 7000
        s2         | ben       | {days_ago(5)}   | 6500
        s3         | cho       | {days_ago(5)}   | 60000
        """,
}
FAMILY = """
    person_id | household_id | life_status | household_kind
    ana       | h            | alive       | family
    ben       | h            | alive       | family
    cho       | h            | alive       | family
    """


def asked(stays: str = "", bills: str = "", who: str = FAMILY, assistance: str = "", **changed):
    return ask(
        several_ill_in_household,
        people(who),
        SimpleNamespace(**{**vars(LIMITS), **changed}),
        admission=facts(
            "admission", "record_key | person_id | discharged_on | diagnosis_main\n" + stays
        ),
        settlement=facts(
            "settlement",
            "record_key | person_id | settled_on | is_refund | personal_amount\n" + bills,
        ),
        assistance=facts(
            "assistance", "record_key | person_id | category | approved_on\n" + assistance
        ),
    )


def stays_of(*names: str, days: int = 9, code: str = "C34.1") -> str:
    return "\n".join(f"m-{name} | {name} | {days_ago(days)} | {code}" for name in names)


def bills_of(*names: str, days: int = 9, amount: str = "13000") -> str:
    return "\n".join(f"s-{name} | {name} | {days_ago(days)} | no | {amount}" for name in names)


def test_two_who_are_ill_each_carry_their_own_rows():
    rows = asked(stays_of("ana"), bills_of("ana", "ben"))
    assert [(row["person_id"], row["record_key"]) for row in rows] == [
        ("ana", "m-ana"),
        ("ana", "s-ana"),
        ("ben", "s-ben"),
    ]
    assert {(int(row["measure"]), row["severity"]) for row in rows} == {(2, 3)}


def test_one_who_is_ill_is_not_several_however_ill():
    assert asked(stays_of("ana") + "\n" + stays_of("ana", days=40), bills_of("ana")) == []
    assert asked(stays_of("ana"), ill_members=1) != []


def test_the_measure_counts_the_ill():
    rows = asked(stays_of("ana", "cho"), bills_of("ben"))
    assert {int(row["measure"]) for row in rows} == {3}


@pytest.mark.parametrize(("amount", "fires"), [("13000", True), ("12999.99", False), ("", False)])
def test_bills_count_from_the_threshold_on(amount, fires):
    assert bool(asked(stays_of("ana"), bills_of("ben", amount=amount))) is fires


def test_a_refunded_bill_makes_nobody_ill():
    refund = f"\nr | ben | {days_ago(1)} | yes | -13000"
    assert asked(stays_of("ana"), bills_of("ben") + refund) == []


@pytest.mark.parametrize("code", ["J18", ""])
def test_other_and_unknown_diseases_do_not_count(code):
    assert asked(stays_of("ana") + "\n" + stays_of("ben", code=code)) == []


@pytest.mark.parametrize(("days", "fires"), [(365, True), (366, False), (0, True), (-1, False)])
def test_both_kinds_of_row_expire_with_the_window(days, fires):
    assert bool(asked(stays_of("ana") + "\n" + stays_of("ben", days=days))) is fires
    assert bool(asked(stays_of("ana"), bills_of("ben", days=days))) is fires


@pytest.mark.parametrize(("status", "fires"), [("dead", False), ("death_pending", True)])
def test_only_living_members_count(status, fires):
    who = f"""
        person_id | household_id | life_status
        ana       | h            | alive
        ben       | h            | {status}
        """
    assert bool(asked(stays_of("ana", "ben"), who=who)) is fires


def test_ill_people_of_different_families_of_none_or_of_a_dormitory_are_not_several():
    for who in (
        FAMILY.replace("ben       | h ", "ben       | h2"),
        FAMILY.replace("| h ", "|   "),
        FAMILY.replace("family", "collective"),
    ):
        assert asked(stays_of("ana", "ben"), who=who) == []


def test_the_excluded_population_counts_but_is_not_flagged():
    both = stays_of("ana", "ben")
    assert flagged(asked(both, assistance=f"1 | ana | dibao | {days_ago(9)}")) == ["ben"]
    assert flagged(asked(both, assistance="1 | ana | dibao |")) == ["ana", "ben"]


def test_the_money_base_is_a_choice():
    assert asked(stays_of("ana"), bills_of("ben"), money_base="cash") == []
