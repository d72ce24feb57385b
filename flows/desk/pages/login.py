"""Log in and out."""

from __future__ import annotations

import secrets

from starlette.responses import Response

from flows.desk.accounts import Account, is_password, second_step
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.sessions import COOKIE, ENTRY_COOKIE
from flows.desk.words import N_

_WRONG = N_("登录名、密码或动态码不对。连续五次不对,该登录名停用 15 分钟。")
_SHUT = N_("该登录名连续五次登录不成功,请 15 分钟后再试。")


def show_login(visit: Visit) -> Response:
    """The form; whoever has logged in already is sent on."""
    if visit.session:
        return visit.go(_place(visit, visit.asked("next")))
    return _form(visit, visit.asked("next"))


def log_in(visit: Visit) -> Response:
    """Check name, password and code; every outcome looks alike to somebody who guesses."""
    login = visit.said("login").lower()[:64]
    if not visit.desk.attempts.begin(login, visit.desk.clock()):
        visit.note("login shut", on=_known(visit, login))
        return _form(visit, visit.said("next"), problem=_SHUT, status=429)
    account = _right(visit, login)
    if account is None:
        visit.note("login refused", on=_known(visit, login))
        return _form(visit, visit.said("next"), problem=_WRONG, status=403)
    visit.desk.attempts.succeeded(login)
    if visit.session:
        visit.desk.sessions.end(visit.session.key)
    visit.account = account
    visit.note("login")
    answer = visit.go(_place(visit, visit.said("next")))
    _set(visit, answer, COOKIE, visit.desk.sessions.begin(account.login).key)
    answer.delete_cookie(ENTRY_COOKIE)
    return answer


def log_out(visit: Visit) -> Response:
    """End the session."""
    visit.note("logout")
    if visit.session:
        visit.desk.sessions.end(visit.session.key)
    answer = visit.go("/login")
    answer.delete_cookie(COOKIE)
    return answer


def _known(visit: Visit, login: str) -> str:
    """A login as the trail may hold it: what is no account could be a password in the wrong field."""
    return login if login in visit.desk.accounts.all() else ""


def _right(visit: Visit, login: str) -> Account | None:
    """The account, if all three are right; a code works once."""
    account = visit.desk.accounts.active(login)
    is_right = is_password(account, visit.said("password"))
    step = second_step(account, visit.said("code"), visit.desk.clock())
    if account is None or not is_right or step is None:
        return None
    return account if visit.desk.attempts.is_fresh(account.second, step) else None


def _form(visit: Visit, wanted: str, problem: str = "", status: int = 200) -> Response:
    """The form with a fresh secret that its token is derived from."""
    key = secrets.token_urlsafe(24)
    visit.token = visit.desk.sessions.token(key)
    answer = visit.show("login.html.j2", status, problem=problem, next=wanted)
    _set(visit, answer, ENTRY_COOKIE, key)
    return answer


def _set(visit: Visit, answer: Response, name: str, value: str) -> None:
    is_secure = visit.request.url.scheme == "https"
    answer.set_cookie(name, value, httponly=True, samesite="strict", path="/", secure=is_secure)


def _place(visit: Visit, wanted: str) -> str:
    """Where to go after the login: a place of this desk, whatever the address says."""
    is_own = wanted.startswith("/") and not wanted.startswith(("//", "/\\", "/login"))
    if is_own and wanted.isprintable():
        return wanted
    allowed = [page.path for page in visit.request.app.state.menu if visit.may(page.needs)]
    return allowed[0] if allowed else "/me"


PAGES = (
    Page("/login", show_login, needs=Need.NOBODY),
    Page("/login", log_in, needs=Need.NOBODY, method="POST"),
    Page("/logout", log_out, needs=Need.SELF, method="POST"),
)
