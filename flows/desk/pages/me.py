"""One's own account: who one is here, and a password of one's own choosing."""

from __future__ import annotations

from starlette.responses import Response

from flows.access.roles import DUTIES
from flows.desk.accounts import change_password, is_password
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.errors import UsageError


def me(visit: Visit) -> Response:
    """The account and what its role may do."""
    return visit.show("me.html.j2", duty=DUTIES[visit.account.role] if visit.account else "")


def change(visit: Visit) -> Response:
    """Put a new password in place; every other session of the account ends."""
    desk, account = visit.desk, visit.account
    new = visit.said("new")
    if account is None or not is_password(account, visit.said("old")):
        desk.attempts.failed(visit.who, desk.clock())
        raise UsageError("原密码不对,密码没有改。")
    if new != visit.said("again"):
        raise UsageError("两次输入的新密码不一样,密码没有改。")
    change_password(desk.accounts, account, new)
    visit.note("password changed")
    desk.sessions.end_all(account.login)
    return visit.go("/login")


PAGES = (
    Page("/me", me, needs=Need.SELF),
    Page("/me", change, needs=Need.SELF, method="POST"),
)
