from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.signals.asking import ON, ask, complete, days_ago, facts, flagged, people
from transforms.coverage import Coverage, Covered
from transforms.signals.elder_alone_without_pension import elder_alone_without_pension

LIMITS = SimpleNamespace(
    alone_from_age=70,
    advanced_age=80,
    pension_floor=Decimal("100.00"),
    window_days=60,
    excluded_population=("tekun",),
)
EXAMPLE = {
    "resident": "record_key | person_id | person_type | life_status\nr | cho | registered | normal",
}
RESIDENT = "record_key | person_id | person_type | life_status | status_on\n"
ANA = people("person_id | household_id | age\nana | h1 | 70")


def with_limits(**changed):
    return SimpleNamespace(**{**vars(LIMITS), **changed})


def registered(*names: str):
    rows = "\n".join(f"r-{name} | {name} | registered | normal | 2001-05-01" for name in names)
    return facts("resident", RESIDENT + rows)


def paid(text: str):
    head = (
        "record_key | person_id | benefit | benefit_status | monthly_amount | starts_on | ends_on\n"
    )
    return facts("benefit", head + text)


def asked(who=ANA, limits=LIMITS, coverage=None, **records):
    given_records = {"resident": registered("ana", "ben", "cho", "dia"), **records}
    return ask(elder_alone_without_pension, who, limits, coverage, **given_records)


def test_fires_for_an_old_person_alone_to_whom_nothing_is_paid():
    (row,) = asked()
    assert (row["person_id"], row["record_key"], row["severity"]) == ("ana", "r-ana", 2)
    assert (row["occurred_on"], row["measure"]) == (date(2001, 5, 1), Decimal(100))
    assert flagged(asked(limits=with_limits(pension_floor=Decimal(0)))) == ["ana"]


@pytest.mark.parametrize(("pension", "lacking"), [("100", 0), ("99.99", "0.01"), ("0", 100)])
def test_measures_what_is_lacking_to_the_floor(pension, lacking):
    (row,) = asked(benefit=paid(f"b | ana | resident_pension | paying | {pension} | |"))
    assert row["measure"] == Decimal(lacking)


@pytest.mark.parametrize(
    ("age", "pension", "severity"),
    [("79", "50", 1), ("80", "50", 2), ("70", "0", 2), ("70", "0.01", 1), ("70", "", None)],
)
def test_advanced_age_or_nothing_at_all_comes_first(age, pension, severity):
    who = people(f"person_id | household_id | age\nana | h1 | {age}")
    rows = asked(who, benefit=paid(f"b | ana | resident_pension | paying | {pension} | |"))
    assert [row["severity"] for row in rows] == ([severity] if severity else [])


@pytest.mark.parametrize(("age", "fires"), [("70", True), ("69", False), ("", False), ("99", True)])
def test_the_age_counts_and_an_unknown_age_does_not(age, fires):
    assert bool(asked(people(f"person_id | household_id | age\nana | h1 | {age}"))) is fires


def test_somebody_living_in_the_household_is_company_and_the_dead_are_not():
    who = people(
        """
        person_id | household_id | age | life_status
        ana       | h1           | 80  | alive
        son       | h1           | 50  | alive
        ben       | h2           | 80  | alive
        wife      | h2           | 79  | dead
        cho       | h3           | 80  | alive
        husband   | h3           | 81  | death_pending
        dia       | h4           | 80  | dead
        """
    )
    assert flagged(asked(who)) == ["ben"]


@pytest.mark.parametrize("silent", [(), ("resident",), ("benefit",)])
def test_silence_tells_nothing_where_a_source_is_not_complete_and_fresh(silent):
    assert asked(coverage=complete(*silent)) == []


def test_a_register_older_than_the_window_proves_nothing():
    limits = with_limits(window_days=10)
    for age, fires in [(10, True), (11, False)]:
        old = Covered(
            complete_since=date(2020, 1, 1), latest=ON - timedelta(days=age), cadence_days=30
        )
        coverage = Coverage(by_record={"resident": old, "benefit": old}, on=ON)
        assert bool(asked(limits=limits, coverage=coverage)) is fires


@pytest.mark.parametrize(
    ("payment", "fires"),
    [
        ("resident_pension | paying | 100 | |", True),
        ("resident_pension | paying | 100.01 | |", False),
        ("resident_pension | paying |  | |", False),
        ("resident_pension |  | 50 | |", False),
        ("resident_pension | stopped | 900 | |", True),
        ("resident_pension | suspended | 900 | |", True),
        (f"resident_pension | paying | 900 | | {days_ago(0)}", True),
        (f"resident_pension | paying | 900 | | {days_ago(-1)}", False),
        (f"resident_pension | paying | 900 | {days_ago(-1)} |", True),
        (f"resident_pension | paying | 900 | {days_ago(0)} |", False),
        ("survivor | paying | 900 | |", False),
    ],
)
def test_what_is_paid_must_be_known_to_be_next_to_nothing(payment, fires):
    assert bool(asked(benefit=paid(f"b | ana | {payment}"))) is fires


def test_small_payments_add_up():
    rows = paid(
        "1 | ana | survivor | paying | 60 | |\n2 | ana | resident_pension | paying | 60 | |"
    )
    assert asked(benefit=rows) == []


@pytest.mark.parametrize(
    "row", ["floating | normal | yes", "registered | moved_out | yes", "registered | normal | no"]
)
def test_only_a_present_registration_at_the_address_lived_at_shows_somebody_alone(row):
    head = "record_key | person_id | person_type | life_status | lives_at_registered_address\n"
    assert asked(resident=facts("resident", f"{head}r | ana | {row}")) == []


def test_dormitories_and_people_outside_the_register_are_not_known_to_be_alone():
    who = people(
        """
        person_id | household_id | age | household_kind | in_register
        ana       | h1           | 80  | collective     | true
        ben       | h2           | 80  |                | false
        """
    )
    assert asked(who) == []


def test_the_excluded_population_is_left_out():
    register = facts(
        "assistance",
        f"record_key | person_id | category | approved_on\n1 | ana | tekun | {days_ago(9)}",
    )
    assert asked(assistance=register) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(70, 105), st.integers(0, 100), st.integers(0, 30), st.integers(0, 100))
def test_older_and_poorer_never_clears(age, amount, older, poorer):
    def rows(years, monthly):
        who = people(f"person_id | household_id | age\nana | h1 | {years}")
        return asked(who, benefit=paid(f"b | ana | resident_pension | paying | {monthly} | |"))

    assert rows(age, amount)
    assert rows(age + older, max(0, amount - poorer))
