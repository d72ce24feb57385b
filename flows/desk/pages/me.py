"""One's own account: who one is here, and a password of one's own choosing."""

from __future__ import annotations

from starlette.responses import Response

from flows.access.roles import DUTIES
from flows.desk.accounts import Account, change_password, is_password
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.errors import UsageError


def me(visit: Visit) -> Response:
    """The account and what its role may do."""
    return visit.show("me.html.j2", duty=DUTIES[visit.account.role] if visit.account else "")


def change(visit: Visit) -> Response:
    """Put a new password in place; every other session of the account ends."""
    desk, new = visit.desk, visit.said("new")
    account = _confirmed(visit)
    if new != visit.said("again"):
        raise UsageError("两次输入的新密码不一样,密码没有改。")
    change_password(desk.accounts, account, new)
    visit.note("password changed")
    desk.sessions.end_all(account.login)
    return visit.go("/login")


def _confirmed(visit: Visit) -> Account:
    """The account, if the old password is right; wrong ones count as wrong logins do."""
    desk, account = visit.desk, visit.account
    if not desk.attempts.begin(visit.who, desk.clock()):
        visit.note("password shut")
        raise UsageError("连续五次不对,请 15 分钟后再试。密码没有改。")
    if account is None or not is_password(account, visit.said("old")):
        visit.note("password refused")
        raise UsageError("原密码不对,密码没有改。")
    desk.attempts.succeeded(visit.who)
    return account


PAGES = (
    Page("/me", me, needs=Need.SELF),
    Page("/me", change, needs=Need.SELF, method="POST"),
)
