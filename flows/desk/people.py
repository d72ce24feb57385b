"""`doorstep people`: the accounts of the desk. What is handed out is shown once and kept nowhere."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace

import segno

from flows.access.roles import Role
from flows.desk.accounts import Accounts, Enrolment, enrol, known, renew
from flows.errors import UsageError
from flows.home import Home


def add_person(home: Home, login: str, name: str, role: str, area: str | None) -> list[str]:
    """Make an account and say what its owner needs."""
    return list(_handed_out(enrol(_accounts(home), login, name, _role(role), area)))


def reset_person(home: Home, login: str) -> list[str]:
    """A new password and a new second factor; the old ones are worth nothing from now on."""
    accounts = _accounts(home)
    return list(_handed_out(renew(accounts, known(accounts, login))))


def disable_person(home: Home, login: str) -> str:
    """Shut an account; what its owner decided stays."""
    accounts = _accounts(home)
    account = known(accounts, login)
    accounts.change(account, replace(account, is_disabled=True))
    return f"已停用 {login};已登录的会话随即失效。"


def people_lines(home: Home) -> Iterator[str]:
    """Every account on one line."""
    for one in _accounts(home).all().values():
        area = f" {one.area}" if one.area else ""
        yield f"{one.login}  {one.name}  {one.role.value}{area}{'  已停用' if one.is_disabled else ''}"


def _accounts(home: Home) -> Accounts:
    return Accounts(home.state / "accounts.json")


def _role(text: str) -> Role:
    named = {role.name.lower(): role for role in Role} | {role.value: role for role in Role}
    if text not in named:
        raise UsageError(
            f"没有这个角色。可用的角色:{'、'.join(role.name.lower() for role in Role)}。"
        )
    return named[text]


def _handed_out(enrolment: Enrolment) -> Iterator[str]:
    drawn = io.StringIO()
    segno.make(enrolment.link, error="m").terminal(out=drawn, compact=True)
    yield f"账号 {enrolment.account.login}({enrolment.account.role.value})。以下只显示这一次,请当面交给本人:"
    yield f"初始密码:{enrolment.password}"
    yield f"动态码密钥:{enrolment.account.second}(用手机验证器扫下面的码)"
    yield drawn.getvalue()
