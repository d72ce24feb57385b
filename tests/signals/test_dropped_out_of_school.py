from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.dropped_out_of_school import dropped_out_of_school

LIMITS = SimpleNamespace(age_to=16, window_days=120)
EXAMPLE = {
    "schooling": f"""
        record_key | person_id | stage      | enrolment_status  | reported_on
        y1         | ben       | compulsory | dropout_suspected | {days_ago(118)}
        """,
}


def asked(
    stage="compulsory",
    status="dropout_suspected",
    days=10,
    age="13",
    life_status="alive",
    who="ben",
):
    pupil = people(f"person_id | age | life_status\nben | {age} | {life_status}")
    head = "record_key | person_id | stage | enrolment_status | reported_on"
    reported = "" if days is None else days_ago(days)
    years = facts("schooling", f"{head}\ny | {who} | {stage} | {status} | {reported}")
    rows = ask(dropped_out_of_school, pupil, LIMITS, schooling=years)
    return {row["person_id"]: (row["severity"], int(row["measure"])) for row in rows}


@pytest.mark.parametrize(
    ("status", "expected"),
    [("dropout_suspected", {"ben": (2, 1)}), ("enrolled", {}), ("left", {}), ("", {})],
)
def test_only_a_suspected_dropout_is_flagged(status, expected):
    assert asked(status=status) == expected


@pytest.mark.parametrize("stage", ["preschool", "high_school", "vocational", "college", ""])
def test_no_law_keeps_a_child_at_another_or_unknown_stage(stage):
    assert asked(stage=stage) == {}


@pytest.mark.parametrize(("age", "fires"), [("6", True), ("16", True), ("17", False), ("", True)])
def test_a_pupil_known_to_be_too_old_is_not_meant(age, fires):
    assert bool(asked(age=age)) is fires


@pytest.mark.parametrize(
    ("days", "fires"), [(0, True), (120, True), (121, False), (-1, False), (None, False)]
)
def test_what_the_bureau_said_expires(days, fires):
    assert bool(asked(days=days)) is fires


def test_the_dead_and_the_unknown_are_not_flagged():
    assert asked(life_status="dead") == {}
    assert asked(who="") == {}
