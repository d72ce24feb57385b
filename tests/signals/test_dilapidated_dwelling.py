from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.dilapidated_dwelling import dilapidated_dwelling

LIMITS = SimpleNamespace(window_days=1000)
EXAMPLE = {
    "dangerous_house": f"""
        record_key | person_id | grade | surveyed_on
        h          | ana       | D     | {days_ago(1090)}
        """,
}
ANA = people("person_id | household_id\nana | h1")


def asked(grade="D", sole="yes", repaired="", surveyed=None, who=ANA):
    surveyed = days_ago(10) if surveyed is None else surveyed
    head = "record_key | person_id | grade | sole_dwelling | repaired_on | surveyed_on\n"
    house = facts("dangerous_house", f"{head}x | ana | {grade} | {sole} | {repaired} | {surveyed}")
    return ask(dilapidated_dwelling, who, LIMITS, dangerous_house=house)


def severity(*drawn, **more):
    return [row["severity"] for row in asked(*drawn, **more)]


@pytest.mark.parametrize(
    ("grade", "sole", "expected"),
    [
        ("D", "yes", [3]),
        ("C", "yes", [2]),
        ("D", "", [2]),
        ("C", "", [1]),
        ("D", "no", []),
        ("C", "no", []),
        ("B", "yes", []),
        ("A", "yes", []),
        ("", "yes", []),
    ],
)
def test_the_grade_and_what_is_known_of_other_dwellings_decide(grade, sole, expected):
    assert severity(grade, sole) == expected


@pytest.mark.parametrize(("grade", "measure"), [("C", 3), ("D", 4)])
def test_measures_how_bad_the_grade_is(grade, measure):
    assert [int(row["measure"]) for row in asked(grade)] == [measure]


@pytest.mark.parametrize(
    ("repaired", "fires"), [("", True), (days_ago(0), False), (days_ago(-1), True)]
)
def test_a_repaired_house_is_not_dangerous_any_more(repaired, fires):
    assert bool(severity(repaired=repaired)) is fires


@pytest.mark.parametrize(("days", "fires"), [(1000, True), (1001, False), (0, True), (-1, False)])
def test_a_survey_expires(days, fires):
    assert bool(severity(surveyed=days_ago(days))) is fires


def test_a_survey_without_date_proves_nothing():
    assert severity(surveyed="") == []


def test_the_dead_are_not_flagged():
    assert severity(who=people("person_id | household_id | life_status\nana | h1 | dead")) == []


def test_no_sentence_claims_that_it_is_the_only_dwelling():
    said = dilapidated_dwelling.county_sentence + dilapidated_dwelling.township_sentence
    assert "唯一" not in said + dilapidated_dwelling.title


def test_a_worse_grade_never_ranks_lower():
    for sole in ("yes", ""):
        assert severity("D", sole) >= severity("C", sole) >= severity("B", sole)
