"""Flagged, issued, visited, confirmed, helped: counted by hand."""

from datetime import date, timedelta

import pytest

from flows.yields.rows import order_rows
from flows.yields.telling import yields
from tests.yields.yield_tables import (
    NIGHT,
    one,
    order,
    people_of,
    person,
    seen_of,
    told,
    visit,
)

COUNTY = """
  times | signal                       | town      | found | issued | result
  ------+------------------------------+-----------+-------+--------+----------
  20    | rent_arrears                 | 370881101 | 30    | 25     | helped
  10    | rent_arrears                 | 370881101 | 30    | 25     | procedure
  15    | rent_arrears                 | 370881001 | 30    | 25     | too_rich
  10    | rent_arrears                 | 370881001 | 60    | 55     | helped
  10    | rent_arrears                 | 370881001 | 60    | 55     | known
  12    | rent_arrears                 | 370881101 | 60    | 25     | shut
  30    | rent_arrears                 | 370881101 | 60    | 25     |
  40    | rent_arrears                 | 370881101 | 30    |        |
  11    | high_medical_burden          | 370881101 | 30    | 25     | county
  50    | recipient_maybe_dead         | 370881101 | 30    |        |
  300   |                              | 370881101 |       |        |
"""


@pytest.fixture(scope="module")
def county():
    return told(COUNTY)


def counts(row):
    return tuple(row["counts"].values())


@pytest.mark.parametrize(
    ("rows", "group", "expected"),
    [
        # flagged, issued households; orders, visited, confirmed, helped
        ("by_signal", "rent_arrears", (147, 107, 107, 65, 50, 30)),
        ("by_signal", "high_medical_burden", (11, 11, 11, 11, 11, 0)),
        ("by_township", "370881001", (35, 35, 35, 35, 20, 10)),
        ("by_township", "370881101", (123, 83, 83, 41, 41, 20)),
        ("by_month", "2026-09", (62, 62, 20, 20, 20, 10)),
        ("by_month", "2026-10", (96, 56, 98, 56, 41, 20)),
    ],
)
def test_each_stage_is_counted(county, rows, group, expected):
    assert counts(one(county[rows], group)) == expected


def test_all_together(county):
    assert counts(county["total"]) == (158, 118, 118, 76, 61, 30)
    assert county["total"]["rates"]["confirmed"] == {
        "value": round(61 / 76, 4),
        "low": pytest.approx(0.6997, abs=2e-4),
        "high": pytest.approx(0.8768, abs=2e-4),
    }


def test_what_leads_to_no_visit_has_no_yield(county):
    assert "recipient_maybe_dead" not in {row["group"] for row in county["by_signal"]}


def test_titles_are_words_people_know(county):
    assert one(county["by_township"], "370881001")["title"] == "鲁城街道"
    assert one(county["by_signal"], "rent_arrears")["title"] != "rent_arrears"


def test_a_household_counts_once_however_many_of_it_are_flagged():
    people = people_of(*(person(f"P{n}", f"H{n // 2}") for n in range(40)))
    seen = seen_of(*((f"P{n}", "rent_arrears", NIGHT) for n in range(40)))
    found = yields([], {}, seen, people, 0, NIGHT)
    assert found["total"]["counts"]["flagged"] == 20
    assert one(found["groups"]["sex"], "female")["counts"]["flagged"] == 40


def test_an_order_for_another_signal_issues_nothing_for_this_one():
    people = people_of(*(person(f"P{n}", f"H{n}") for n in range(20)))
    seen = seen_of(*((f"P{n}", "rent_arrears", NIGHT) for n in range(20)))
    orders = [order(f"{n}", ["high_medical_burden"], lead=f"P{n}") for n in range(20)]
    row = one(yields(orders, {}, seen, people, 0, NIGHT)["by_signal"], "rent_arrears")
    assert (row["counts"]["flagged"], row["counts"]["issued"]) == (20, 0)


@pytest.mark.parametrize(
    ("issued", "counts_in"),
    [
        (date(2025, 11, 21), False),
        (date(2025, 11, 22), True),
        (NIGHT, True),
        (NIGHT + timedelta(days=1), False),
    ],
)
def test_a_year_counts_to_the_day(issued, counts_in):
    assert order_rows([order("1", on=issued)], {}, {}, NIGHT).height == counts_in


def test_an_order_for_somebody_who_was_merged_is_about_who_they_are_now():
    people = people_of(*(person(f"P{n}", f"H{n}", sex="male") for n in range(10)))
    seen = seen_of(*((f"P{n}", "rent_arrears", NIGHT) for n in range(10)))
    orders = [order(f"{n}", lead=f"Q{n}") for n in range(10)]
    visits = {f"{n}": visit(f"{n}", "15") for n in range(10)}
    into = {f"Q{n}": f"P{n}" for n in range(10)}
    found = yields(orders, visits, seen, people, 0, NIGHT, person_into=into)
    assert found["total"]["counts"]["issued"] == 10
    assert one(found["groups"]["sex"], "male")["counts"]["helped"] == 10


def test_who_is_not_known_is_a_group_of_its_own():
    people = people_of(
        *(person(f"P{n}", None, sex=None, age=None, town=None, has=None) for n in range(9))
    )
    orders = [order(f"{n}", lead="gone", town=None) for n in range(9)]
    groups = yields(orders, {}, seen_of(), people, 0, NIGHT)["groups"]
    for members in groups.values():
        (row,) = members
        assert (row["group"], row["title"]) == ("unknown", "不详")
        assert (row["counts"]["people"], row["counts"]["orders"]) == (9, 9)


def test_a_county_without_anything_has_a_yield_of_nothing():
    found = yields([], {}, seen_of(), people_of(), 0, NIGHT)
    assert set(found["total"]["counts"].values()) == {0}
    assert set(found["total"]["rates"].values()) == {None}
    assert found["alerts_zh"] == []


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (0, "000-017"),
        (17, "000-017"),
        (18, "018-059"),
        (59, "018-059"),
        (60, "060-074"),
        (74, "060-074"),
        (75, "075+"),
        (103, "075+"),
    ],
)
def test_age_bands(age, band):
    people = people_of(*(person(f"P{n}", age=age) for n in range(9)))
    groups = yields([], {}, seen_of(), people, 0, NIGHT)["groups"]
    assert [row["group"] for row in groups["age"]] == [band]


@pytest.mark.parametrize(
    ("town", "area"),
    [
        ("370881001", "urban"),
        ("370881099", "urban"),
        ("370881100", "rural"),
        ("370881400", "rural"),
        ("370881", "county"),
    ],
)
def test_sub_districts_are_urban(town, area):
    orders = [order(f"{n}", town=town) for n in range(9)]
    groups = yields(orders, {}, seen_of(), people_of(), 0, NIGHT)["groups"]
    assert [row["group"] for row in groups["area"]] == [area]
