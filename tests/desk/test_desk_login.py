"""The desk's login: who gets in, who does not, and that guessing teaches nothing."""

import pytest

from flows.access.roles import Role
from flows.desk.attempts import MOST_WRONG, SHUT_SECONDS
from flows.desk.sessions import COOKIE, IDLE_SECONDS, LONGEST_SECONDS
from tests.desk.desk_client import OWN, send, token


def test_without_a_session_every_page_leads_to_the_login(desk):
    answer = desk.stranger().get("/household/H1?night=2026-01-01")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fhousehold%2FH1%3Fnight%3D2026-01-01"


def test_name_password_and_code_together_open_the_desk(desk):
    browser = desk.browser()
    assert browser.get("/list").status_code == 200


@pytest.mark.parametrize(
    "changed", [{"password": "wrong"}, {"code": "000000"}, {"login": "nobody"}, {"login": ""}]
)
def test_any_of_them_wrong_is_answered_alike(own_desk, changed):
    own_desk.clock.now += 60
    answer = own_desk.try_login(own_desk.stranger(), Role.REVIEWER, **changed)
    assert answer.status_code == 403
    assert "登录名、密码或动态码不对" in answer.text
    assert COOKIE not in answer.cookies


def test_a_code_works_once(own_desk):
    assert own_desk.try_login(own_desk.stranger()).status_code == 303
    assert own_desk.try_login(own_desk.stranger()).status_code == 403


@pytest.mark.parametrize("login", ["officer", "nobody"])
def test_after_five_wrong_tries_a_name_is_shut_known_or_not(own_desk, login):
    browser = own_desk.stranger()
    for _ in range(MOST_WRONG):
        assert own_desk.try_login(browser, login=login, password="x").status_code == 403
    shut = own_desk.try_login(browser, login=login)
    assert shut.status_code == 429
    assert "15 分钟后再试" in shut.text
    own_desk.clock.now += SHUT_SECONDS
    opened = own_desk.try_login(browser, login=login)
    assert opened.status_code == (303 if login == "officer" else 403)


def test_a_session_ends_after_a_quarter_of_an_hour_without_a_click(desk):
    browser = desk.browser()
    desk.clock.now += IDLE_SECONDS - 1
    assert browser.get("/me").status_code == 200
    desk.clock.now += IDLE_SECONDS
    assert browser.get("/me").status_code == 303


def test_a_session_ends_after_ten_hours_however_busy(desk):
    browser = desk.browser()
    for _ in range(LONGEST_SECONDS // 600):
        assert browser.get("/me").status_code == 200
        desk.clock.now += 600
    assert browser.get("/me").status_code == 303


def test_a_planted_session_is_never_the_one_that_is_opened(desk):
    desk.clock.now += 60
    browser = desk.stranger()
    browser.cookies.set(COOKIE, "planted-by-somebody")
    assert desk.try_login(browser).status_code == 303
    kept = [cookie.value for cookie in browser.cookies.jar if cookie.name == COOKIE]
    assert "planted-by-somebody" not in kept[-1:]
    planted = desk.stranger()
    planted.cookies.set(COOKIE, "planted-by-somebody")
    assert planted.get("/me").status_code == 303


def test_logging_out_ends_the_session_for_whoever_kept_the_cookie(desk):
    browser = desk.browser()
    kept = browser.cookies[COOKIE]
    assert send(browser, "/logout").status_code == 303
    thief = desk.stranger()
    thief.cookies.set(COOKIE, kept)
    assert thief.get("/me").status_code == 303


def test_the_cookie_is_for_this_desk_and_no_script(desk):
    desk.clock.now += 60
    cookie = desk.try_login(desk.stranger()).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Path=/" in cookie


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/list?severity=3", "/list?severity=3"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("/list\r\nset-cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_after_the_login_nobody_is_sent_elsewhere(desk, wanted, place):
    desk.clock.now += 60
    answer = desk.try_login(desk.stranger(), next=wanted)
    assert answer.headers["location"] == place


def test_a_login_form_of_another_page_is_refused(desk):
    browser = desk.stranger()
    said = {"login": "officer", "password": "x", "code": "1", "csrf": token(browser.get("/login"))}
    assert browser.post("/login", data=said).status_code == 403
    foreign = {"origin": "http://elsewhere.example"}
    assert browser.post("/login", data=said, headers=foreign).status_code == 403
    assert browser.post("/login", data=said | {"csrf": "0" * 64}, headers=OWN).status_code == 403


def test_a_disabled_account_is_out_at_the_next_click(own_desk):
    from flows.desk.people import disable_person

    browser = own_desk.browser()
    assert browser.get("/me").status_code == 200
    disable_person(own_desk.home, "officer")
    assert browser.get("/me").status_code == 303
    own_desk.clock.now += 60
    assert own_desk.try_login(own_desk.stranger()).status_code == 403


def test_a_new_password_must_be_good_and_ends_every_session(own_desk):
    browser, other = own_desk.browser(), own_desk.browser()
    old = own_desk.enrolled[Role.OFFICER].password
    weak = send(browser, "/me", old=old, new="officer123A", again="officer123A")
    assert weak.status_code == 400
    done = send(browser, "/me", old=old, new="Haozi-2026-x", again="Haozi-2026-x")
    assert done.status_code == 303
    assert other.get("/me").status_code == 303
    own_desk.clock.now += 60
    again = own_desk.stranger()
    assert own_desk.try_login(again, password="Haozi-2026-x").status_code == 303


def test_secrets_are_nowhere_in_the_file_of_accounts(own_desk):
    text = (own_desk.home.state / "accounts.json").read_text()
    assert "$argon2id$" in text
    assert all(one.password not in text for one in own_desk.enrolled.values())
    assert (own_desk.home.state / "accounts.json").stat().st_mode & 0o777 == 0o600
