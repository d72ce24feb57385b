"""The ledger: entries are only added, what a night decides commits at once, positions look back."""

from datetime import date

import polars as pl
import pytest

from flows.ledger import Delivery, Ledger, NightEnd, Outcome, WorkOrder

NIGHT = date(2026, 11, 16)


def frame(schema, *rows):
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def end(number=1, persons=(), keys=(), merges=(), seen=(), orders=()):
    text = pl.String
    return NightEnd(
        night=NIGHT,
        number=number,
        question="q",
        state="done",
        manifest="m",
        body={},
        persons=frame({"number": pl.Int64, "person_id": text, "founder": text}, *persons),
        person_keys=frame({"person_key": text, "person_id": text}, *keys),
        merges=frame({"person_id": text, "into_person_id": text}, *merges),
        households=frame({"number": pl.Int64, "household_id": text, "household_key": text}),
        seen=frame({"person_id": text, "signal": text, "first_found": text}, *seen),
        orders=orders,
    )


def order(number="ZF1"):
    return WorkOrder(
        order_no=number,
        issued_on=NIGHT,
        household_id="H1",
        township_code="370881102",
        severity=3,
        signals=["rent_arrears"],
        members=["P1"],
        printed={"address": "x"},
    )


def accepted(arrival, delivery):
    return Delivery(
        arrival=arrival,
        delivery=delivery,
        source="vehicle",
        file_name="f.csv",
        night=NIGHT,
        as_of=None,
        rows=3,
        ended_with_newline=True,
        archived="archive/f",
    )


@pytest.fixture
def ledger(tmp_path):
    return Ledger(tmp_path / "ledger.sqlite")


def test_an_outcome_and_its_place_in_the_order_are_noted_together(ledger):
    outcome = Outcome(
        source="vehicle",
        delivery="d1",
        file_name="f.csv",
        verdict="accepted",
        judgement={"rows": 3},
    )
    ledger.record_outcome(NIGHT, 1, outcome, accepted(1, "d1"))
    assert ledger.outcomes(NIGHT, 1) == [outcome]
    assert ledger.deliveries() == [accepted(1, "d1")]
    assert ledger.outcomes(NIGHT, 2) == []


def test_a_delivery_cannot_be_accepted_twice_and_the_failure_leaves_nothing(ledger):
    outcome = Outcome(
        source="vehicle", delivery="d1", file_name="f", verdict="accepted", judgement={}
    )
    ledger.record_outcome(NIGHT, 1, outcome, accepted(1, "d1"))
    before = ledger.position()
    with pytest.raises(Exception, match="UNIQUE"):
        ledger.record_outcome(NIGHT, 1, outcome, accepted(2, "d1"))
    assert ledger.position() == before
    assert len(ledger.outcomes(NIGHT, 1)) == 1


def test_a_night_commits_all_or_nothing(ledger):
    with pytest.raises(Exception, match="UNIQUE"):
        ledger.end_night(end(persons=[(1, "P1", "r1"), (2, "P1", "r2")]))
    assert ledger.nights() == []
    assert ledger.next_numbers() == (1, 1)


def test_a_position_sees_nothing_that_came_after_it(ledger):
    before = ledger.position()
    ledger.end_night(
        end(
            persons=[(1, "P1", "r1")],
            keys=[("n1", "P1")],
            seen=[("P1", "rent_arrears", "2026-11-16")],
            orders=[order()],
        )
    )
    assert ledger.orders(before) == []
    assert ledger.seen(before).is_empty()
    assert ledger.person_keys(before).is_empty()
    now = ledger.position()
    assert ledger.orders(now) == [order()]
    assert ledger.seen(now)["first_found"].to_list() == [NIGHT]
    assert ledger.person_keys(now).rows() == [("n1", "P1")]


def test_only_what_a_person_did_moves_the_human_position(ledger):
    ledger.end_night(end())
    assert ledger.human_position() == 0
    ledger.release("d1", "核实无误", "王")
    assert ledger.human_position() == ledger.position()
    assert ledger.released() == {"d1": "核实无误"}


def test_a_merged_id_keeps_resolving(ledger):
    ledger.end_night(end(merges=[("P1", "P2")]))
    ledger.end_night(end(number=2, merges=[("P2", "P3")]))
    assert [ledger.resolve(one) for one in ("P1", "P2", "P3", "P9")] == ["P3", "P3", "P3", "P9"]
