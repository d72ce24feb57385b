"""Guessing at the desk: five wrong tries and no more, however many are sent at once, wherever."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from flows import files
from flows.access.roles import Role
from flows.desk.attempts import MOST_WRONG, SHUT_SECONDS, Attempts
from tests.desk.desk_client import OWN, send, token, trail

AT_ONCE = 16
NEW = "Haozi-2026-x"


def at_once(deed, *given):
    """What a deed comes to in many threads that start together, each with a thing of its own."""
    start = Barrier(AT_ONCE)

    def started(*own):
        start.wait()
        return deed(*own)

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(started, *given))


def noted(desk, what):
    """On whom the trail notes a deed, and by whom."""
    return [(one.on, one.who) for one in trail(desk.home) if one.what == f"desk {what}"]


@pytest.fixture
def browser(own_desk):
    return own_desk.browser()


@pytest.fixture
def attempts(tmp_path):
    return Attempts(tmp_path / "attempts.json", b"key")


def test_of_many_tries_at_once_five_are_let_through(attempts):
    assert sum(at_once(attempts.begin, ["officer"] * AT_ONCE, [0.0] * AT_ONCE)) == MOST_WRONG
    assert not attempts.begin("officer", SHUT_SECONDS - 1)
    assert attempts.begin("officer", SHUT_SECONDS)


def test_a_success_forgets_the_tries_before_it_and_those_of_nobody_else(attempts):
    for name in ("officer", "reviewer"):
        assert all(attempts.begin(name, 0.0) for _ in range(MOST_WRONG))
    attempts.succeeded("officer")
    assert attempts.begin("officer", 0.0)
    assert not attempts.begin("reviewer", 0.0)


ANOTHER_PROCESS = """
import sys
from pathlib import Path
from flows.desk.app import desk_app
from flows.home import Home
from tests.desk.desk_client import HOST, OWN, TestClient, token
root, now, login, password, code = sys.argv[1:]
app = desk_app(Home(Path(root)), clock=lambda: float(now))
browser = TestClient(app, base_url=HOST, follow_redirects=False)
said = {"login": login, "password": password, "code": code, "csrf": token(browser.get("/login"))}
print(browser.post("/login", data=said, headers=OWN).status_code)
"""


def restarted(desk, role):
    """What a right login is answered by a new process that serves the same home."""
    said = (role.name.lower(), desk.enrolled[role].password, desk.code(role))
    command = [sys.executable, "-c", ANOTHER_PROCESS, str(desk.home.root), str(desk.clock.now)]
    root = Path(__file__).parents[2]
    return int(subprocess.check_output([*command, *said], text=True, cwd=root))


def test_a_restart_opens_nothing_that_was_shut(own_desk):
    stranger = own_desk.stranger()
    for _ in range(MOST_WRONG):
        own_desk.try_login(stranger, password="x")
    assert restarted(own_desk, Role.OFFICER) == 429
    assert restarted(own_desk, Role.REVIEWER) == 303
    own_desk.clock.now += SHUT_SECONDS
    assert restarted(own_desk, Role.OFFICER) == 303


def test_nothing_that_was_typed_stands_in_the_file_of_tries(own_desk):
    own_desk.try_login(own_desk.stranger(), login="haozi-2026-x", password="secret")
    kept = files.read_text(own_desk.home.state / "attempts.json")
    assert len(json.loads(kept)) == 1
    assert not any(word in kept for word in ("haozi", "secret", "officer"))


def test_tries_that_no_longer_count_are_not_kept(attempts, tmp_path):
    attempts.begin("officer", 0.0)
    attempts.begin("reviewer", SHUT_SECONDS)
    assert len(json.loads(files.read_text(tmp_path / "attempts.json"))) == 1


@pytest.mark.usefixtures("browser")
def test_of_many_wrong_logins_at_once_five_are_checked(own_desk):
    strangers = [own_desk.stranger() for _ in range(AT_ONCE)]
    tokens = [token(stranger.get("/login")) for stranger in strangers]

    def wrong(stranger, csrf):
        said = {"login": "reviewer", "password": "x", "csrf": csrf}
        return stranger.post("/login", data=said, headers=OWN).status_code

    answers = at_once(wrong, strangers, tokens)
    assert (answers.count(403), answers.count(429)) == (MOST_WRONG, AT_ONCE - MOST_WRONG)
    assert len(noted(own_desk, "login refused")) == MOST_WRONG
    assert len(noted(own_desk, "login shut")) == AT_ONCE - MOST_WRONG


@pytest.mark.parametrize(("login", "on"), [("reviewer", "reviewer"), ("Haozi-2026-x", "")])
def test_the_trail_holds_a_login_but_nothing_else_that_was_typed_as_one(own_desk, login, on):
    stranger = own_desk.stranger()
    for _ in range(MOST_WRONG + 1):
        own_desk.try_login(stranger, login=login, password="x")
    assert noted(own_desk, "login refused") == [(on, "")] * MOST_WRONG
    assert noted(own_desk, "login shut") == [(on, "")]


def change(browser, old):
    return send(browser, "/me", old=old, new=NEW, again=NEW)


def test_an_old_password_is_guessed_at_five_times_and_no_more(own_desk, browser):
    right = own_desk.enrolled[Role.OFFICER].password
    for _ in range(MOST_WRONG):
        assert "原密码不对" in change(browser, "wrong").text
    assert "15 分钟后再试" in change(browser, right).text
    assert noted(own_desk, "password refused") == [("", "officer")] * MOST_WRONG
    assert noted(own_desk, "password shut") == [("", "officer")]
    for _ in range(3):
        own_desk.clock.now += SHUT_SECONDS / 3
        assert browser.get("/me").status_code == 200
    assert change(browser, right).status_code == 303


def test_of_many_old_passwords_at_once_five_are_checked(own_desk, browser):
    said = {"csrf": token(browser.get("/me")), "old": "wrong", "new": NEW, "again": NEW}
    answers = at_once(lambda _: browser.post("/me", data=said, headers=OWN).text, range(AT_ONCE))
    assert sum("原密码不对" in answer for answer in answers) == MOST_WRONG
    assert sum("15 分钟后再试" in answer for answer in answers) == AT_ONCE - MOST_WRONG


def test_wrong_old_passwords_and_wrong_logins_count_together(own_desk, browser):
    for _ in range(MOST_WRONG - 1):
        change(browser, "wrong")
    assert own_desk.try_login(own_desk.stranger(), password="x").status_code == 403
    assert own_desk.try_login(own_desk.stranger(), password="x").status_code == 429


def test_a_right_old_password_forgets_the_wrong_ones(own_desk, browser):
    right = own_desk.enrolled[Role.OFFICER].password
    for _ in range(MOST_WRONG - 1):
        change(browser, "wrong")
    assert send(browser, "/me", old=right, new=NEW, again="another").status_code == 400
    assert "原密码不对" in change(browser, "wrong").text
    assert change(browser, right).status_code == 303


def test_logging_out_is_in_the_trail(own_desk, browser):
    send(browser, "/logout")
    assert noted(own_desk, "logout") == [("", "officer")]
