"""The desk of a sealed home: with the key as any other, without it a line that says what to do."""

import pytest

from flows import files
from flows.desk.accounts import Accounts
from flows.desk.decisions import CLOSE_REASONS
from flows.desk.saved_lists import SavedList, lists_for, save_list
from flows.errors import DoorstepError
from flows.home import existing_home
from flows.ledger import Ledger
from flows.sealing.commands import seal_home
from flows.sealing.unsealed import unsealed_files
from tests.desk.desk_client import Desk, send
from tests.night import county
from tests.sealing.small import KEY, OTHER

WITHOUT = [
    pytest.param(None, "没有配置密钥", id="no key"),
    pytest.param(OTHER, "密钥不对", id="another key"),
]


@pytest.fixture(scope="module")
def sealed(desk_home, tmp_path_factory):
    """A desk whose accounts were made before its home was sealed."""
    home = county.copy(desk_home, tmp_path_factory.mktemp("sealed") / "home")
    desk = Desk(home)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DOORSTEP_KEY", KEY)
        seal_home(home)
    return desk


@pytest.fixture
def opened(sealed, monkeypatch):
    monkeypatch.setenv("DOORSTEP_KEY", KEY)
    return sealed


@pytest.mark.parametrize("place", ["/", "/list", "/who", "/back", "/works", "/what-if", "/meeting"])
def test_every_page_of_an_officers_day_opens_with_the_key(opened, place):
    assert opened.browser().get(place).status_code == 200


def test_a_household_is_found_opened_and_decided_about(opened, listed):
    browser = opened.browser()
    found = send(browser, "/list/search", words=listed[0])
    assert listed[0] in browser.get(found.headers["location"]).text
    assert "为什么" in browser.get(f"/household/{listed[0]}").text
    said = {"kind": "desk_close", "why": CLOSE_REASONS[0], "reason": "电话里已问清"}
    assert send(browser, f"/household/{listed[0]}/decide", **said).status_code == 303
    assert "电话里已问清" in browser.get(f"/household/{listed[0]}").text
    assert not unsealed_files(opened.home)


def test_what_the_desk_writes_itself_is_sealed_too(opened):
    lists = opened.home.state / "desk_lists.json"
    save_list(lists, SavedList(name="欧阳一家", owner="officer", query="", is_shared=False))
    assert "欧阳一家".encode() not in files.read_raw(lists)
    assert [one.name for one in lists_for(lists, "officer")] == ["欧阳一家"]
    assert "测试".encode() not in files.read_raw(opened.home.state / "accounts.json")


@pytest.mark.parametrize(("key", "words"), WITHOUT)
def test_without_the_right_key_the_desk_does_not_start(sealed, key, words, monkeypatch):
    if key:
        monkeypatch.setenv("DOORSTEP_KEY", key)
    doors = [
        lambda: existing_home(sealed.home.root),
        lambda: Accounts(sealed.home.state / "accounts.json").all(),
        lambda: Ledger(sealed.home.ledger).position(),
    ]
    for door in doors:
        with pytest.raises(DoorstepError, match=words):
            door()


@pytest.mark.parametrize(("key", "words"), WITHOUT)
def test_a_key_that_goes_while_people_work_is_a_line_on_the_page(opened, key, words, monkeypatch):
    browser = opened.browser()
    monkeypatch.delenv("DOORSTEP_KEY")
    if key:
        monkeypatch.setenv("DOORSTEP_KEY", key)
    answer = browser.get("/list")
    assert answer.status_code == 503
    assert words in answer.text
    monkeypatch.setenv("DOORSTEP_KEY", KEY)
    assert browser.get("/list").status_code == 200
