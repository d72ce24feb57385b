from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from tests.signals.asking import ON, ask, complete, days_ago, facts, people
from transforms.coverage import Coverage, Covered
from transforms.signals.pension_age_without_benefit import pension_age_without_benefit

LIMITS = SimpleNamespace(pension_age=60, window_days=60, excluded_population=("dibao",))
HEAD = "record_key | person_id | person_type | life_status | status_on\n"
EXAMPLE = {"resident": f"{HEAD}r | gus | registered | normal | 1966-02-01"}
ANA = people("person_id | household_id | age\nana | h1 | 63")
REGISTERED = "registered | normal | 2001-05-01"


def asked(who=ANA, row=REGISTERED, coverage=None, **records):
    register = facts("resident", f"{HEAD}r | ana | {row}")
    return ask(pension_age_without_benefit, who, LIMITS, coverage, resident=register, **records)


def test_is_yellow_proved_by_the_registers_row_and_measures_the_age():
    (row,) = asked()
    assert (row["person_id"], row["record_key"], row["severity"]) == ("ana", "r", 1)
    assert (row["occurred_on"], row["measure"]) == (date(2001, 5, 1), 63)


@pytest.mark.parametrize(
    ("age", "fires"), [("59", False), ("60", True), ("101", True), ("", False)]
)
def test_the_age_counts_and_an_unknown_age_does_not(age, fires):
    assert bool(asked(people(f"person_id | household_id | age\nana | h1 | {age}"))) is fires


@pytest.mark.parametrize(
    ("payment", "fires"),
    [
        ("resident_pension | paying | |", False),
        ("survivor | paying | |", False),
        (" | paying | |", False),
        ("resident_pension |  | |", False),
        ("resident_pension | suspended | |", True),
        ("resident_pension | stopped | |", True),
        (f"resident_pension | stopped | | {days_ago(-1)}", False),
        (f"resident_pension | paying | | {days_ago(-1)}", False),
        (f"resident_pension | paying | | {days_ago(0)}", True),
        (f"resident_pension | paying | {days_ago(0)} |", False),
        (f"resident_pension | paying | {days_ago(-1)} |", True),
    ],
)
def test_anything_that_is_or_may_be_paid_holds_it_back(payment, fires):
    head = "record_key | person_id | benefit | benefit_status | starts_on | ends_on\n"
    assert bool(asked(benefit=facts("benefit", f"{head}b | ana | {payment}"))) is fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        ("registered | normal |", True),
        ("floating | normal |", False),
        (" | normal |", False),
        ("registered | moved_out |", False),
        ("registered |  |", False),
    ],
)
def test_only_a_present_registration_proves_it(row, fires):
    assert bool(asked(row=row)) is fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        ("alive | true", True),
        ("death_pending | true", True),
        ("dead | true", False),
        ("alive | false", False),
    ],
)
def test_only_the_living_whom_the_register_knows_are_flagged(row, fires):
    head = "person_id | household_id | age | life_status | in_register\n"
    assert bool(asked(people(f"{head}ana | h1 | 70 | {row}"))) is fires


@pytest.mark.parametrize(
    ("row", "fires"),
    [
        (f"dibao | {days_ago(9)} |", False),
        (f"tekun | {days_ago(9)} |", True),
        (f"dibao | {days_ago(9)} | {days_ago(0)}", True),
        ("dibao |  |", True),
    ],
)
def test_the_excluded_population_is_who_is_in_those_categories_today(row, fires):
    head = "record_key | person_id | category | approved_on | exit_on\n"
    assert bool(asked(assistance=facts("assistance", f"{head}a | ana | {row}"))) is fires


@pytest.mark.parametrize("told", [(), ("resident",), ("benefit",)])
def test_silence_tells_nothing_where_a_source_is_not_complete_and_fresh(told):
    assert asked(coverage=complete(*told)) == []


@pytest.mark.parametrize(("days", "fires"), [(60, True), (61, False)])
def test_a_register_older_than_the_window_proves_nothing(days, fires):
    old = Covered(complete_since=date(2020, 1, 1), latest=ON - timedelta(days), cadence_days=40)
    coverage = Coverage(by_record={"resident": old, "benefit": old}, on=ON)
    assert bool(asked(coverage=coverage)) is fires
