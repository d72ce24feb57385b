"""一事一议: from the list to the agenda, the pack, the decision, and the day it is overdue."""

import io
import re
from datetime import date

import pytest
from docx import Document

from flows import files
from flows.audit.entries import Entry
from flows.desk.agenda import situation_lines
from flows.ledger import Ledger
from flows.meetings import DECIDED, DROPPED, FED_BACK, KINDS, PICKED, items, overdue, undecided
from flows.publish.cells import typeset
from flows.statistics.command import month_lines
from flows.statistics.monthly import Month
from tests.desk.desk_client import Desk, send, trail
from tests.night import county
from transforms.signals import SIGNALS

ON = "2027-01-20"
"""The desk's clock says 15 January 2027."""


@pytest.fixture
def own(desk_home, tmp_path):
    return Desk(county.copy(desk_home, tmp_path / "home"))


def asked(home, sql, *values):
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        return snapshot.execute(sql, list(values)).fetchall()


def words(content):
    """Everything that a Word file says."""
    made = Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in made.paragraphs), *cells])


def entry(number, kind, **body):
    said = {"who": "officer", "at": "2027-01-15T09:00:00+08:00"}
    return {"entry": number, "kind": kind, "body": {**said, **body}}


def picked(number=1, on="2027-01-20"):
    return entry(number, PICKED, on=on, household_id="H1", persons=["P1"], reason="几家一起帮")


def decided(due, item=1):
    return entry(2, DECIDED, item=item, decision="先行救助", owner="医保局", due=due)


def fed_back(is_done, item=1):
    return entry(3, FED_BACK, item=item, said="已办理", is_done=is_done)


TODAY = date(2027, 1, 31)


@pytest.mark.parametrize(
    ("rows", "late", "waiting"),
    [
        ([picked()], 0, 1),
        ([picked(on="2027-01-31")], 0, 0),
        ([picked(), decided("2027-01-31")], 0, 0),
        ([picked(), decided("2027-01-30")], 1, 0),
        ([picked(), decided("2027-01-30"), fed_back(False)], 1, 0),
        ([picked(), decided("2027-01-30"), fed_back(True)], 0, 0),
        ([picked(), decided("2027-01-30"), decided("2027-02-10")], 0, 0),
        ([picked(), decided("2027-01-30"), fed_back(True), fed_back(False)], 1, 0),
        ([picked(), entry(4, DROPPED, item=1, reason="已解决了")], 0, 0),
    ],
)
def test_what_is_overdue_and_what_was_never_decided(rows, late, waiting):
    known = items(rows)
    assert len(overdue(known, TODAY)) == late
    assert len(undecided(known, TODAY)) == waiting


def test_a_situation_in_words_claims_nothing_that_nobody_knows():
    row = dict.fromkeys(
        ("members", "minors", "elders", "disabled", "seriously_ill", "earners", "pensioners", "unclear",
         "unseen", "uninsured", "deaths", "dwellings", "rents", "unsafe_houses", "vehicles",
         "monthly_income", "medical_burden"), 0,
    )  # fmt: skip
    lines = situation_lines({**row, "members": 3, "elders": 1, "unseen": 2})
    assert lines == ("共 3 人,其中老年 1 人", "已知月收入 0.00 元,另有 2 人的收入不清楚")


def test_picked_cases_become_a_pack_that_word_opens(own, listed):
    browser, chosen = own.browser(), listed[:2]
    answer = send(browser, "/meeting", household=chosen, on=ON, reason="医疗和住房要一起研究")
    assert answer.headers["location"] == f"/meeting/{ON}"
    page = browser.get(f"/meeting/{ON}").text
    got = browser.get(f"/meeting/{ON}/agenda.docx")
    text = words(got.content)
    for household in chosen:
        assert household in page
        assert household in text
        for (name,) in asked(own.home, "SELECT name FROM member WHERE household_id = ?", household):
            assert typeset(name) in text
    assert "医疗和住房要一起研究" in text
    assert "会议意见" in text
    last = trail(own.home)[-1]
    assert isinstance(last, Entry)
    assert (last.what, last.count, last.sha256) == (
        "desk export agenda", 2, files.sha256(got.content),
    )  # fmt: skip
    viewed = [one.on for one in trail(own.home) if one.what == "desk view household"]
    assert set(chosen) <= set(viewed)


def test_what_may_not_stand_on_paper_is_only_counted(own, listed):
    household = listed[0]
    person, signal = asked(
        own.home, "SELECT person_id, signal FROM finding WHERE household_id = ? ORDER BY 1, 2 LIMIT 1",
        household,
    )[0]  # fmt: skip
    sensitive = next(one for one in SIGNALS.values() if one.is_sensitive)
    with files.duckdb_database(own.home.snapshot) as snapshot:
        snapshot.execute(
            "UPDATE finding SET signal = ?, title = ?, sentence = '不能写在纸上的话' "
            "WHERE household_id = ? AND person_id = ? AND signal = ?",
            [sensitive.name, sensitive.title, household, person, signal],
        )
        snapshot.execute(
            "UPDATE proof SET signal = ? WHERE person_id = ? AND signal = ?",
            [sensitive.name, person, signal],
        )
    browser = own.browser()
    send(browser, "/meeting", household=household, on=ON, reason="几家一起帮")
    text = words(browser.get(f"/meeting/{ON}/agenda.docx").content)
    for told in (text, browser.get(f"/meeting/{ON}").text):
        assert "不能写在纸上的话" not in told
        assert sensitive.title not in told
    assert "不宜书面列出" in text


def test_nobody_is_named_in_full_and_no_row_is_quoted(own, listed):
    browser = own.browser()
    send(browser, "/meeting", household=listed[:5], on=ON, reason="几家一起帮")
    text = words(browser.get(f"/meeting/{ON}/agenda.docx").content)
    keys = [
        key
        for (key,) in asked(
            own.home, "SELECT record_key FROM link WHERE list_contains(?, household_id)", listed[:5]
        )
    ]
    with files.duckdb_database(own.home.work, read_only=True) as working:
        rows = working.execute(
            "SELECT DISTINCT name, id_number, phone FROM identities "
            "WHERE list_contains(?, record_key)", [keys],
        ).fetchall()  # fmt: skip
    values = {value for row in rows for value in row if value and len(value) > 2}
    assert values
    assert not [value for value in values if value in text]


def test_a_decision_comes_back_on_the_morning_page_when_it_is_overdue(own, listed):
    browser = own.browser()
    send(browser, "/meeting", typed=listed[0], on=ON, reason="几家一起帮")
    (one,) = items(Ledger(own.home.ledger).notes(KINDS))
    place = f"/meeting/item/{one.number}"
    assert send(browser, place, what="feedback", said="已经办好了").status_code == 400
    send(
        browser,
        place,
        what="decide",
        decision="先行救助三千元",
        owner="医保局 王科",
        due="2027-01-25",
    )
    assert "会商决定已过期限" not in browser.get("/").text
    own.clock.now += 14 * 24 * 3600
    browser = own.browser()
    assert "会商决定已过期限" in browser.get("/").text
    assert "先行救助三千元" in browser.get("/meeting").text
    send(browser, place, what="feedback", said="救助金已发放", done="1")
    assert "会商决定已过期限" not in browser.get("/").text
    assert "救助金已发放" in browser.get(f"/meeting/{ON}").text
    noted = Ledger(own.home.ledger).notes(KINDS)
    assert [row["kind"] for row in noted] == [PICKED, DECIDED, FED_BACK]
    assert {row["body"]["who"] for row in noted} == {"officer"}


def test_a_meeting_makes_no_night_run_again(own, listed):
    before = Ledger(own.home.ledger).human_position()
    send(own.browser(), "/meeting", household=listed[0], on=ON, reason="几家一起帮")
    assert Ledger(own.home.ledger).human_position() == before
    assert Ledger(own.home.ledger).notes([PICKED])


def test_what_was_written_about_somebody_who_is_erased_is_overwritten(own, listed):
    from flows.erasure.tombstones import GONE, _decisions

    browser = own.browser()
    send(browser, "/meeting", household=listed[0], on=ON, reason="老张家几家一起帮")
    (one,) = items(Ledger(own.home.ledger).notes(KINDS))
    place = f"/meeting/item/{one.number}"
    send(
        browser, place, what="decide", decision="给老张家先行救助", owner="医保局", due="2027-01-25"
    )
    send(browser, place, what="feedback", said="老张家已收到", done="1")
    with files.ledger_database(own.home.ledger) as connection:
        _decisions(connection, set(one.persons))
    (left,) = items(Ledger(own.home.ledger).notes(KINDS))
    assert (left.persons, left.reason, left.decision) == ((), GONE, GONE)
    assert [each.said for each in left.feedback] == [GONE]
    assert browser.get(f"/meeting/{ON}").status_code == 200


def test_the_same_case_is_picked_once_a_day_and_can_be_taken_off(own, listed):
    browser = own.browser()
    for _ in range(2):
        send(browser, "/meeting", household=listed[0], on=ON, reason="几家一起帮")
    (one,) = items(Ledger(own.home.ledger).notes(KINDS))
    send(browser, f"/meeting/item/{one.number}", what="drop", reason="已经解决了")
    assert items(Ledger(own.home.ledger).notes(KINDS)) == []


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"household": "H0", "on": ON, "reason": "几家一起帮"}, "没有这一户"),
        ({"on": ON, "reason": "几家一起帮"}, "没有选中"),
        ({"typed": "x", "on": "", "reason": "几家一起帮"}, "日期"),
        ({"typed": "x", "on": ON, "reason": "帮"}, "写明"),
        ({"typed": "x", "on": ON, "reason": "他的号码 370881199003071234"}, "台账不保存"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(own, said, says):
    answer = send(own.browser(), "/meeting", **said)
    assert answer.status_code == 400
    assert says in answer.text
    assert Ledger(own.home.ledger).notes(KINDS) == []


def test_the_months_summary_is_that_of_doorstep_statistics(own):
    night = asked(own.home, 'SELECT "on" FROM night')[0][0]
    month = Month(night.replace(day=1))
    browser, today = own.browser(), date(2027, 1, 15)
    lines = month_lines(own.home, month, today)
    page = browser.get(f"/monthly?month={month}").text
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", page.split("<tbody>")[1])
    assert cells == [str(one) for line in lines[1:] for one in line]
    got = browser.get(f"/monthly/{month}/csv")
    assert got.content.decode("utf-8-sig").splitlines()[0] == ",".join(map(str, lines[0]))
    assert trail(own.home)[-1].sha256 == files.sha256(got.content)
    assert "还没有结束" in browser.get("/monthly?month=2027-01").text
