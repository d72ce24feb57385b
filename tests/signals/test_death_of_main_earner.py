from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, days_ago, facts, people
from transforms.signals.death_of_main_earner import death_of_main_earner

LIMITS = SimpleNamespace(window_days=180, adult_age=18, working_age_to=59, elder_age=60)
EXAMPLE = {
    "death": "record_key | person_id\nd1 | dia\nd2 | eli",
}


def family(earner: str, *others: str, kind: str = "family"):
    """The earner (life_status | died_on | birth_date) and others (name, relation, age, status)."""
    head = "person_id | household_id | household_kind | relation | age | life_status"
    head += " | died_on | birth_date"
    rows = [f"earner | h | {kind} | head | 45 | {earner}"]
    rows += [
        f"{name} | h | {kind} | {rest} | | " for name, rest in (o.split(" | ", 1) for o in others)
    ]
    return people("\n".join([head, *rows]))


def died(days: int, birth_date: str = "1981-01-01", status: str = "dead") -> str:
    return f"{status} | {days_ago(days)} | {birth_date}"


def reported(who: str = "earner"):
    return facts("death", f"record_key | person_id\nd1 | {who}")


CHILD = "child | son | 10 | alive"


def asked(who, **records):
    rows = ask(death_of_main_earner, who, LIMITS, **{"death": reported(), **records})
    return [
        (row["person_id"], row["record_key"], int(row["measure"]), row["severity"]) for row in rows
    ]


def test_is_carried_by_the_survivor_with_the_death_as_its_proof():
    assert asked(family(died(20), CHILD, "wife | spouse | 44 | alive")) == [("wife", "d1", 1, 3)]


@pytest.mark.parametrize(
    ("others", "carrier"),
    [
        (["newhead | head | 30 | alive", "wife | spouse | 44 | alive"], "newhead"),
        (["wife | spouse | 44 | dead", "aunt | other | 50 | alive"], "aunt"),
        (["wife | spouse | 44 | death_pending", "aunt | other | 50 | alive"], "wife"),
        (["b_minor | daughter | 12 | alive"], "b_minor"),
        (["b_adult | son | 18 | alive"], "b_adult"),
    ],
)
def test_the_carrier_is_head_else_spouse_else_an_adult_else_the_eldest(others, carrier):
    assert [row[0] for row in asked(family(died(20), CHILD, *others))] == [carrier]


def test_the_eldest_is_asked_first_and_equals_by_id():
    who = people(
        f"""
        person_id | household_id | relation | age | life_status | died_on      | birth_date
        earner    | h            | head     | 45  | dead        | {days_ago(9)} | 1981-01-01
        c2        | h            | son      | 10  | alive       |              | 2016-03-01
        c1        | h            | daughter | 10  | alive       |              | 2016-03-01
        a0        | h            | daughter | 9   | alive       |              | 2017-03-01
        """
    )
    assert [row[0] for row in asked(who)] == ["c1"]


@pytest.mark.parametrize(("days", "fires"), [(180, True), (181, False), (0, True), (-1, False)])
def test_expires_after_the_window(days, fires):
    assert bool(asked(family(died(days), CHILD))) is fires


@pytest.mark.parametrize(
    ("birth_date", "fires"),
    [
        ("2008-11-02", True),
        ("2008-11-03", False),
        ("1966-11-03", True),
        ("1966-11-02", False),
        ("", False),
    ],
)
def test_the_age_that_counts_is_the_one_at_death(birth_date, fires):
    assert bool(asked(family(died(20, birth_date), CHILD))) is fires


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        ("x | son | 17 | alive", True),
        ("x | son | 18 | alive", False),
        ("x | parent | 59 | alive", False),
        ("x | parent | 60 | alive", True),
        ("x | parent |  | alive", False),
        ("x | parent | 60 | dead", False),
    ],
)
def test_somebody_who_depends_must_be_left(other, fires):
    assert bool(asked(family(died(20), other, "wife | spouse | 44 | alive"))) is fires


def test_a_death_that_nobody_confirmed_or_dated_proves_nothing():
    assert asked(family(died(20, status="death_pending"), CHILD)) == []
    assert asked(family("dead | | 1981-01-01", CHILD)) == []


def test_a_collective_register_is_no_family():
    assert asked(family(died(20), CHILD, kind="collective")) == []


def test_the_resident_register_alone_proves_a_death_too():
    rows = facts(
        "resident", "record_key | person_id | life_status\nr1 | earner | dead\nr2 | child | normal"
    )
    assert asked(family(died(20), CHILD), death=facts("death"), resident=rows) == [
        ("child", "r1", 1, 3)
    ]


def test_one_more_dependent_never_clears():
    rows = asked(family(died(20), CHILD, "gran | parent | 70 | alive"))
    assert [row[2] for row in rows] == [2]


def test_every_report_of_the_death_is_a_proof():
    rows = facts("death", "record_key | person_id\nd1 | earner\nd2 | earner")
    assert [row[1] for row in asked(family(died(20), CHILD), death=rows)] == ["d1", "d2"]
