from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.home_fire_or_disaster import home_fire_or_disaster

LIMITS = SimpleNamespace(window_days=90, adult_age=18)
WHO = people(
    """
    person_id | household_id | relation | age | life_status
    ana       | h1           | head     | 50  | alive
    ben       | h2           | head     | 50  | dead
    wife      | h2           | spouse   | 50  | alive
    cho       | h3           | head     | 50  | dead
    """
)
EXAMPLE = {
    "incident": f"""
        record_key | person_id | category | place_kind | role   | outcome | occurred_on
        i          | ana       | fire     | home       | victim | injured | {days_ago(88)}
        """
}


def asked(category, place="home", role="victim", outcome="", who="ana", days=5):
    head = "record_key | person_id | category | place_kind | role | outcome | occurred_on\n"
    text = f"{head}i | {who} | {category} | {place} | {role} | {outcome} | {days_ago(days)}"
    rows = ask(home_fire_or_disaster, WHO, LIMITS, incident=facts("incident", text))
    return [(row["person_id"], row["severity"]) for row in rows]


@pytest.mark.parametrize("category", ["fire", "disaster"])
@pytest.mark.parametrize("role", ["victim", "party", "owner"])
def test_a_fire_or_disaster_at_home_is_red_whoever_was_hurt(category, role):
    assert asked(category, role=role) == [("ana", 3)]


@pytest.mark.parametrize(
    ("place", "role"), [("road", "victim"), ("", "victim"), ("home", "caller"), ("home", "")]
)
def test_a_fire_elsewhere_or_only_reported_by_somebody_is_not_theirs(place, role):
    assert asked("fire", place, role) == []


@pytest.mark.parametrize(
    "category",
    [
        "traffic",
        "accident",
        "crime_injury",
        "domestic_violence",
        "suicide",
        "missing",
        "abandonment",
        "other",
        "",
    ],
)
def test_other_incidents_are_not_read(category):
    assert asked(category, outcome="dead") == []


@pytest.mark.parametrize(("days", "fires"), [(90, True), (91, False), (0, True), (-1, False)])
def test_expires_after_the_window(days, fires):
    assert bool(asked("fire", days=days)) is fires


def test_a_row_without_a_known_person_is_nobodys():
    assert asked("fire", who="") == []


def test_a_survivor_carries_what_happened_to_somebody_who_has_died():
    assert asked("fire", outcome="dead", who="ben") == [("wife", 3)]
    assert asked("fire", outcome="dead", who="cho") == []


@pytest.mark.parametrize(
    ("outcome", "measure"), [("", 0), ("unharmed", 0), ("injured", 1), ("disabled", 2), ("dead", 3)]
)
def test_measures_how_badly_somebody_was_hurt(outcome, measure):
    head = "record_key | person_id | category | place_kind | role | outcome | occurred_on\n"
    drawn = facts("incident", f"{head}i | ana | fire | home | victim | {outcome} | {days_ago(5)}")
    (row,) = ask(home_fire_or_disaster, WHO, LIMITS, incident=drawn)
    assert row["measure"] == measure
