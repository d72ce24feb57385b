from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.earner_hurt_by_crime import earner_hurt_by_crime

LIMITS = SimpleNamespace(window_days=90, working_age_from=16, working_age_to=59, adult_age=18)
WHO = people(
    """
    person_id | household_id | relation | birth_date | age | life_status
    ana       | h1           | head     | 1980-01-01 | 46  | alive
    ben       | h2           | head     | 1980-01-01 | 46  | dead
    wife      | h2           | spouse   | 1950-01-01 | 76  | alive
    cho       | h3           | head     | 1980-01-01 | 46  | dead
    """
)
EXAMPLE = {
    "incident": f"""
        record_key | person_id | category     | role   | outcome | occurred_on
        i          | ana       | crime_injury | victim | injured | {days_ago(89)}
        """
}


def asked(category="crime_injury", role="victim", outcome="injured", who="ana", days=5, people=WHO):
    head = "record_key | person_id | category | role | outcome | occurred_on\n"
    day = "" if days is None else days_ago(days)
    text = f"{head}i | {who} | {category} | {role} | {outcome} | {day}"
    rows = ask(earner_hurt_by_crime, people, LIMITS, incident=facts("incident", text))
    return [(row["person_id"], row["severity"], row["measure"]) for row in rows]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("", []),
        ("unharmed", []),
        ("injured", [("ana", 3, 1)]),
        ("disabled", [("ana", 3, 2)]),
        ("dead", [("ana", 3, 3)]),
    ],
)
def test_a_crime_counts_when_somebody_was_hurt(outcome, expected):
    assert asked(outcome=outcome) == expected


@pytest.mark.parametrize("role", ["party", "owner", "caller", ""])
def test_only_the_victim_counts(role):
    assert asked(role=role, outcome="dead") == []


@pytest.mark.parametrize("category", ["accident", "traffic", "domestic_violence", "suicide", ""])
def test_other_incidents_are_not_read(category):
    assert asked(category, outcome="dead") == []


@pytest.mark.parametrize(
    ("born", "fires"),
    [
        ("2010-11-17", True),
        ("2010-11-18", False),
        ("1966-11-18", True),
        ("1966-11-17", False),
        ("", False),
    ],
)
def test_the_working_ages_are_those_of_the_day_it_happened(born, fires):
    who = people(f"person_id | household_id | birth_date\nana | h1 | {born}")
    assert bool(asked(days=5, people=who)) is fires


@pytest.mark.parametrize(
    ("days", "fires"), [(90, True), (91, False), (0, True), (-1, False), (None, False)]
)
def test_expires_after_the_window(days, fires):
    assert bool(asked(days=days)) is fires


def test_a_survivor_of_any_age_carries_what_happened_to_somebody_who_has_died():
    assert asked(outcome="dead", who="ben") == [("wife", 3, 3)]
    assert asked(outcome="dead", who="cho") == []


def test_a_row_without_a_known_person_is_nobodys():
    assert asked(who="") == []
