"""Whose review is due: class C by what the register says of town or country, else by the code."""

from datetime import date
from types import SimpleNamespace

import duckdb
import ibis
import pytest

from flows.county_lists import due_reviews
from flows.engine import Engine
from tests.drawn import arrow_of

NIGHT = date(2026, 11, 22)
LIMITS = SimpleNamespace(
    review_months_a=12, review_months_b=6, review_months_c_urban=1, review_months_c_rural=12
)
AID = """
  record_key | person_id | category | grade | area   | approved_on | exit_on
  a          | ana       | dibao    | C     | {area} | 2026-06-01  |
"""
PEOPLE = """
  person_id | household_id | township_code | life_status
  ana       | h1           | {township}    | alive
"""
STREET, TOWN = "370881001", "370881101"


def due(area, township):
    with duckdb.connect() as connection:
        engine = Engine(duckdb=connection, ibis=ibis.duckdb.from_connection(connection))
        drawings = {
            "fact_assistance": arrow_of(AID.format(area=area), approved_on="date", exit_on="date"),
            "people": arrow_of(PEOPLE.format(township=township)),
            "known_identities": arrow_of("record_key | name\na | 某人"),
        }
        for name, rows in drawings.items():
            engine.register(name, rows)
        tonight = SimpleNamespace(
            inputs=SimpleNamespace(night=NIGHT),
            question=SimpleNamespace(policy=SimpleNamespace(shared=lambda _: LIMITS)),
            config=SimpleNamespace(site=SimpleNamespace(county="370881")),
            rows=engine.rows,
        )
        return [row[6] for row in due_reviews(tonight)]


@pytest.mark.parametrize(
    ("area", "township", "days"),
    [
        ("urban", TOWN, ["2026-12-01"]),
        ("rural", STREET, []),
        ("", STREET, ["2026-12-01"]),
        ("", TOWN, []),
    ],
)
def test_the_register_goes_before_the_code_of_the_township(area, township, days):
    assert due(area, township) == days
