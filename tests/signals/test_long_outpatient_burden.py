from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ON, ask, days_ago, facts, flagged, people
from transforms.signals.long_outpatient_burden import long_outpatient_burden

LIMITS = SimpleNamespace(
    money_base="personal_amount",
    look_back_days=365,
    monthly_threshold=Decimal("500.00"),
    months=3,
    window_days=90,
    excluded_population=("dibao",),
)
EXAMPLE = {
    "settlement": """
        record_key | person_id | settled_on | visit_kind         | personal_amount
        s1         | ana       | 2026-09-30 | chronic_outpatient | 510
        s2         | ana       | 2026-10-01 | chronic_outpatient | 300
        s3         | ana       | 2026-10-31 | chronic_outpatient | 230
        s4         | ana       | 2026-11-02 | chronic_outpatient | 505
        s5         | cho       | 2026-11-02 | chronic_outpatient | 900
        """,
}
KIND = "chronic_outpatient"
WHO = people("person_id | household_id\nana | h1\nben | h2\ncho | h3")


def asked(bills: str, who=WHO, assistance: str = "", **changed):
    head = "record_key | person_id | settled_on | visit_kind | is_refund | personal_amount\n"
    register = "record_key | person_id | category | approved_on\n" + assistance
    return ask(
        long_outpatient_burden,
        who,
        SimpleNamespace(**{**vars(LIMITS), **changed}),
        settlement=facts("settlement", head + bills),
        assistance=facts("assistance", register),
    )


def months(*stated: str, person: str = "ana", amount: str = "500", kind: str = KIND) -> str:
    """One bill in the middle of each month."""
    return "\n".join(
        f"{person}-{month} | {person} | {month}-15 | {kind} | no | {amount}" for month in stated
    )


def keys(rows):
    return [row["record_key"] for row in rows]


def test_three_heavy_months_in_a_row_are_proved_by_all_their_bills():
    rows = asked(months("2026-08", "2026-09", "2026-10"))
    assert keys(rows) == ["ana-2026-08", "ana-2026-09", "ana-2026-10"]
    assert {(int(row["measure"]), row["severity"]) for row in rows} == {(3, 2)}


def test_two_months_are_not_enough_nor_are_three_with_a_gap():
    assert asked(months("2026-09", "2026-10")) == []
    assert asked(months("2026-07", "2026-09", "2026-10", "2026-05")) == []


def test_months_follow_each_other_over_the_turn_of_the_year():
    rows = asked(months("2025-12", "2026-01", "2026-02"), window_days=300)
    assert len(rows) == 3


def test_bills_of_a_month_add_up_to_the_line_and_not_a_fen_below_it():
    whole = months("2026-08", "2026-09")
    at_line = f"""
        o1 | ana | 2026-10-01 | {KIND} | no | 200
        o2 | ana | 2026-10-31 | {KIND} | no | 300
        """
    below = f"""
        o1 | ana | 2026-10-01 | {KIND} | no | 200
        o2 | ana | 2026-10-31 | {KIND} | no | 299.99
        """
    assert len(asked(whole + at_line)) == 4
    assert asked(whole + below) == []


def test_a_month_that_has_only_begun_does_not_break_the_run():
    run = months("2026-08", "2026-09", "2026-10")
    begun = f"\nn | ana | 2026-11-03 | {KIND} | no | 20"
    assert keys(asked(run + begun)) == keys(asked(run))
    assert {int(row["measure"]) for row in asked(run + "\n" + months("2026-11"))} == {4}


@pytest.mark.parametrize("kind", ["outpatient", "inpatient", "other", ""])
def test_other_and_unknown_kinds_of_visit_do_not_count(kind):
    assert asked(months("2026-08", "2026-09", "2026-10", kind=kind)) == []


def test_a_refund_takes_its_bill_out_and_so_its_month():
    run = months("2026-08", "2026-09", "2026-10")
    assert asked(run + f"\nr | ana | 2026-10-20 | {KIND} | yes | -500") == []
    part = f"\nr | ana | 2026-10-20 | {KIND} | yes | -1"
    assert asked(run + part) == []


def test_unknown_amounts_and_days_make_no_month_heavy():
    two = months("2026-09", "2026-10")
    assert asked(two + f"\nn | ana | 2026-08-05 | {KIND} | no |") == []
    assert asked(two + f"\nn | ana |            | {KIND} | no | 500") == []


@pytest.mark.parametrize(("window", "fires"), [(38, True), (37, False)])
def test_expires_with_the_window_after_the_last_bill(window, fires):
    rows = asked(months("2026-08", "2026-09", "2026-10"), window_days=window)
    assert ON.isoformat() == "2026-11-22"
    assert bool(rows) is fires


def test_the_last_of_several_bills_of_the_last_month_is_what_expires():
    two = f"o1 | ana | 2026-10-02 | {KIND} | no | 300\no2 | ana | 2026-10-15 | {KIND} | no | 200"
    run = months("2026-08", "2026-09") + "\n" + two
    assert len(asked(run, window_days=38)) == 4


@pytest.mark.parametrize(("look_back", "fires"), [(99, True), (98, False)])
def test_bills_before_the_look_back_are_not_counted(look_back, fires):
    rows = asked(months("2026-08", "2026-09", "2026-10"), look_back_days=look_back)
    assert bool(rows) is fires


def test_bills_of_days_to_come_are_not_counted():
    assert asked(months("2026-09", "2026-10") + f"\nf | ana | 2026-11-23 | {KIND} | no | 900") == []


def test_everybody_has_their_own_months():
    bills = months("2026-08", "2026-10") + "\n" + months("2026-09", person="ben")
    assert asked(bills) == []


def test_the_excluded_population_and_the_dead_are_not_flagged():
    bills = "\n".join(
        months("2026-08", "2026-09", "2026-10", person=name) for name in ("ana", "ben", "cho")
    )
    who = people(
        """
        person_id | household_id | life_status
        ana       | h1           | dead
        ben       | h2           | death_pending
        cho       | h3           | alive
        """
    )
    assert flagged(asked(bills, who, f"1 | cho | dibao | {days_ago(9)}")) == ["ben"]


def test_the_money_base_is_a_choice():
    assert asked(months("2026-08", "2026-09", "2026-10"), money_base="cash") == []


@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from([0, 400, 500, 700]), min_size=4, max_size=6), st.integers(1, 300))
def test_without_refunds_larger_bills_never_shorten_a_run(amounts, more):
    def longest(each):
        stated = [(f"2026-{at + 5:02}", amount) for at, amount in enumerate(each)]
        rows = asked("\n".join(months(month, amount=str(amount)) for month, amount in stated))
        return max((int(row["measure"]) for row in rows), default=0)

    assert longest([amount + more for amount in amounts]) >= longest(amounts)
