"""In English the desk shows no Chinese but data: names and places, and what rows and rules say."""

import pytest

from flows import files, reference
from flows.access.roles import Role
from flows.desk.app import all_pages
from flows.desk.permissions import Need, is_allowed
from flows.ledger import Ledger
from flows.meetings import PICKED
from flows.policy.declared import DECLARED
from tests.desk.chinese_texts import CHINESE, on_page, one_form
from tests.desk.conftest import VISITORS
from tests.desk.desk_client import Desk, send
from tests.desk.doubted_home import doubted

MEETING = "2026-12-01"
DATA = {
    "night": ["site"],
    "night_report": ["unnest(told ->> '$.sources[*].deliveries[*].file_name')"],
    "township": ["name"],
    "member": ["name"],
    "worklist": ["village_name", "lead_name", "sentences"],
    "finding": ["sentence", "verify", "reference", "parameters"],
    "proof": ["what", "file_name"],
    "timeline": ["what", "file_name", "why_zh"],
    "contact": ["shown"],
    "policy": ["document"],
}
"""Columns of the snapshot in which somebody else's words stand."""

WRONG_FORMS = [
    ("/list/decide", {"kind": "desk_snooze", "reason": "问了 13912345678", "until": "x"}),
    ("/list/decide", {"kind": "desk_snooze", "reason": "全家外出务工", "until": "2020-01-01"}),
    ("/list/decide", {"kind": "desk_close", "reason": "全家外出务工"}),
    ("/list/decide", {"kind": "desk_assign", "visitor": "x"}),
    ("/list/keep", {"name": "长" * 50}),
    ("/back/lead", {"name": "x", "township": "370881102", "village": "x", "number": "1"}),
    ("/meeting", {"on": MEETING, "reason": "问了 13912345678"}),
    ("/meeting", {"on": MEETING, "reason": "x"}),
    ("/meeting", {"on": MEETING, "reason": "请几个部门研究"}),
    ("/what-if", {"value:township_capacity": "1,5"}),
    ("/what-if", {"value:township_capacity": "1.5"}),
    ("/me", {"old": "wrong"}),
    ("/release", {"delivery": "0123456789abcdef", "reason": "问了 13912345678"}),
]


@pytest.fixture(scope="module")
def home(desk_home, tmp_path_factory):
    home = doubted(desk_home, tmp_path_factory.mktemp("english") / "home", 3)
    files.write(home.held / "vehicle" / "0123456789abcdef__vehicle.csv", b"x")
    return home


@pytest.fixture(scope="module")
def browser(home):
    browser = Desk(home, roles=(Role.OFFICER,)).browser()
    browser.get("/me?lang=en")
    return browser


@pytest.fixture(scope="module")
def data(home):
    """What may stay as it is, the longest first."""
    found = {home.config.site.name, "中文", f"测试{Role.OFFICER.value}", *VISITORS.split(",")}
    found |= set(reference.townships(home.config.site.county).values())
    found |= {parameter.means for parameter in DECLARED.values()}
    ledger = Ledger(home.ledger)
    for order in ledger.orders(ledger.position()):
        found |= set(order.printed["reasons"])
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        for table, columns in DATA.items():
            for column in columns:
                rows = snapshot.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()
                found |= {line for (text,) in rows for line in (text or "").splitlines()}
    return sorted({one_form(text) for text in found}, key=len, reverse=True)


def chinese(page, data):
    """The Chinese texts of a page in which something stands that is no data."""
    return sorted(text for text in on_page(page) if CHINESE.search(without(text, data)))


def without(text, data):
    for value in data:
        text = text.replace(value, "") if value else text
    return text


def places(method):
    """Where an officer may go, without those that name something."""
    pages = [page for page in all_pages() if page.method == method and "{" not in page.path]
    return [
        page.path
        for page in pages
        if page.path not in {"/list/export", "/logout", "/login"}
        and (page.needs is Need.SELF or is_allowed(Role.OFFICER, page.needs))
    ]


@pytest.mark.parametrize("place", places("GET"))
def test_a_page_is_in_english(browser, data, place):
    answer = browser.get(place)
    assert answer.status_code == 200
    assert chinese(answer.text, data) == []


def test_the_page_of_every_listed_household_is_in_english(browser, data, listed):
    for household in listed[:25]:
        page = browser.get(f"/household/{household}").text
        assert chinese(page, data) == [], household


def test_a_past_night_and_a_person_in_full_are_in_english(browser, data, home, listed):
    night = Ledger(home.ledger).nights()[-1]["night"]
    assert chinese(browser.get(f"/household/{listed[0]}?night={night}").text, data) == []
    with files.duckdb_database(home.snapshot, read_only=True) as snapshot:
        (person,) = snapshot.execute(
            "SELECT min(person_id) FROM member WHERE household_id = ?", [listed[0]]
        ).fetchone()
    said = {"person": person, "reason": "为核实住址电话联系"}
    shown = send(browser, f"/household/{listed[0]}/unmask", **said).text
    with files.duckdb_database(home.work, read_only=True) as working:
        rows = working.execute("SELECT name, address, registered_address FROM identities")
        known = {one_form(text) for row in rows.fetchall() for text in row if text}
    known = sorted(known | set(data), key=len, reverse=True)
    assert chinese(shown, [text for text in known if text in one_form(shown)]) == []


def test_a_meeting_and_every_slider_are_in_english(browser, data, home, listed):
    body = {"on": MEETING, "household_id": listed[0], "persons": [], "reason": "note"}
    Ledger(home.ledger).note(PICKED, {**body, "who": "officer", "at": f"{MEETING}T09:00:00"})
    assert chinese(browser.get(f"/meeting/{MEETING}").text, data) == []
    signals = browser.get("/what-if").text.count("<option")
    assert signals > 1
    for place in ("/what-if?signal=burden_beyond_income", "/what-if?signal=large_single_admission"):
        assert chinese(browser.get(place).text, data) == []


def test_what_the_desk_thinks_of_an_answer_is_in_english(browser, data):
    page = browser.get("/who").text
    number = page.split('name="question" value="')[1].split('"')[0]
    assert send(browser, "/who/answer", question=number, answer="same").status_code == 303
    assert chinese(browser.get("/who").text, data) == []
    assert chinese(browser.get("/who/people").text, data) == []


@pytest.mark.parametrize("place", places("POST"))
def test_what_an_empty_form_is_told_is_in_english(browser, data, place):
    answer = send(browser, place)
    told = browser.get(answer.headers["location"]) if answer.is_redirect else answer
    assert chinese(told.text, data) == []


@pytest.mark.parametrize(("place", "said"), WRONG_FORMS)
def test_a_refusal_is_in_english(browser, data, place, said):
    answer = send(browser, place, **said)
    assert answer.status_code in {400, 403}
    assert 'role="alert"' in answer.text
    assert chinese(answer.text, data) == []


def test_what_was_decided_is_told_in_english(browser, data, listed):
    said = {"kind": "desk_close", "why": "核实无困难", "reason": "abcd", "household": listed[0]}
    assert send(browser, "/list/decide", **said).status_code == 303
    page = browser.get("/list").text
    assert "Noted in the ledger for 1 households" in page
    assert chinese(page, data) == []


@pytest.mark.parametrize("place", ["/nowhere", "/household/H9", "/meeting/x", "/back/file/x/y"])
def test_a_place_that_is_not_there_is_told_in_english(browser, data, place):
    assert chinese(browser.get(place).text, data) == []


def test_a_refusal_without_a_page_is_in_english(browser):
    stray = browser.post("/me", headers={"origin": "http://elsewhere"})
    assert stray.text == "The request came from another site and was not taken.\n"
