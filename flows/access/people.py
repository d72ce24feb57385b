"""Who acts: an account of the operating system, and what HOME/policy/people.csv says of it.

Its columns are 账号, 姓名, 角色 and 乡镇代码 (9 digits, for the township's clerks only). Without the
file there is no table of people: one person runs everything, and `doctor` says so.
"""

from __future__ import annotations

import csv
import io
import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass

from flows import files
from flows.access.roles import Role
from flows.errors import DoorstepError
from flows.home import Home

PEOPLE_FILE = "people.csv"
_COLUMNS = ("账号", "姓名", "角色", "乡镇代码")
_ROLES = {role.value: role for role in Role}


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who may act here; township is the code of the one whose orders a clerk may see."""

    account: str
    name: str
    role: Role
    township: str | None = None


@dataclass(frozen=True, kw_only=True)
class Acting:
    """Who runs this command. person is None for a stranger, and for everybody without a table."""

    account: str
    person: Person | None
    alone: bool

    @property
    def role(self) -> str:
        """The role as the trail notes it."""
        return self.person.role.value if self.person else ("单人模式" if self.alone else "未登记")


def acting(home: Home) -> Acting:
    """The person of the account that this process runs for."""
    return acting_by(read_people(home), home)


def acting_by(table: Mapping[str, Person] | None, home: Home) -> Acting:
    """The same by a given table, or by none; `home` tells whose sudo is believed."""
    account = account_of(home)
    found = None if table is None else table.get(account)
    return Acting(account=account, person=found, alone=table is None)


def account_of(home: Home) -> str:
    """The account; where sudo made somebody the service account, the one they came from.

    SUDO_USER is believed of HOME's owner and of nobody else: others could set it as they like, and
    the owner reads everything here anyway.
    """
    came_from = os.environ.get("SUDO_USER")
    if came_from and os.getuid() == home.root.stat().st_uid:
        return came_from
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def read_people(home: Home) -> dict[str, Person] | None:
    """The table by account, or None where the site keeps none."""
    path = home.policy / PEOPLE_FILE
    return people_in(files.read(path)) if path.is_file() else None


def people_in(data: bytes) -> dict[str, Person]:
    """The table that a people.csv holds, by account."""
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    except UnicodeDecodeError:
        raise DoorstepError(f"policy/{PEOPLE_FILE} 不是 UTF-8 文本,请另存为 UTF-8。") from None
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise DoorstepError(f"policy/{PEOPLE_FILE} 的表头应当是:{'、'.join(_COLUMNS)};请改正。")
    found: dict[str, Person] = {}
    for line, row in enumerate(rows, start=2):
        person = _person(line, {name: (row[name] or "").strip() for name in _COLUMNS})
        if found.setdefault(person.account, person) is not person:
            raise _faulty(line, "账号重复;一个账号只能有一个角色")
    return found


def _person(line: int, row: dict[str, str]) -> Person:
    role, township = _ROLES.get(row["角色"]), row["乡镇代码"]
    if not row["账号"] or not row["姓名"]:
        raise _faulty(line, "账号和姓名不能为空")
    if role is None:
        raise _faulty(line, f"角色应为 {'、'.join(_ROLES)} 之一")
    is_code = len(township) == 9 and township.isascii() and township.isdigit()
    if is_code != (role is Role.TOWNSHIP) or (township and not is_code):
        raise _faulty(line, f"{Role.TOWNSHIP.value}要写 9 位乡镇代码,其他角色留空")
    return Person(account=row["账号"], name=row["姓名"], role=role, township=township or None)


def _faulty(line: int, problem: str) -> DoorstepError:
    return DoorstepError(f"policy/{PEOPLE_FILE} 第 {line} 行:{problem};请改正后重试。")
