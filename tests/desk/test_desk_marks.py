"""What officers decide, folded: drawn tables."""

from datetime import date

from flows.desk_marks import (
    ASSIGN,
    CLOSE,
    REOPEN,
    SNOOZE,
    decided,
    finding_rows,
    marks,
    member_rows,
    order_rows,
)

NIGHT, LATER = date(2026, 3, 7), date(2026, 4, 1)


def entry(number, kind, *persons, **more):
    body = {
        "household_id": "H1", "persons": list(persons), "on": "2026-03-07", "until": "2026-04-01",
        "reason": "家人住院,暂不方便", "visitor": "", "severity": 2,
        "signals": {"rent_arrears": "120.00", "reported_by_people": None},
    }  # fmt: skip
    return {"entry": number, "kind": kind, "who": "wang", "body": body | more}


def folded(*rows, into=None):
    return marks(decided(rows), into or {})


def test_a_pause_becomes_an_order_that_came_to_a_result():
    standing = folded(entry(7, SNOOZE, "P1", "P2"))
    assert order_rows(standing).rows() == [
        ("desk-7", 2, NIGHT, LATER, NIGHT, "desk_snooze", None, None, True)
    ]
    assert member_rows(standing, {}).rows() == [("desk-7", "P1"), ("desk-7", "P2")]
    found = finding_rows(standing)
    assert found["signal"].to_list() == ["rent_arrears", "reported_by_people"]
    assert [str(value) for value in found["measure"]] == ["120.00", "None"]


def test_a_pause_follows_its_persons_when_they_are_merged():
    standing = folded(entry(7, CLOSE, "P1", "P2"), into={"P2": "P1"})
    assert member_rows(standing, {"P2": "P1"}).rows() == [("desk-7", "P1")]


def test_reopening_lifts_what_stood_before_and_nothing_after():
    standing = folded(
        entry(1, SNOOZE, "P1"), entry(2, CLOSE, "P9"), entry(3, REOPEN, "P1"), entry(4, CLOSE, "P1")
    )
    assert [one.entry for one in standing.pauses] == [2, 4]


def test_the_last_named_visitor_counts_and_nobody_takes_it_back():
    standing = folded(
        entry(1, ASSIGN, "P1", "P2", visitor="张"), entry(2, ASSIGN, "P1", visitor="李"),
        entry(3, ASSIGN, "P2"),
    )  # fmt: skip
    assert standing.visitors == {"P1": "李"}
    assert standing.pauses == ()


def test_entries_of_other_pages_are_left_alone():
    assert folded(entry(1, "desk_meeting", "P1")).pauses == ()


def test_nothing_decided_gives_tables_without_rows():
    standing = folded()
    assert order_rows(standing).is_empty()
    assert member_rows(standing, {}).is_empty()
    assert finding_rows(standing).is_empty()
