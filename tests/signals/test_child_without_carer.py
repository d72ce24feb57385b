from types import SimpleNamespace

import pytest

from tests.signals.asking import ask, complete, days_ago, facts, people, severities
from transforms.signals.child_without_carer import child_without_carer

LIMITS = SimpleNamespace(
    adult_age=18, serious_diseases=("C34",), window_days=3000, illness_window_days=365
)
EXAMPLE = {
    "death": "record_key | person_id\nd1 | dia\nd2 | eli",
}


def family(*members: str, kind: str = "family"):
    """Members as: name, relation, age, life_status, died_on."""
    head = "person_id | relation | age | life_status | died_on | household_id | household_kind"
    return people("\n".join([head, *(f"{member} | h | {kind}" for member in members)]))


CHILD = "child | son | 10 | alive | "
FATHER_DEAD = f"father | head | 40 | dead | {days_ago(900)}"
MOTHER_DEAD = f"mother | spouse | 38 | dead | {days_ago(30)}"
FATHER = "father | head | 40 | alive | "
MOTHER = "mother | spouse | 38 | alive | "
DEATHS = facts("death", "record_key | person_id\nd1 | father\nd2 | mother")


def ill(*people_ids: str, days: int = 10):
    rows = "\n".join(f"s-{name} | {name} | {days_ago(days)} | C34.1" for name in people_ids)
    return facts("admission", f"record_key | person_id | discharged_on | diagnosis_main\n{rows}")


def disabled(kind: str, grade: str, *people_ids: str, status: str = "valid", days: int = 3000):
    head = "record_key | person_id | disability | disability_grade | card_status | issued_on\n"
    rows = (
        f"c-{who} | {who} | {kind} | {grade} | {status} | {days_ago(days)}" for who in people_ids
    )
    return facts("disability", head + "\n".join(rows))


def asked(who, **records):
    return ask(child_without_carer, who, LIMITS, **{"death": DEATHS, **records})


@pytest.mark.parametrize("relation", ["son", "daughter"])
def test_both_parents_dead_is_red_and_both_deaths_prove_it(relation):
    rows = asked(family(CHILD.replace("son", relation), FATHER_DEAD, MOTHER_DEAD))
    assert [(row["person_id"], row["record_key"], row["severity"]) for row in rows] == [
        ("child", "d1", 3),
        ("child", "d2", 3),
    ]


def test_one_dead_and_the_other_seriously_ill_is_red_and_both_ill_is_yellow():
    one_dead = family(CHILD, FATHER_DEAD, MOTHER)
    assert severities(asked(one_dead, admission=ill("mother"))) == {"child": 3}
    both_alive = family(CHILD, FATHER, MOTHER)
    assert severities(asked(both_alive, admission=ill("mother", "father"))) == {"child": 2}


@pytest.mark.parametrize(("days", "fires"), [(365, True), (366, False)])
def test_an_illness_expires(days, fires):
    rows = asked(family(CHILD, FATHER_DEAD, MOTHER), admission=ill("mother", days=days))
    assert bool(rows) is fires


@pytest.mark.parametrize(("days", "fires"), [(3000, True), (3001, False)])
def test_a_death_expires(days, fires):
    father = f"father | head | 40 | dead | {days_ago(days)}"
    assert bool(asked(family(CHILD, father, MOTHER_DEAD))) is fires


@pytest.mark.parametrize(
    ("kind", "grades"), [("physical", "12"), ("mental", "1234"), ("intellectual", "1234")]
)
def test_severely_disabled_parents_cannot_care_and_of_the_mind_grade_four_counts(kind, grades):
    who = family(CHILD, FATHER, MOTHER)
    found = {
        grade: asked(who, disability=disabled(kind, grade, "mother", "father")) for grade in "1234"
    }
    assert "".join(grade for grade, rows in found.items() if rows) == grades
    assert all(severities(found[grade]) == {"child": 2} for grade in grades)


def test_one_parent_dead_and_the_other_severely_disabled_is_red():
    rows = asked(family(CHILD, FATHER_DEAD, MOTHER), disability=disabled("hearing", "2", "mother"))
    assert severities(rows) == {"child": 3}
    assert [row["record_key"] for row in rows] == ["c-mother", "d1"]


@pytest.mark.parametrize(
    ("status", "days", "fires"),
    [("valid", 3000, True), ("expired", 3000, False), ("", 3000, False), ("valid", -1, False)],
)
def test_a_disability_lasts_as_long_as_its_card_is_valid(status, days, fires):
    card = disabled("physical", "1", "mother", status=status, days=days)
    assert bool(asked(family(CHILD, FATHER_DEAD, MOTHER), disability=card)) is fires


def test_one_parent_who_is_well_is_a_carer():
    assert asked(family(CHILD, FATHER_DEAD, MOTHER)) == []
    assert asked(family(CHILD, FATHER, MOTHER), admission=ill("mother")) == []


def test_what_happened_to_other_members_is_no_trouble_of_the_parents():
    aunt = "aunt | other | 45 | alive | "
    assert asked(family(CHILD, FATHER_DEAD, MOTHER, aunt), admission=ill("aunt")) == []
    rows = asked(family(CHILD, FATHER_DEAD, MOTHER_DEAD, aunt), admission=ill("aunt"))
    assert [row["record_key"] for row in rows] == ["d1", "d2"]


def test_an_unknown_parent_is_not_an_absent_one():
    aunt = "aunt | other | 45 | alive | "
    assert asked(family(CHILD, FATHER_DEAD, aunt)) == []


def bereft(*others: str, age: str = "10", born: str = "1950-01-01", days: int = 30):
    """A child whose grandmother, with whom it is registered, has died, and others of the household."""
    head = "person_id | relation | age | life_status | died_on | birth_date | household_id"
    child = f"child | grandchild | {age} | alive | | 2016-01-01 | h"
    grandmother = f"mother | head | 76 | dead | {days_ago(days)} | {born} | h"
    rows = [head, child, grandmother, *(f"{other} | | | h" for other in others)]
    return people("\n".join(rows))


def test_a_child_with_whom_no_adult_is_left_is_red_and_the_death_proves_it():
    (row,) = asked(bereft())
    assert (row["person_id"], row["record_key"]) == ("child", "d2")
    assert (row["severity"], row["measure"]) == (3, 1)


@pytest.mark.parametrize(
    ("other", "fires"),
    [
        ("son | other | 18 | alive", False),
        ("son | other |  | alive", False),
        ("son | other | 70 | death_pending", False),
        ("son | other | 17 | alive", True),
    ],
)
def test_whoever_may_be_grown_and_alive_is_a_carer(other, fires):
    assert bool(asked(bereft(other))) is fires


@pytest.mark.parametrize(
    ("changed", "fires"),
    [
        ({"age": "17"}, True),
        ({"age": "18"}, False),
        ({"age": ""}, False),
        ({"born": ""}, False),
        ({"born": "2008-10-23"}, True),
        ({"born": "2008-10-24"}, False),
        ({"days": 3000}, True),
        ({"days": 3001}, False),
    ],
)
def test_a_child_is_left_by_an_adult_who_died_within_the_window(changed, fires):
    assert bool(asked(bereft(**changed))) is fires


def test_that_nobody_is_left_is_believed_only_of_a_complete_register():
    who = bereft()
    assert ask(child_without_carer, who, LIMITS, complete("resident"), death=DEATHS)
    assert ask(child_without_carer, who, LIMITS, complete("death"), death=DEATHS) == []


def test_a_child_registered_with_its_grandparents_is_no_orphan():
    grandparents = family(
        "child | grandchild | 10 | alive | ",
        "aunt | other | 45 | alive | ",
        f"father | head | 70 | dead | {days_ago(30)}",
        f"mother | spouse | 70 | dead | {days_ago(30)}",
    )
    assert asked(grandparents) == []


@pytest.mark.parametrize("relation", ["head", "sibling"])
def test_the_parents_of_a_head_or_sibling_are_the_members_called_parents(relation):
    who = family(
        f"child | {relation} | 16 | alive | ",
        f"father | parent | 50 | dead | {days_ago(30)}",
        f"mother | parent | 50 | dead | {days_ago(30)}",
    )
    assert severities(asked(who)) == {"child": 3}


@pytest.mark.parametrize(
    "child",
    [
        "child | son | 18 | alive | ",
        "child | son |  | alive | ",
        f"child | son | 10 | dead | {days_ago(3)}",
        "child | other | 10 | alive | ",
        "child |  | 10 | alive | ",
    ],
)
def test_only_living_minors_of_known_relation_count(child):
    assert asked(family(child, FATHER_DEAD, MOTHER_DEAD)) == []


def test_unconfirmed_deaths_and_dormitories_prove_nothing():
    pending = "mother | spouse | 38 | death_pending | "
    assert asked(family(CHILD, FATHER_DEAD, pending)) == []
    assert asked(family(CHILD, FATHER_DEAD, MOTHER_DEAD, kind="collective")) == []


def test_worse_never_clears_illness_becoming_death_raises_it():
    ill_both = ill("mother", "father")
    before = severities(asked(family(CHILD, FATHER, MOTHER), admission=ill_both))
    after = severities(asked(family(CHILD, FATHER_DEAD, MOTHER), admission=ill_both))
    assert before == {"child": 2}
    assert after == {"child": 3}
