"""Whose help was refused, as visits tell: everybody the order was issued for, by present ids."""

from datetime import date
from types import SimpleNamespace

import duckdb
import ibis
import pytest

from data_contracts.visit_results import VISIT_RESULTS
from flows.engine import Engine
from flows.visit_refusals import add_refusals
from tests.yields.yield_tables import order, visit

VISITED = date(2026, 11, 10)


def refused(*codes, into=None):
    """Who was refused, after a visit to ana's and ben's home that came to these codes."""
    ledger = SimpleNamespace(
        orders=lambda _: [order("ZF1", lead="ana", over=["ana", "ben"]), order("ZF2", lead="cho")],
        visits=lambda _: {"ZF1": visit("ZF1", *codes, on=VISITED)},
    )
    with duckdb.connect() as connection:
        engine = Engine(duckdb=connection, ibis=ibis.duckdb.from_connection(connection))
        add_refusals(engine, ledger, 1, into or {})
        rows = engine.rows("SELECT person_id, refused_on FROM refusal ORDER BY ALL")
    return [tuple(row.values()) for row in rows]


@pytest.mark.parametrize("code", sorted(VISIT_RESULTS))
def test_unwilling_turned_away_and_not_eligible_are_refusals_and_nothing_else(code):
    everybody = [("ana", VISITED), ("ben", VISITED)]
    assert refused(code) == (everybody if code in {"30", "31", "32", "40", "54"} else [])


def test_one_payment_beside_it_does_not_make_it_no_refusal():
    assert len(refused("15", "31")) == 2


def test_it_follows_the_ids_that_the_persons_bear_now():
    assert refused("40", into={"ben": "ana"}) == [("ana", VISITED)]
