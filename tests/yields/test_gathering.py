"""Whom a night counts: the living people of the county, what was found of them, and the unflagged."""

from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import duckdb
import ibis
import pytest

from flows.engine import Engine
from flows.yields.gathering import tonights_yields
from tests.drawn import drawn
from tests.yields.yield_tables import NIGHT, one, order, visit

# Ten of each: somebody in the county, out of it, dead, in a register without a number, in a
# dormitory, in standing aid beside a mother without, off it again, helped once, and told dead.
PEOPLE = """
  person_id | household_id | sex    | age | life_status | in_county | in_register | township_code | relation | birth_date | household_kind | village_code
  A         | HA           | female | 40  | alive       | True      | True        | 370881101     | head     | 1986-01-01 | family |
  B         | HB           | male   | 70  | alive       |           | True        | 370881001     | head     | 1956-01-01 | family |
  C         | HC           | male   | 40  | alive       | False     | True        |               | head     | 1986-01-01 | family |
  D         | HD           | male   | 90  | dead        | True      | True        | 370881101     | head     | 1936-01-01 | family |
  E         | HE           | female | 30  | alive       | True      | True        | 370881101     | head     | 1996-01-01 | family |
  F         | HF           | female | 30  | alive       | True      | True        | 370881101     | head     | 1996-01-01 | collective |
  G         | HG           | female | 50  | alive       | True      | True        | 370881101     | head     | 1976-01-01 | family |
  G2        | HG           | male   | 20  | alive       | True      | True        | 370881101     | son      | 2006-01-01 | family |
  I         | HI           | male   | 50  | alive       | True      | True        | 370881101     | head     | 1976-01-01 | family |
  J         | HJ           | male   | 50  | alive       | True      | True        | 370881101     | head     | 1976-01-01 | family |
  K         | HK           | male   | 80  | alive       | True      | True        | 370881101     | head     | 1946-01-01 | family |
"""
LINK = """
  person_id | record_key
  A         | a
  A         | a2
  B         | b
  C         | c
  D         | d
  E         | e
"""
ROWS = """
  record_key | id_clean
  a          |
  a2         | 11010119600101001X
  b          |
  c          |
  d          |
  e          |
"""
SEEN = """
  person_id | signal       | first_found
  A         | rent_arrears | 2026-10-01
  D         | rent_arrears | 2026-10-01
"""
FINDING = """
  person_id | household_id | signal              | first_found
  A         | HA           | rent_arrears        | 2026-10-01
  B         | HB           | high_medical_burden | 2026-11-21
  C         | HC           | high_medical_burden | 2026-11-21
"""
AID = """
  person_id | category  | approved_on | exit_on
  G2        | dibao     | 2026-11-21  | 2026-11-22
  I         | dibao     | 2026-01-01  | 2026-11-21
  J         | temporary | 2026-01-01  |
  E         | dibao     | 2026-11-22  |
"""
TOLD_DEAD = """
  person_id | record_key
  K         | k
"""
TIMES = 10


@contextmanager
def night(orders=(), visits=None):
    with duckdb.connect() as connection:
        engine = Engine(duckdb=connection, ibis=ibis.duckdb.from_connection(connection))
        dates = {"first_found": "date"}
        types = {"age": "int64", "in_county": "boolean", "in_register": "boolean"}
        tables = {
            "people": (PEOPLE, {**types, "birth_date": "date"}),
            "link": (LINK, {}),
            "link_rows": (ROWS, {}),
            "seen": (SEEN, dates),
            "finding": (FINDING, dates),
            "fact_assistance": (AID, {"approved_on": "date", "exit_on": "date"}),
            "visit_death": (TOLD_DEAD, {}),
        }
        for name, (text, kinds) in tables.items():
            engine.register(name, drawn(text, **kinds).to_pyarrow())
            numbered = {"person_id", "household_id", "record_key"} & set(engine.table(name).columns)
            parts = ", ".join(f"{column} || '-' || copy AS {column}" for column in sorted(numbered))
            connection.execute(
                f"CREATE OR REPLACE TEMP TABLE {name} AS "
                f"SELECT * REPLACE ({parts}) FROM {name}, range({TIMES}) AS copies(copy)"
            )
        yield SimpleNamespace(
            engine=engine,
            rows=engine.rows,
            count=lambda sql: connection.execute(sql).fetchone()[0],
            inputs=SimpleNamespace(night=NIGHT),
            issued=list(orders),
            visits=visits or {},
            minted=SimpleNamespace(person_into={}),
            config=SimpleNamespace(site=SimpleNamespace(county="370881")),
        )


@pytest.fixture(scope="module")
def told():
    earlier = [
        order(f"{n}", on=date(2026, 11, 1), lead=f"A-{n}", town="370881101") for n in range(TIMES)
    ]
    new = [
        order(f"1{n}", ["high_medical_burden"], lead=f"B-{n}", town="370881001")
        for n in range(TIMES)
    ]
    visits = {f"{n}": visit(f"{n}", "15") for n in range(TIMES)}
    with night(earlier, visits) as tonight:
        yield tonights_yields(tonight, new)


def test_only_the_living_of_the_county_count(told):
    assert told["total"]["counts"] == {
        "flagged": 2 * TIMES,
        "issued": 2 * TIMES,
        "orders": 2 * TIMES,
        "visited": TIMES,
        "confirmed": TIMES,
        "helped": TIMES,
    }
    assert one(told["groups"]["sex"], "female")["counts"]["people"] == 4 * TIMES


def test_what_was_found_tonight_counts_tonight(told):
    assert one(told["by_month"], "2026-11")["counts"]["flagged"] == TIMES
    assert one(told["by_signal"], "high_medical_burden")["counts"]["orders"] == TIMES


def test_one_usable_number_in_any_record_is_a_number(told):
    assert one(told["groups"]["number"], "has")["counts"]["people"] == TIMES
    assert one(told["groups"]["number"], "missing")["counts"]["people"] == 8 * TIMES


def test_the_unflagged_are_those_a_sample_is_drawn_from(told):
    """E, whose aid begins tomorrow; I, whose aid ended today; J, who was helped once."""
    assert told["misses"]["unflagged"] == 3 * TIMES


def test_townships_have_their_official_names(told):
    assert all(row["title"] != row["group"] for row in told["by_township"])
