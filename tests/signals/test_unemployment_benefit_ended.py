from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, people
from transforms.signals.unemployment_benefit_ended import unemployment_benefit_ended

LIMITS = SimpleNamespace(patience_days=60, window_days=270)
EXAMPLE = {
    "benefit": f"""
        record_key | person_id | benefit      | benefit_status | ends_on
        b1         | gus       | unemployment | stopped        | {days_ago(58)}
        b2         | ana       | unemployment | stopped        | {days_ago(62)}
        """,
}
ANA = people("person_id | household_id\nana | h1")
ENDED = f"unemployment | stopped | {days_ago(70)}"


def asked(*benefits: str, cover: str = "", who=ANA, coverage=None):
    rows = "\n".join(f"b{at} | ana | {row}" for at, row in enumerate(benefits))
    benefit = facts(
        "benefit", f"record_key | person_id | benefit | benefit_status | ends_on\n{rows}"
    )
    enrolment = facts(
        "enrolment",
        f"record_key | person_id | insurance | payment_status\ne | ana | {cover}" if cover else "",
    )
    return ask(
        unemployment_benefit_ended, who, LIMITS, coverage, benefit=benefit, enrolment=enrolment
    )


@pytest.mark.parametrize(
    ("days", "fires"), [(59, False), (60, True), (270, True), (271, False), (-5, False)]
)
def test_fires_from_the_end_of_patience_to_the_end_of_the_window(days, fires):
    assert bool(asked(f"unemployment | stopped | {days_ago(days)}")) is fires


def test_is_yellow_and_measures_the_days_since():
    (row,) = asked(ENDED)
    assert (row["severity"], int(row["measure"]), row["record_key"]) == (1, 70, "b0")


@pytest.mark.parametrize(
    "claim",
    [
        f"unemployment | paying | {days_ago(70)}",
        f"unemployment | suspended | {days_ago(70)}",
        f"unemployment |  | {days_ago(70)}",
        "unemployment | stopped | ",
        f"injury | stopped | {days_ago(70)}",
    ],
)
def test_a_claim_not_known_to_have_ended_proves_nothing(claim):
    assert asked(claim) == []


def test_a_second_claim_that_runs_or_ended_lately_holds_it_back():
    assert asked(ENDED, f"unemployment | paying | {days_ago(-90)}") == []
    assert asked(ENDED, f"unemployment | stopped | {days_ago(10)}") == []


@pytest.mark.parametrize(
    ("cover", "fires"),
    [
        ("employee_pension | paying", False),
        ("injury | paying", False),
        ("employee_medical | ", False),
        ("employee_pension | ended", True),
        ("resident_medical | paying", True),
    ],
)
def test_cover_at_work_that_is_or_may_be_paid_means_new_work(cover, fires):
    assert bool(asked(ENDED, cover=cover)) is fires


def test_somebody_who_has_retired_since_is_not_flagged():
    assert asked(ENDED, "employee_pension | paying | ") == []


@pytest.mark.parametrize("missing", ["enrolment", "benefit"])
def test_silence_tells_nothing_where_a_source_is_not_complete_and_fresh(missing):
    coverage = complete(*(name for name in RECORDS if name != missing))
    assert asked(ENDED, coverage=coverage) == []


def test_the_dead_are_not_flagged():
    who = people("person_id | household_id | life_status\nana | h1 | dead")
    assert asked(ENDED, who=who) == []


@settings(max_examples=10, deadline=None)
@given(st.integers(60, 270), st.integers(0, 210))
def test_a_longer_time_without_work_within_the_window_never_clears(days, longer):
    assert asked(f"unemployment | stopped | {days_ago(days)}")
    assert asked(f"unemployment | stopped | {days_ago(min(270, days + longer))}")
