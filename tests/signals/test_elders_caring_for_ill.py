from types import SimpleNamespace

import pytest

from data_contracts.records import RECORDS
from tests.signals.asking import ask, complete, days_ago, facts, flagged, people
from transforms.signals.elders_caring_for_ill import elders_caring_for_ill

LIMITS = SimpleNamespace(elder_age=60, serious_diseases=("C34",), window_days=180)
EXAMPLE = {
    "people": """
        person_id | household_id | age
        gus       | h4           | 60
        hua       | h4           | 61
        """,
    "admission": f"""
        record_key | person_id | discharged_on   | diagnosis_main
        s          | gus       | {days_ago(179)} | C34
        """,
}


def family(*members: str):
    """Members as: name, age, life_status, household_kind, in_register; the last ones may fail."""
    usual = ["", "", "alive", "family", "true"]
    rows = [[*one.split(), *usual[len(one.split()) :]] for one in members]
    head = "person_id | age | life_status | household_kind | in_register | household_id"
    return people("\n".join([head, *(" | ".join([*row, "h"]) for row in rows)]))


COUPLE = family("ana 60", "ben 80")


def ill(*names: str, days=10, column="diagnosis_main", code="C34.1"):
    day = "" if days is None else days_ago(days)
    rows = "\n".join(f"s-{name} | {name} | {day} | {code}" for name in names)
    return facts("admission", f"record_key | person_id | discharged_on | {column}\n{rows}")


def asked(who=COUPLE, admission=None, coverage=None):
    records = {"admission": ill("ana") if admission is None else admission}
    return ask(elders_caring_for_ill, who, LIMITS, coverage, **records)


def test_is_yellow_carried_by_each_who_is_ill_and_measures_how_many():
    (row,) = asked()
    assert (row["person_id"], row["record_key"]) == ("ana", "s-ana")
    assert (row["severity"], row["measure"]) == (2, 1)
    both = asked(admission=ill("ana", "ben"))
    assert [(row["person_id"], row["measure"]) for row in both] == [("ana", 2), ("ben", 2)]


@pytest.mark.parametrize(
    ("members", "fires"),
    [
        (("ana 60", "ben 80"), True),
        (("ana 59", "ben 80"), False),
        (("ana 60", "ben 59"), False),
        (("ana 60",), False),
        (("ana 60", "ben"), False),
        (("ana", "ben 80"), False),
        (("ana 60", "ben 80", "son 30"), False),
        (("ana 60", "ben 80", "son 30 dead"), True),
        (("ana 60", "ben 80", "son 30 death_pending"), False),
        (("ana 60", "ben 80 dead"), False),
        (("ana 60 dead", "ben 80", "cho 70"), False),
        (("ana 60 alive collective", "ben 80 alive collective"), False),
        (("ana 60 alive family false", "ben 80"), False),
        (("ana 60", "ben 80 alive family false"), True),
    ],
)
def test_every_living_member_must_be_known_to_be_old(members, fires):
    assert bool(asked(family(*members))) is fires


@pytest.mark.parametrize(
    ("days", "fires"), [(180, True), (181, False), (0, True), (-1, False), (None, False)]
)
def test_an_illness_expires(days, fires):
    assert bool(asked(admission=ill("ana", days=days))) is fires


@pytest.mark.parametrize(("code", "fires"), [("C34", True), ("J18.9", False), ("", False)])
@pytest.mark.parametrize("column", ["diagnosis_main", "diagnosis_4"])
def test_the_disease_must_be_listed(column, code, fires):
    assert bool(asked(admission=ill("ana", column=column, code=code))) is fires


def test_the_illness_of_somebody_in_another_household_is_not_theirs():
    assert asked(admission=ill("zoe")) == []
    assert flagged(asked(admission=ill("zoe", "ben"))) == ["ben"]


def test_silence_tells_nothing_where_the_register_is_not_complete_and_fresh():
    coverage = complete(*(name for name in RECORDS if name != "resident"))
    assert asked(coverage=coverage) == []
