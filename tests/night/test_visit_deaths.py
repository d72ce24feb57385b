"""Whom a visit found dead: no longer asked for, a report for review, and alive again by the register."""

from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace

import duckdb
import ibis
import pytest

from flows.engine import Engine
from flows.visit_deaths import add_visit_deaths, death_proofs, leave_in_peace
from tests.drawn import arrow_of
from tests.yields.yield_tables import order, visit
from transforms.profile import lives

VISITED = date(2026, 11, 10)
RESIDENT = """
  record_key | person_id | life_status | status_on
  r-ana      | ana       | {status}    | {on}
  r-ben      | ben       | normal      | 2001-01-01
"""
PEOPLE = """
  person_id | household_id | life_status
  ana       | h1           | death_pending
  ben       | h1           | alive
"""
FINDINGS = """
  person_id | signal
  ana       | dilapidated_dwelling
  ben       | rent_arrears
"""


@contextmanager
def told(*codes, lead="ana", into=None, status="normal", on="2001-01-01"):
    """A night's engine after a visit to ana's and ben's home that came to these codes."""
    ledger = SimpleNamespace(
        orders=lambda _: [order("ZF1", lead=lead, over=["ana", "ben"])],
        visits=lambda _: {"ZF1": visit("ZF1", *codes, on=VISITED)} if codes else {},
    )
    with duckdb.connect() as connection:
        engine = Engine(duckdb=connection, ibis=ibis.duckdb.from_connection(connection))
        register = RESIDENT.format(status=status, on=on)
        engine.register("fact_resident", arrow_of(register, status_on="date"))
        engine.register(
            "fact_death",
            arrow_of(
                "record_key | person_id | confirmed | died_on | reported_on",
                died_on="date",
                reported_on="date",
            ),
        )
        engine.register("people", arrow_of(PEOPLE))
        engine.register("finding_visit", arrow_of(FINDINGS))
        add_visit_deaths(engine, ledger, 1, into or {})
        yield engine


def dead(engine):
    return [row["person_id"] for row in engine.rows("FROM visit_death")]


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (("55",), ["ana"]),
        (("12", "55"), ["ana"]),
        (("90", "55"), ["ana"]),
        (("50",), []),
        ((), []),
    ],
)
def test_the_person_who_was_asked_for_is_dead_by_whatever_stands_beside_it(codes, found):
    with told(*codes) as engine:
        assert dead(engine) == found


def test_it_follows_the_id_that_the_person_bears_now():
    with told("55", lead="old", into={"old": "ana"}) as engine:
        assert dead(engine) == ["ana"]


@pytest.mark.parametrize(
    ("status", "on", "found"),
    [
        ("normal", "2026-11-10", ["ana"]),
        ("normal", "2026-11-11", []),
        ("normal", "", ["ana"]),
        ("dead", "2026-11-11", ["ana"]),
        ("death_pending", "2026-11-11", ["ana"]),
    ],
)
def test_only_a_later_entry_of_the_register_makes_somebody_live_again(status, on, found):
    with told("55", status=status, on=on) as engine:
        assert dead(engine) == found


def test_a_visit_is_a_report_that_nobody_has_confirmed():
    with told("55") as engine:
        engine.materialise("life", lives(engine.table("fact_resident"), engine.table("fact_death")))
        rows = engine.rows("SELECT person_id, life_status, died_on FROM life")
        (report,) = engine.rows("SELECT reported_on, died_on FROM fact_death")
    assert rows == [{"person_id": "ana", "life_status": "death_pending", "died_on": None}]
    assert report == {"reported_on": VISITED, "died_on": None}


def test_the_dead_are_asked_for_no_more_and_those_they_lived_with_are():
    with told("55") as engine:
        leave_in_peace(engine)
        findings = [row["person_id"] for row in engine.rows("FROM finding_visit")]
        asked = engine.rows("SELECT person_id, life_status FROM asked_people ORDER BY ALL")
        known = engine.rows("SELECT life_status FROM people WHERE person_id = 'ana'")
    assert findings == ["ben"]
    assert [row["life_status"] for row in asked] == ["dead", "alive"]
    assert known == [{"life_status": "death_pending"}]


def test_without_such_a_visit_everybody_is_asked_for_as_before():
    with told("15") as engine:
        leave_in_peace(engine)
        assert [row["person_id"] for row in engine.rows("FROM finding_visit")] == ["ana", "ben"]
        assert engine.rows("FROM asked_people EXCEPT FROM people") == []


def test_the_proof_names_the_order_and_the_line_of_its_sheet():
    with told("55") as engine:
        (proof,) = death_proofs(engine).to_dicts()
    assert (proof["source_title"], proof["what"]) == ("走访反馈", "已去世")
    assert (proof["file_name"], proof["line"], proof["happened_on"]) == ("ZF1", 2, VISITED)
