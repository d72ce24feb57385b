"""A desk in this process, people who log into it, and a clock that the test turns."""

import re
import warnings

import pyotp

from flows.access.roles import Role
from flows.desk.accounts import Accounts, enrol
from flows.desk.app import desk_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the client's own advice about another http library
    from starlette.testclient import TestClient

HOST = "http://desk"
OWN = {"origin": HOST}
TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')
TOWNSHIP = "370881102"


class Clock:
    """Seconds that pass only when told."""

    def __init__(self, now=1_800_000_000.0):
        self.now = now

    def __call__(self):
        return self.now


class Desk:
    """The desk of a home with one account for every role, or for some."""

    def __init__(self, home, notebooks=None, roles=tuple(Role)):
        self.home, self.clock = home, Clock()
        (home.state / "accounts.json").unlink(missing_ok=True)
        self.accounts = Accounts(home.state / "accounts.json")
        self.enrolled = {
            role: enrol(
                self.accounts,
                role.name.lower(),
                f"测试{role.value}",
                role,
                TOWNSHIP if role is Role.TOWNSHIP else None,
            )
            for role in roles
        }
        self.app = desk_app(home, notebooks=notebooks, clock=self.clock)

    def stranger(self):
        """A browser that has not logged in."""
        return TestClient(self.app, base_url=HOST, follow_redirects=False)

    def code(self, role):
        """What the phone shows now."""
        return pyotp.TOTP(self.enrolled[role].account.second).at(int(self.clock.now))

    def try_login(self, browser, role=Role.OFFICER, **changed):
        """Fill in the login form and send it."""
        said = {
            "login": role.name.lower(),
            "password": self.enrolled[role].password,
            "code": self.code(role),
            "csrf": token(browser.get("/login")),
        }
        return browser.post("/login", data=said | changed, headers=OWN)

    def browser(self, role=Role.OFFICER):
        """A browser in which somebody of that role has logged in; every code works once."""
        self.clock.now += 60
        browser = self.stranger()
        assert self.try_login(browser, role).status_code == 303
        return browser


def token(answer):
    """The token of the page's first form."""
    return TOKEN.search(answer.text)[1]


def send(browser, place, **said):
    """Send a form of the desk from its own page."""
    return browser.post(place, data={"csrf": token(browser.get("/me")), **said}, headers=OWN)


def trail(home):
    """What the audit trail says was done: what and on which."""
    from flows.audit.entries import read_line
    from flows.audit.trail import Trail

    return [read_line(line) for line in Trail(home).lines()]
