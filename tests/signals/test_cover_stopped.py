from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, flagged, people
from transforms.signals.cover_stopped import cover_stopped

LIMITS = SimpleNamespace(patience_days=90, window_days=270, working_age_from=16, working_age_to=59)
EXAMPLE = {
    "enrolment": f"""
        record_key | person_id | insurance        | payment_status | status_since
        e1         | ana       | employee_pension | ended          | {days_ago(92)}
        e2         | gus       | employee_pension | ended          | {days_ago(275)}
        """,
}
ANA = people("person_id | household_id | age\nana | h1 | 40")


def insured(*rows: str):
    """Rows of ana as: insurance, payment_status, status_since."""
    text = "\n".join(f"e{at} | ana | {row}" for at, row in enumerate(rows))
    head = "record_key | person_id | insurance | payment_status | status_since\n"
    return facts("enrolment", head + text)


STOPPED = f"employee_pension | paused | {days_ago(100)}"


def asked(*rows: str, who=ANA, coverage=None, **records):
    return ask(cover_stopped, who, LIMITS, coverage, enrolment=insured(*rows), **records)


@pytest.mark.parametrize(
    ("days", "fires"), [(89, False), (90, True), (270, True), (271, False), (-30, False)]
)
def test_fires_from_the_end_of_patience_to_the_end_of_the_window(days, fires):
    assert bool(asked(f"employee_medical | ended | {days_ago(days)}")) is fires


def test_is_blue_and_measures_the_days_since_the_last_cover_stopped():
    rows = asked(STOPPED, f"employee_medical | ended | {days_ago(120)}")
    assert {(row["severity"], int(row["measure"])) for row in rows} == {(1, 100)}
    assert {row["record_key"] for row in rows} == {"e0", "e1"}


@pytest.mark.parametrize(
    "other",
    [
        f"resident_medical | paying | {days_ago(400)}",
        f"injury | paying | {days_ago(5)}",
        f"employee_pension | ended | {days_ago(10)}",
        f"employee_pension |  | {days_ago(300)}",
        "employee_pension | ended | ",
    ],
)
def test_cover_that_is_or_may_be_paid_anywhere_holds_it_back(other):
    assert asked(STOPPED, other) == []


def test_only_an_employees_cover_counts_as_stopped():
    assert asked(f"resident_medical | ended | {days_ago(100)}") == []


@pytest.mark.parametrize(
    ("age", "fires"), [("15", False), ("16", True), ("59", True), ("60", False), ("", False)]
)
def test_the_working_ages(age, fires):
    who = people(f"person_id | household_id | age\nana | h1 | {age}")
    assert bool(asked(STOPPED, who=who)) is fires


@pytest.mark.parametrize(
    ("pension", "fires"),
    [
        ("employee_pension | paying", False),
        ("employee_pension | suspended", False),
        ("employee_pension | ", False),
        ("employee_pension | stopped", True),
        ("unemployment | paying", True),
    ],
)
def test_somebody_who_has_or_may_have_retired_is_not_flagged(pension, fires):
    head = "record_key | person_id | benefit | benefit_status\n"
    rows = facts("benefit", f"{head}b | ana | {pension}")
    assert bool(asked(STOPPED, benefit=rows)) is fires


@pytest.mark.parametrize("missing", ["enrolment", "benefit"])
def test_silence_tells_nothing_where_a_source_is_not_complete_and_fresh(missing):
    coverage = complete(*(name for name in RECORDS if name != missing))
    assert asked(STOPPED, coverage=coverage) == []


def test_the_dead_are_not_flagged():
    who = people("person_id | household_id | age | life_status\nana | h1 | 40 | dead")
    assert flagged(asked(STOPPED, who=who)) == []


@settings(max_examples=15, deadline=None)
@given(st.integers(90, 270), st.integers(0, 180))
def test_a_longer_gap_within_the_window_never_clears(days, longer):
    later = min(270, days + longer)
    assert asked(f"employee_pension | ended | {days_ago(days)}")
    assert asked(f"employee_pension | ended | {days_ago(later)}")
