"""A small county whose desk is served, with officers who are logged in."""

from __future__ import annotations

import http.cookiejar
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyotp

from flows.access.roles import Role
from flows.desk.accounts import Accounts, Enrolment, enrol
from flows.desk.sessions import COOKIE
from flows.home import Home, existing_home
from flows.site import deliver_night, synthetic_home, synthetic_nights
from flows.start import Wish, start

_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


def county(root: Path, given: Path | None = None, nights: int = 1) -> Home:
    """A county of 3,000 with a baseline and a night, or a copy of one that is there.

    Of more nights the files are there, and the nights still to run.
    """
    if given:
        shutil.copytree(given, root)
        (root / "state" / "accounts.json").unlink(missing_ok=True)
        return existing_home(root)
    synthetic_home(root, residents=3_000, nights=nights, seed=1)
    home = existing_home(root)
    for place, night in enumerate(synthetic_nights(home)[:2]):
        deliver_night(home, night)
        start(home, Wish(on=night, baseline=place == 0), prefect=False)
    return home


@contextmanager
def served(home: Home, officers: int) -> Iterator[tuple[str, list[dict[str, str]]]]:
    """The address of a desk, and as many sessions (`cookie` and form `token`)."""
    people = [_officer(home, number) for number in range(officers)]
    port = _free_port()
    desk = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.desk_load.timed", str(home.root), str(port)]
    )
    try:
        host = f"http://127.0.0.1:{port}"
        _until_served(host)
        yield host, [_log_in(host, one) for one in people]
    finally:
        desk.terminate()
        desk.wait()


def _officer(home: Home, number: int) -> Enrolment:
    accounts = Accounts(home.state / "accounts.json")
    return enrol(accounts, f"officer{number}", f"数据员{number}", Role.OFFICER, None)


def _log_in(host: str, who: Enrolment) -> dict[str, str]:
    """The cookie and the form token of a new session."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.addheaders = [("origin", host)]
    said = {
        "login": who.account.login,
        "password": who.password,
        "code": pyotp.TOTP(who.account.second).now(),
        "csrf": _token(browser.open(f"{host}/login")),
    }
    browser.open(f"{host}/login", urllib.parse.urlencode(said).encode())
    token = _token(browser.open(f"{host}/me"))
    return {"cookie": next(one.value or "" for one in jar if one.name == COOKIE), "token": token}


def _token(answer: object) -> str:
    found = _TOKEN.search(answer.read().decode())  # type: ignore[attr-defined]
    assert found, "a page without its form token"
    return found[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_served(host: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{host}/login").close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("the desk did not start")
