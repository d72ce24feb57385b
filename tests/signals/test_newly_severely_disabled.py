from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people, severities
from transforms.signals.newly_severely_disabled import newly_severely_disabled

LIMITS = SimpleNamespace(window_days=180)
EXAMPLE = {
    "disability": f"""
        record_key | person_id | disability | disability_grade | card_status | issued_on
        c1         | ana       | physical   | 2                | valid       | {days_ago(178)}
        """,
}
WHO = people("person_id | life_status\nana | alive\nben | dead\ncho | death_pending")


def asked(grade="2", kind="physical", status="valid", days=10, who="ana"):
    head = "record_key | person_id | disability | disability_grade | card_status | issued_on"
    issued = "" if days is None else days_ago(days)
    cards = facts("disability", f"{head}\nc | {who} | {kind} | {grade} | {status} | {issued}")
    return ask(newly_severely_disabled, WHO, LIMITS, disability=cards)


@pytest.mark.parametrize(
    ("kind", "grade", "expected"),
    [
        ("physical", "1", {"ana": 2}),
        ("physical", "2", {"ana": 2}),
        ("physical", "3", {}),
        ("mental", "3", {"ana": 2}),
        ("intellectual", "3", {"ana": 2}),
        ("mental", "4", {}),
        ("multiple", "3", {}),
        ("", "3", {}),
        ("", "2", {"ana": 2}),
        ("physical", "", {}),
    ],
)
def test_grade_and_kind_decide(kind, grade, expected):
    assert severities(asked(grade, kind)) == expected


@pytest.mark.parametrize(
    ("days", "fires"), [(0, True), (180, True), (181, False), (-1, False), (None, False)]
)
def test_a_card_is_new_within_the_window(days, fires):
    assert bool(asked(days=days)) is fires


@pytest.mark.parametrize("status", ["expired", "cancelled", ""])
def test_a_card_that_is_not_known_to_be_valid_raises_nothing(status):
    assert asked(status=status) == []


def test_a_graver_grade_has_the_larger_measure():
    assert [int(asked(grade, "mental")[0]["measure"]) for grade in "321"] == [2, 3, 4]


def test_only_the_living_are_flagged():
    assert asked(who="ben") == []
    assert severities(asked(who="cho")) == {"cho": 2}
    assert asked(who="") == []
