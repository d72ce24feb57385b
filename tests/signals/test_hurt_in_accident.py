from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.hurt_in_accident import hurt_in_accident

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
        i          | ana       | traffic  | road       | victim | injured | {days_ago(88)}
        """
}


def asked(category, place="road", role="victim", outcome="", who="ana", days=5):
    head = "record_key | person_id | category | place_kind | role | outcome | occurred_on\n"
    text = f"{head}i | {who} | {category} | {place} | {role} | {outcome} | {days_ago(days)}"
    rows = ask(hurt_in_accident, WHO, LIMITS, incident=facts("incident", text))
    return [(row["person_id"], row["severity"]) for row in rows]


@pytest.mark.parametrize("role", ["victim", "party"])
@pytest.mark.parametrize("category", ["traffic", "accident"])
@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ("", []),
        ("unharmed", []),
        ("injured", [("ana", 2)]),
        ("disabled", [("ana", 3)]),
        ("dead", [("ana", 3)]),
    ],
)
def test_an_accident_counts_by_its_harm(category, role, outcome, expected):
    assert asked(category, "road", role, outcome) == expected


@pytest.mark.parametrize("role", ["owner", "caller", ""])
def test_an_accident_counts_for_whom_it_happened_to(role):
    assert asked("traffic", "road", role, "disabled") == []


@pytest.mark.parametrize(
    "category",
    [
        "fire",
        "disaster",
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
    assert bool(asked("traffic", outcome="injured", days=days)) is fires


def test_a_survivor_carries_what_happened_to_somebody_who_has_died():
    assert asked("traffic", "road", outcome="dead", who="ben") == [("wife", 3)]
    assert asked("traffic", "road", outcome="dead", who="cho") == []


def test_a_row_without_a_known_person_is_nobodys():
    assert asked("traffic", outcome="injured", who="") == []
