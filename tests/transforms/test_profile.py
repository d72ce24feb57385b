"""What is known of a person when many records speak, and when none does."""

import random
from datetime import date

import ibis
import pytest

from tests.drawn import drawn
from tests.signals.asking import facts
from transforms.findings import findings
from transforms.known import FINDINGS, PEOPLE, PLACES
from transforms.profile import people
from transforms.signal import PROOF_SCHEMA

ON = date(2026, 11, 22)
ANA = drawn("person_id | household_id\nana | h1")


def nothing(schema: dict[str, str]):
    return ibis.memtable([], schema=schema)


def born(text: str = ""):
    head = "person_id | sex | birth_date\n"
    if not text:
        return nothing({"person_id": "string", "sex": "string", "birth_date": "date"})
    return drawn(head + text, birth_date="date")


def places(text: str = ""):
    if not text:
        return nothing(PLACES)
    head = "record_key | person_id | source | place_on | precedence | in_county | township_code"
    types = {"place_on": "date", "precedence": "int64", "in_county": "boolean"}
    table = drawn(f"{head} | village_code\n{text}", **types)
    return table.select(list(PLACES))


def known(persons=ANA, resident=None, death=None, birth=None, place=None):
    table = people(
        persons,
        resident if resident is not None else facts("resident"),
        death if death is not None else facts("death"),
        birth if birth is not None else born(),
        place if place is not None else places(),
        ON,
    )
    return table.order_by("person_id").to_pyarrow().to_pylist()


def registered(text: str):
    head = (
        "record_key | person_id | person_type | life_status | status_on | relation | birth_date\n"
    )
    return facts("resident", head + text)


def test_a_person_of_whom_nothing_is_known_is_alive_somewhere():
    (ana,) = known()
    assert list(ana) == list(PEOPLE)
    expected = {"person_id": "ana", "household_id": "h1", "life_status": "alive"}
    expected["in_register"] = False
    assert {name: value for name, value in ana.items() if value is not None} == expected


def test_the_columns_and_types_are_those_of_people():
    table = people(ANA, facts("resident"), facts("death"), born(), places(), ON)
    assert table.schema() == ibis.schema(PEOPLE)
    assert table.to_pyarrow().schema == ibis.schema(PEOPLE).to_pyarrow()


@pytest.mark.parametrize(
    ("birth_date", "age"),
    [
        ("2008-11-22", 18),
        ("2008-11-23", 17),
        ("2008-12-01", 17),
        ("2008-02-29", 18),
        ("2026-11-22", 0),
        ("2026-11-23", None),
        ("", None),
    ],
)
def test_age_is_in_full_years(birth_date, age):
    (ana,) = known(birth=born(f"ana | female | {birth_date}"))
    assert ana["age"] == age


def test_the_register_speaks_before_others_field_by_field():
    rows = registered("r | ana | registered | normal | 2020-01-01 | head | ")
    (ana,) = known(resident=rows, birth=born("ana | female | 1980-05-05"))
    assert (ana["in_register"], ana["relation"]) == (True, "head")
    assert (ana["sex"], ana["birth_date"]) == ("female", date(1980, 5, 5))
    rows = registered("r | ana | registered | normal | 2020-01-01 | head | 1981-01-01")
    (ana,) = known(resident=rows, birth=born("ana | female | 1980-05-05"))
    assert ana["birth_date"] == date(1981, 1, 1)


@pytest.mark.parametrize(
    ("rows", "relation"),
    [
        (
            "a | ana | floating   | normal | 2026-01-01 | other |\n"
            "b | ana | registered | normal | 2001-01-01 | head  |",
            "head",
        ),
        (
            "a | ana | registered | moved_out | 2026-01-01 | other |\n"
            "b | ana | registered | normal    | 2001-01-01 | head  |",
            "head",
        ),
        (
            "a | ana | registered | normal | 2001-01-01 | other |\n"
            "b | ana | registered | normal | 2001-01-02 | head  |\n"
            "c | ana | registered | normal |            | son   |",
            "head",
        ),
        (
            "b | ana | registered | normal | 2001-01-01 | other |\n"
            "a | ana | registered | normal | 2001-01-01 | head  |",
            "head",
        ),
    ],
)
def test_the_best_register_row_is_present_then_newest_then_first_by_key(rows, relation):
    (ana,) = known(resident=registered(rows))
    assert ana["relation"] == relation


@pytest.mark.parametrize(
    ("reports", "status", "died_on"),
    [
        ("d | ana | confirmed | 2026-01-02 | 2026-01-05", "dead", date(2026, 1, 2)),
        ("d | ana | confirmed |  | 2026-01-05", "dead", date(2026, 1, 5)),
        ("d | ana | confirmed |  | ", "dead", None),
        ("d | ana | confirmed |  | \ne | ana | pending | 2026-01-02 |", "dead", None),
        ("d | ana | pending | 2026-01-02 | 2026-01-05", "death_pending", None),
        ("d | ana |  | 2026-01-02 | 2026-01-05", "death_pending", None),
        (
            "d | ana | pending | 2025-01-02 | 2026-01-05\n"
            "e | ana | confirmed |  | 2026-01-01\n"
            "f | ana | confirmed | 2026-02-02 | 2026-02-05",
            "dead",
            date(2026, 2, 2),
        ),
    ],
)
def test_one_confirmed_report_is_a_death_and_pending_ones_are_not(reports, status, died_on):
    head = "record_key | person_id | confirmed | died_on | reported_on\n"
    (ana,) = known(death=facts("death", head + reports))
    assert (ana["life_status"], ana["died_on"]) == (status, died_on)


@pytest.mark.parametrize(
    ("life_status", "status", "died_on"),
    [
        ("dead", "dead", date(2026, 3, 3)),
        ("death_pending", "death_pending", None),
        ("cancelled", "alive", None),
        ("moved_out", "alive", None),
        ("", "alive", None),
    ],
)
def test_the_register_may_know_of_a_death_too(life_status, status, died_on):
    (ana,) = known(resident=registered(f"r | ana | registered | {life_status} | 2026-03-03 | |"))
    assert (ana["life_status"], ana["died_on"]) == (status, died_on)


@pytest.mark.parametrize(
    ("one", "other", "winner"),
    [
        (
            "a | ana | x | 2026-01-01 | 1 | true | t |",
            "b | ana | y | 2026-01-02 | 1 | true | t |",
            "b",
        ),
        (
            "a | ana | x | 2026-01-02 | 1 | true | t |",
            "b | ana | y | 2026-01-02 | 2 | true | t |",
            "b",
        ),
        (
            "b | ana | x | 2026-01-02 | 2 | true | t |",
            "a | ana | y | 2026-01-02 | 2 | true | t |",
            "a",
        ),
        ("a | ana | x |  | 9 | true | t |", "b | ana | y | 2001-01-02 | 1 | true | t |", "b"),
        (
            "a | ana | x | 2026-11-23 | 1 | true | t |",
            "b | ana | y | 2026-11-22 | 1 | true | t |",
            "b",
        ),
        (
            "a | ana | x | 2026-01-01 | 1 | true | t |",
            "b | ana | y | 2026-01-02 | 1 | false | |",
            "b",
        ),
        ("a | ana | x | 2026-01-02 | 1 | | |", "b | ana | y | 2026-01-01 | 1 | true | t |", "b"),
    ],
    ids=["newest", "precedence", "key", "undated", "to_come", "outside", "unreadable"],
)
def test_the_place_is_where_the_newest_readable_address_says(one, other, winner):
    (ana,) = known(place=places(f"{one}\n{other}"))
    assert ana["place_record_key"] == winner


def test_living_outside_the_county_is_never_replaced_by_an_older_place_within():
    rows = (
        "a | ana | x | 2026-01-01 | 1 | true | t1 | v1\nb | ana | y | 2026-01-02 | 1 | false |  | "
    )
    (ana,) = known(place=places(rows))
    assert (ana["in_county"], ana["township_code"], ana["place_source"]) == (False, None, "y")
    assert ana["place_on"] == date(2026, 1, 2)


def test_nobody_is_doubled_and_nobody_is_lost_whatever_the_order_of_rows():
    persons = drawn("person_id | household_id\nana | h1\nana | h1\nben | h2\ncho |")
    births = ["ana | female | 1980-05-05", "ana | male | 1980-05-05", "ben | male | 1970-01-01"]
    rows = [
        "a | ana | registered | normal | 2001-01-01 | head | ",
        "b | ana | registered | normal | 2001-01-01 | son | ",
        "c | ben | floating | dead | 2001-01-01 | | ",
    ]
    found = []
    for seed in range(3):
        shuffle = random.Random(seed).sample
        found.append(
            known(
                persons,
                registered("\n".join(shuffle(rows, 3))),
                birth=born("\n".join(shuffle(births, 3))),
            )
        )
    assert found[0] == found[1] == found[2]
    assert [row["person_id"] for row in found[0]] == ["ana", "ben", "cho"]


def test_a_finding_is_the_worst_of_its_proofs_for_a_known_person():
    proofs = drawn(
        """
        signal | person_id | record_key | occurred_on | measure | severity
        rent   | ana       | 1          | 2026-01-01  | 5       | 2
        rent   | ana       | 2          | 2026-02-01  | 3       | 3
        rent   | ana       | 2          | 2026-02-01  | 4       | 1
        fire   | ana       | 1          | 2026-03-01  |         | 1
        rent   | nobody    | 1          | 2026-01-01  | 5       | 2
        """,
        **{name: kind for name, kind in PROOF_SCHEMA.items() if kind != "string"},
    )
    who = drawn("person_id | household_id\nana | h1\nben | h2")
    table = findings(proofs, who)
    assert table.schema() == ibis.schema(FINDINGS)
    rows = table.order_by("signal").to_pyarrow().to_pylist()
    assert [tuple(str(value) for value in row.values()) for row in rows] == [
        ("fire", "ana", "h1", "1", "2026-03-01", "None", "1"),
        ("rent", "ana", "h1", "3", "2026-02-01", "5.00", "2"),
    ]
