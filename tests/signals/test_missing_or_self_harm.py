from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.missing_or_self_harm import missing_or_self_harm

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
        record_key | person_id | category | role   | outcome  | occurred_on
        i          | ana       | missing  | victim | unharmed | {days_ago(89)}
        """
}


def asked(category="suicide", role="victim", outcome="", who="ana", days=5):
    head = "record_key | person_id | category | role | outcome | occurred_on\n"
    day = "" if days is None else days_ago(days)
    text = f"{head}i | {who} | {category} | {role} | {outcome} | {day}"
    rows = ask(missing_or_self_harm, WHO, LIMITS, incident=facts("incident", text))
    return [(row["person_id"], row["severity"], row["measure"]) for row in rows]


@pytest.mark.parametrize("category", ["suicide", "missing", "abandonment"])
def test_each_of_them_is_red(category):
    assert asked(category) == [("ana", 3, 0)]


@pytest.mark.parametrize(
    ("outcome", "measure"), [("", 0), ("unharmed", 0), ("injured", 1), ("disabled", 2), ("dead", 3)]
)
def test_is_red_whatever_came_of_it(outcome, measure):
    assert asked("suicide", outcome=outcome) == [("ana", 3, measure)]


@pytest.mark.parametrize(
    "category",
    ["fire", "disaster", "traffic", "accident", "crime_injury", "domestic_violence", "other", ""],
)
def test_other_incidents_are_not_read(category):
    assert asked(category, outcome="dead") == []


@pytest.mark.parametrize(
    ("role", "fires"),
    [("victim", True), ("party", True), ("caller", False), ("owner", False), ("", False)],
)
def test_counts_for_whom_it_happened_to(role, fires):
    assert bool(asked(role=role)) is fires


@pytest.mark.parametrize(
    ("days", "fires"), [(90, True), (91, False), (0, True), (-1, False), (None, False)]
)
def test_expires_after_the_window(days, fires):
    assert bool(asked(days=days)) is fires


def test_a_survivor_carries_what_happened_to_somebody_who_has_died():
    assert asked(outcome="dead", who="ben") == [("wife", 3, 3)]
    assert asked(outcome="dead", who="cho") == []


def test_a_row_without_a_known_person_is_nobodys():
    assert asked(who="") == []


def test_nothing_of_it_reaches_a_township():
    assert missing_or_self_harm.is_sensitive
