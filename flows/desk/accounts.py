"""Who may log in: HOME/state/accounts.json, one file of its own apart from what people decide.

Passwords are kept as argon2id hashes; the second factor's secret is what the phone was shown once.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from flows import files
from flows.access.roles import Role
from flows.errors import UsageError
from flows.lock import only_one

_LOGIN = re.compile(r"[a-z][a-z0-9_.-]{1,31}")
_PATIENCE = 15.0
"""Seconds that a change waits for another."""

_HASHER = PasswordHasher()
_NOBODYS_HASH = _HASHER.hash(secrets.token_hex(16))
"""What a wrong name is checked against, so that it takes as long as a right one."""


@dataclass(frozen=True, kw_only=True)
class Account:
    """One person's login. `area` is the township (9 digits) of somebody of a township."""

    login: str
    name: str
    role: Role
    area: str | None
    password: str
    second: str
    is_disabled: bool = False


class Accounts:
    """The accounts of one HOME; read again whenever the file has changed."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> dict[str, Account]:
        """Every account by its login."""
        if not self._path.exists():
            return {}
        tree = json.loads(files.read_text(self._path))
        return {
            login: Account(login=login, **{**row, "role": Role(row["role"])})
            for login, row in tree.items()
        }

    def active(self, login: str) -> Account | None:
        """The account of somebody who may log in now."""
        found = self.all().get(login)
        return None if found is None or found.is_disabled else found

    def add(self, account: Account) -> None:
        """Put an account there; refused if its login is taken by now."""
        with self._change():
            now = self.all()
            if account.login in now:
                raise UsageError("已有这个登录名。重发密码请用 doorstep people reset。")
            self._write(now | {account.login: account})

    def change(self, read: Account, changed: Account) -> None:
        """Put an account in place of what was read before; refused if it is no longer that."""
        with self._change():
            now = self.all()
            if now.get(read.login) != read:
                raise UsageError("这个账号刚刚被改动过,这次的改动没有保存。请重试。")
            self._write(now | {read.login: changed})

    def _change(self) -> AbstractContextManager[None]:
        """From reading the file to writing it nobody else changes it, `doorstep people` neither."""
        return only_one(self._path.with_suffix(".lock"), "账号的改动", _PATIENCE)

    def _write(self, accounts: dict[str, Account]) -> None:
        tree = {login: asdict(one) for login, one in sorted(accounts.items())}
        for row in tree.values():
            del row["login"]
        files.write(self._path, json.dumps(tree, ensure_ascii=False, indent=1))


@dataclass(frozen=True)
class Enrolment:
    """What a person is handed once: a password, and the second factor as a link for the phone."""

    account: Account
    password: str
    link: str


def enrol(accounts: Accounts, login: str, name: str, role: Role, area: str | None) -> Enrolment:
    """Make an account; refused if the login is taken or unfit."""
    if not _LOGIN.fullmatch(login):
        raise UsageError("登录名用 2 到 32 个小写字母、数字、点、横线,以字母开头。")
    if not name.strip():
        raise UsageError("请用 --name 写明姓名。")
    if (role is Role.TOWNSHIP) != bool(area):
        raise UsageError("乡镇账号要用 --township 写明乡镇代码(9 位),其他账号不要写。")
    fresh = Account(login=login, name=name.strip(), role=role, area=area, password="", second="")
    handed = _equipped(fresh)
    accounts.add(handed.account)
    return handed


def renew(accounts: Accounts, account: Account) -> Enrolment:
    """Give an account, as it was read, a new password and a new second factor."""
    handed = _equipped(account)
    accounts.change(account, handed.account)
    return handed


def _equipped(account: Account) -> Enrolment:
    password = "-".join(secrets.token_hex(2) for _ in range(4))
    second = pyotp.random_base32()
    link = pyotp.TOTP(second).provisioning_uri(name=account.login, issuer_name="Doorstep")
    kept = replace(account, password=_HASHER.hash(password), second=second, is_disabled=False)
    return Enrolment(kept, password, link)


def known(accounts: Accounts, login: str) -> Account:
    """The account of a login, or a refusal."""
    found = accounts.all().get(login)
    if found is None:
        raise UsageError("没有这个登录名。doorstep people list 列出全部账号。")
    return found


def is_password(account: Account | None, given: str) -> bool:
    """Whether a password is right; it takes as long for somebody whom nobody knows."""
    try:
        _HASHER.verify(account.password if account else _NOBODYS_HASH, given)
    except (Argon2Error, InvalidHashError):
        return False
    return account is not None


def second_step(account: Account | None, given: str, at: float) -> int | None:
    """The time step (of 30 seconds) whose code this is, one step early or late; None if of none."""
    totp: Callable[[int], str] = pyotp.TOTP(account.second if account else _NOBODYS_SECOND).at
    now = int(at) // 30
    fit = [
        step
        for step in (now - 1, now, now + 1)
        if secrets.compare_digest(totp(step * 30).encode(), given.strip().encode())
    ]
    return fit[-1] if fit and account else None


_NOBODYS_SECOND = pyotp.random_base32()


def change_password(accounts: Accounts, account: Account, new: str) -> None:
    """Put a password in place that somebody chose: long, of several kinds of characters, not the login."""
    kinds = (str.islower, str.isupper, str.isdigit, lambda one: not one.isalnum())
    is_varied = sum(any(map(kind, new)) for kind in kinds) >= 3
    if len(new) < _SHORTEST or not is_varied or account.login in new.lower():
        raise UsageError(
            f"新密码至少 {_SHORTEST} 位,含大写、小写、数字、符号中的三种,不含登录名。密码没有改。"
        )
    accounts.change(account, replace(account, password=_HASHER.hash(new)))


_SHORTEST = 10
