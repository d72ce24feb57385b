from decimal import Decimal
from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, flagged, people
from transforms.signals.care_given_up import care_given_up

LIMITS = SimpleNamespace(
    window_days=180, cost_threshold=Decimal("10000.00"), serious_diseases=("C34",)
)
EXAMPLE = {
    "admission": f"""
        record_key | person_id | discharged_on   | diagnosis_main | discharge_mode | pay_mode | total_cost
        m1         | ana       | {days_ago(175)} | J18            | ordered        | self     | 10500
        m2         | cho       | {days_ago(175)} | C34            | against_advice | public   |
        m3         | gus       | {days_ago(5)}   | J18            | against_advice | public   | 90000
        """,
}
WHO = people("person_id | household_id\nana | h1")


def asked(mode: str, pay: str, cost: str, code: str = "J18", days: int = 9, who=WHO):
    stay = facts(
        "admission",
        f"""
        record_key | person_id | discharged_on    | diagnosis_main | discharge_mode | pay_mode | total_cost
        m          | ana       | {days_ago(days)} | {code}         | {mode}         | {pay}    | {cost}
        """,
    )
    return ask(care_given_up, who, LIMITS, admission=stay)


@pytest.mark.parametrize(("cost", "fires"), [("10000", True), ("9999.99", False), ("", False)])
def test_paying_all_alone_counts_from_the_threshold_on(cost, fires):
    rows = asked("ordered", "self", cost)
    assert [(row["measure"], row["severity"]) for row in rows] == (
        [(Decimal(cost), 2)] if fires else []
    )


@pytest.mark.parametrize("pay", ["resident_insurance", "assistance", "other", ""])
def test_other_and_unknown_ways_of_paying_are_not_alone(pay):
    assert asked("ordered", pay, "90000") == []


@pytest.mark.parametrize(("code", "fires"), [("C34.1", True), ("J18", False), ("", False)])
def test_leaving_against_advice_counts_with_a_listed_disease(code, fires):
    assert bool(asked("against_advice", "resident_insurance", "50", code)) is fires


@pytest.mark.parametrize("mode", ["ordered", "transferred", "community", "died", "other", ""])
def test_other_and_unknown_ways_of_leaving_are_not_against_advice(mode):
    assert asked(mode, "resident_insurance", "90000", "C34") == []


def test_an_unknown_cost_does_not_hide_treatment_broken_off():
    (row,) = asked("against_advice", "", "", "C34")
    assert row["measure"] == 0


def test_a_stay_that_is_both_is_one_proof():
    assert len(asked("against_advice", "self", "10000", "C34")) == 1


@pytest.mark.parametrize(("days", "fires"), [(180, True), (181, False), (0, True), (-1, False)])
def test_expires_after_the_window(days, fires):
    assert bool(asked("ordered", "self", "10000", days=days)) is fires
    assert bool(asked("against_advice", "", "", "C34", days=days)) is fires


def test_a_stay_without_a_day_or_a_person_proves_nothing():
    stays = facts(
        "admission",
        f"""
        record_key | person_id | discharged_on | pay_mode | total_cost
        m1         | ana       |               | self     | 90000
        m2         |           | {days_ago(9)} | self     | 90000
        """,
    )
    assert ask(care_given_up, WHO, LIMITS, admission=stays) == []


@pytest.mark.parametrize(("status", "who"), [("dead", []), ("death_pending", ["ana"])])
def test_the_dead_are_not_flagged_and_the_reported_dead_are(status, who):
    drawn = people(f"person_id | household_id | life_status\nana | h1 | {status}")
    assert flagged(asked("ordered", "self", "10000", who=drawn)) == who


def test_nothing_told_to_the_township_hints_at_treatment():
    told = care_given_up.township_sentence
    assert not any(word in told for word in ("医", "病", "院", "治", "药", "自费"))
