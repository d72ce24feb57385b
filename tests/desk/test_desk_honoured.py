"""What officers decide in the browser, the next night does."""

import pytest

from flows import files
from flows.ledger import Ledger
from tests.desk.desk_client import TOWNSHIP, Desk, send
from tests.night import county

UNTIL_DAYS = 30


@pytest.fixture(scope="module")
def decided(after_baseline, tmp_path_factory):
    """A home after a night for which an officer put off, closed, reopened and assigned households."""
    from datetime import timedelta

    home = county.copy(after_baseline, tmp_path_factory.mktemp("honoured") / "home")
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        waiting = snapshot.execute(
            "SELECT household_id, township_code FROM worklist WHERE state = 'carried' "
            "ORDER BY severity DESC, household_id"
        ).fetchall()
        (night,) = snapshot.execute('SELECT "on" FROM night').fetchone()
    put_off, closed, reopened = (household for household, _ in waiting[:3])
    town = waiting[3][1]
    visitors = f"乡镇代码,村代码,走访人,每晚单数\n{town},,张走访,50\n{town},,李走访,1\n"
    files.write(home.policy / "visitors.csv", visitors)
    browser = Desk(home).browser()
    until = night + timedelta(days=UNTIL_DAYS)
    pause = {"kind": "desk_snooze", "until": str(until), "reason": "全家外出务工"}
    for household in (put_off, reopened):
        assert send(browser, f"/household/{household}/decide", **pause).status_code == 303
    close = {"kind": "desk_close", "why": "核实无困难", "reason": "村里已核实", "household": closed}
    assert send(browser, "/list/decide", **close).status_code == 303
    again = {"kind": "desk_reopen", "reason": "情况有变"}
    assert send(browser, f"/household/{reopened}/decide", **again).status_code == 303
    named = [household for household, township in waiting[3:] if township == town]
    assign = {"kind": "desk_assign", "visitor": "李走访", "household": named}
    assert send(browser, "/list/decide", **assign).status_code == 303
    shown = browser.get("/list?mark=desk_snooze").text
    county.run(home, 1)
    return {
        "home": home, "put_off": put_off, "closed": closed, "reopened": reopened,
        "named": named, "until": until, "shown": shown, "browser": browser,
    }  # fmt: skip


def rows(home):
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        found = snapshot.execute(
            "SELECT household_id, state, state_reason FROM worklist"
        ).fetchall()
    return {household: (state, reason) for household, state, reason in found}


def orders(home):
    ledger = Ledger(home.ledger)
    return {order.household_id: order for order in ledger.orders(ledger.position())}


def test_the_screen_shows_a_pause_at_once(decided):
    assert decided["put_off"] in decided["shown"]
    assert decided["reopened"] not in decided["shown"]


def test_who_is_put_off_rests_and_the_list_says_until_when(decided):
    state, reason = rows(decided["home"])[decided["put_off"]]
    assert state == "resting"
    assert reason == f"经办人暂缓至 {decided['until']},期间没有新的情况"
    assert decided["put_off"] not in orders(decided["home"])


def test_who_is_closed_rests_for_the_countys_cool_down(decided):
    state, reason = rows(decided["home"])[decided["closed"]]
    assert state == "resting"
    assert reason.startswith("经办人结案至 ")
    assert decided["closed"] not in orders(decided["home"])


def test_who_is_reopened_is_visited(decided):
    assert decided["reopened"] in orders(decided["home"])


def test_the_named_visitor_goes_though_another_had_room(decided):
    issued = orders(decided["home"])
    going = [issued[household].printed["visitor"] for household in decided["named"]]
    assert going
    assert set(going) == {"李走访"}


def test_what_was_decided_stands_on_the_page_of_the_household(decided):
    page = decided["browser"].get(f"/household/{decided['put_off']}").text
    assert "全家外出务工" in page
    assert "officer" in page


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"kind": "desk_snooze", "until": "2026-13-01", "reason": "全家外出"}, "哪一天"),
        ({"kind": "desk_snooze", "until": "2000-01-01", "reason": "全家外出"}, "之间"),
        ({"kind": "desk_snooze", "until": "2999-01-01", "reason": "全家外出"}, "之间"),
        ({"kind": "desk_close", "why": "别的", "reason": "村里已核实"}, "原因"),
        ({"kind": "desk_close", "why": "核实无困难", "reason": ""}, "理由"),
        ({"kind": "desk_close", "why": "核实无困难", "reason": "电话 13912345678"}, "不保存"),
        ({"kind": "desk_assign", "visitor": "没有的人"}, "visitors.csv"),
        ({"kind": "nonsense"}, "做什么"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(decided, said, problem):
    ledger = Ledger(decided["home"].ledger)
    before = ledger.position()
    answer = send(decided["browser"], f"/household/{decided['put_off']}/decide", **said)
    assert answer.status_code == 400
    assert problem in answer.text
    assert ledger.position() == before


def test_nobody_ticked_is_said(decided):
    answer = send(decided["browser"], "/list/decide", kind="desk_assign", visitor="")
    assert answer.status_code == 400
    assert TOWNSHIP not in answer.text
