"""The ledger: entries are only added, what a night decides commits at once, positions look back."""

from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest

from flows import files, ledger_schema
from flows.ledger import Delivery, Ledger, NightEnd, Outcome, WorkOrder

NIGHT = date(2026, 11, 16)
SEEN = dict.fromkeys(("person_id", "signal", "first_found"), pl.String)


def frame(schema, *rows):
    return pl.DataFrame(list(rows), schema=schema, orient="row")


def end(
    number=1,
    persons=(),
    keys=(),
    merges=(),
    seen=(),
    lapses=(),
    orders=(),
    homes=(),
    members=(),
    changes=(),
):
    text = pl.String
    merge = {"person_id": text, "into_person_id": text, "kind": text, "reason": text}
    change = {"household_id": text, "into_household_id": text, "kind": text, "reason": text}
    member = {"person_id": text, "household_id": text, "is_head": pl.Boolean}
    return NightEnd(
        night=NIGHT,
        number=number,
        question="q",
        state="done",
        manifest="m",
        body={},
        persons=frame({"number": pl.Int64, "person_id": text, "founder": text}, *persons),
        person_keys=frame({"person_key": text, "person_id": text}, *keys),
        merges=frame(
            merge, *(row if len(row) > 2 else (*row, "merge", "number") for row in merges)
        ),
        households=frame({"number": pl.Int64, "household_id": text, "household_key": text}),
        household_keys=frame({"household_key": text, "household_id": text}, *homes),
        household_members=frame(member, *members),
        household_changes=frame(change, *changes),
        seen=frame(SEEN, *seen),
        lapses=frame({**SEEN, "gone_on": text, "is_over": pl.Boolean}, *lapses),
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


def test_what_became_of_a_finding_is_what_was_noted_last_at_a_position(ledger):
    found = ("P1", "rent_arrears", "2026-11-16")
    positions = []
    for number, (seen, lapses) in enumerate(
        [
            ([found], []),
            ([], [(*found, "2026-11-20", False)]),
            ([], [(*found, None, False)]),
            ([], [(*found, "2026-11-25", False)]),
            ([], [(*found, "2026-11-25", True)]),
            ([("P1", "rent_arrears", "2027-08-01")], []),
        ]
    ):
        ledger.end_night(end(number=number, seen=seen, lapses=lapses))
        positions.append(ledger.position())
    told = [ledger.seen(one).sort("first_found").select("gone_on", "is_over") for one in positions]
    assert [frame.rows() for frame in told] == [
        [(None, False)],
        [(date(2026, 11, 20), False)],
        [(None, False)],
        [(date(2026, 11, 25), False)],
        [(date(2026, 11, 25), True)],
        [(date(2026, 11, 25), True), (None, False)],
    ]


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


def test_of_a_key_the_last_id_counts_and_earlier_positions_keep_theirs(ledger):
    ledger.end_night(end(keys=[("r1", "P1")], homes=[("h1", "H1")]))
    before = ledger.position()
    ledger.end_night(end(number=2, keys=[("r1", "P2")], homes=[("h1", "H2")]))
    assert ledger.person_keys(before).rows() == [("r1", "P1")]
    assert ledger.person_keys(ledger.position()).rows() == [("r1", "P2")]
    assert ledger.household_keys(before).rows() == [("h1", "H1")]
    assert ledger.household_keys(ledger.position()).rows() == [("h1", "H2")]


def test_a_split_is_noted_and_leads_nobody_elsewhere(ledger):
    ledger.end_night(end(merges=[("P1", "P7", "split", "evidence"), ("P2", "P3")]))
    assert ledger.resolve("P1") == "P1"
    assert ledger.merged_persons(ledger.position()) == {"P2": "P3"}


def test_of_a_member_the_last_household_counts(ledger):
    ledger.end_night(end(members=[("P1", "H1", True), ("P2", "H1", False)]))
    before = ledger.position()
    ledger.end_night(end(number=2, members=[("P2", None, False)]))
    assert ledger.household_members(before).rows() == [("P1", "H1", True), ("P2", "H1", False)]
    now = ledger.household_members(ledger.position()).rows()
    assert now == [("P1", "H1", True), ("P2", None, False)]


def test_former_homes_are_those_that_have_ended_with_their_times(ledger):
    nights = [NIGHT + timedelta(days=day) for day in range(4)]
    members = (
        [("P1", "H1", True), ("P2", "H1", False)],
        [("P2", "H2", False)],
        [("P2", None, False)],
        [("P2", "H3", False)],
    )
    positions = []
    for night, noted in zip(nights, members, strict=True):
        ledger.end_night(replace(end(members=noted), night=night))
        positions.append(ledger.position())
    first = ("P2", "H1", None, nights[1])
    then = ("P2", "H2", nights[1], nights[2])
    told = [ledger.former_homes(position).rows() for position in positions]
    assert told == [[], [first], [first, then], [first, then]]


def test_a_household_id_that_was_merged_keeps_resolving_until_it_lives_again(ledger):
    ledger.end_night(end(changes=[("H1", "H2", "merge", ""), ("H4", None, "ended", "")]))
    ledger.end_night(end(number=2, changes=[("H2", "H3", "merge", ""), ("H3", "H9", "split", "")]))
    assert [ledger.resolve_household(one) for one in ("H1", "H2", "H3", "H4")] == [
        "H3",
        "H3",
        "H3",
        "H4",
    ]
    assert ledger.household_ends(ledger.position()) == {"H1": "H2", "H2": "H3", "H4": None}
    ledger.end_night(end(number=3, changes=[("H2", None, "revived", "")]))
    assert ledger.resolve_household("H1") == "H2"
    assert ledger.resolve_household("H2") == "H2"


def test_new_keys_lead_where_the_old_ones_did_since_when_they_did(ledger):
    ledger.end_night(end(keys=[("n1", "P1")], homes=[("h1", "H1")]))
    before = ledger.position()
    ledger.end_night(end(number=2, keys=[("n1", "P2")]))
    pairs = {"old": pl.String, "new": pl.String}
    persons, households = frame(pairs, ("n1", "n8")), frame(pairs, ("h1", "h8"), ("h2", "h9"))
    ledger.rotate_keys(persons, households, {"fingerprint": "f", "who": "王", "reason": "例行"})
    assert ledger.person_keys(before).rows() == [("n1", "P1"), ("n8", "P1")]
    assert ledger.person_keys(ledger.position()).rows() == [("n1", "P2"), ("n8", "P2")]
    assert ledger.household_keys(before).rows() == [("h1", "H1"), ("h8", "H1")]
    assert ledger.rotated("f")
    assert not ledger.rotated("g")
    assert ledger.human_position() == 0


_VERSION_2 = """
CREATE TABLE entry (entry INTEGER PRIMARY KEY, kind TEXT, night TEXT, who TEXT, body TEXT);
CREATE TABLE person_key (person_key TEXT PRIMARY KEY, person_id TEXT NOT NULL, entry INTEGER);
CREATE TABLE merge (entry INTEGER, person_id TEXT NOT NULL, into_person_id TEXT NOT NULL);
CREATE TABLE household (number INTEGER PRIMARY KEY, household_id TEXT NOT NULL UNIQUE,
  household_key TEXT NOT NULL UNIQUE, entry INTEGER);
INSERT INTO entry VALUES (1, 'night', '2026-11-16', NULL, '{}'), (2, 'night', NULL, NULL, '{}');
INSERT INTO person_key VALUES ('n1', 'P1', 1), ('r1', 'P1', 2);
INSERT INTO merge VALUES (2, 'P2', 'P1');
INSERT INTO household VALUES (1, 'H1', 'h1', 1), (2, 'H2', 'pP3', 2);
PRAGMA user_version = 2;
"""


def test_a_ledger_of_version_2_is_brought_up_to_date_where_it_lies(tmp_path):
    path = tmp_path / "ledger.sqlite"
    with files.ledger_database(path) as connection:
        connection.executescript(_VERSION_2)
    for _ in range(2):
        ledger = Ledger(path)
        assert ledger.person_keys(1).rows() == [("n1", "P1")]
        assert ledger.person_keys(2).rows() == [("n1", "P1"), ("r1", "P1")]
        assert ledger.household_keys(2).rows() == [("h1", "H1"), ("pP3", "H2")]
        assert ledger.merged_persons(2) == {"P2": "P1"}
        assert ledger.next_numbers() == (1, 3)
    ledger.end_night(end(keys=[("n1", "P9")], homes=[("h1", "H9")]))
    assert ledger.person_keys(3).rows() == [("n1", "P9"), ("r1", "P1")]


def test_a_ledger_that_cannot_be_brought_up_to_date_stays_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "ledger.sqlite"
    with files.ledger_database(path) as connection:
        connection.executescript(_VERSION_2)
    monkeypatch.setattr(ledger_schema, "_FROM_2", (*ledger_schema._FROM_2, "SELECT * FROM nowhere"))
    with pytest.raises(Exception, match="nowhere"):
        Ledger(path)
    monkeypatch.undo()
    assert Ledger(path).person_keys(2).rows() == [("n1", "P1"), ("r1", "P1")]
