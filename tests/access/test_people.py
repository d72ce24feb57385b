"""The table of people is read strictly; who acts is the account, or the one sudo came from."""

import os

import pytest

from flows import files
from flows.access.people import account_of, acting, read_people
from flows.access.roles import Role
from flows.errors import DoorstepError
from flows.home import Home

HEADER = "账号,姓名,角色,乡镇代码\n"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def with_people(home, text):
    files.write(home.policy / "people.csv", text.encode("utf-8-sig"))
    return home


def test_without_a_table_one_person_runs_everything(home):
    assert read_people(home) is None
    assert acting(home).alone


def test_people_have_a_role_and_a_clerk_has_a_township(home):
    with_people(home, HEADER + "wang,王,运维员,\nli,李,乡镇经办,370881001\n")
    people = read_people(home)
    assert people["wang"].role is Role.OPERATOR
    assert people["li"].township == "370881001"


def test_somebody_the_table_does_not_name_is_a_stranger(home):
    with_people(home, HEADER)
    who = acting(home)
    assert not who.alone
    assert who.person is None


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("wang,王,局长,\n", "第 2 行:角色"),
        ("wang,,运维员,\n", "第 2 行:账号和姓名"),
        ("wang,王,乡镇经办,\n", "第 2 行:乡镇经办要写"),
        ("wang,王,乡镇经办,37088100\n", "第 2 行:乡镇经办要写"),
        ("wang,王,运维员,370881001\n", "第 2 行:乡镇经办要写"),
        ("wang,王,运维员,\nwang,王,审计员,\n", "第 3 行:账号重复"),
    ],
)
def test_a_faulty_line_is_named(home, rows, said):
    with_people(home, HEADER + rows)
    with pytest.raises(DoorstepError, match=said):
        read_people(home)


def test_another_header_is_refused(home):
    with_people(home, "account,name\n")
    with pytest.raises(DoorstepError, match="表头"):
        read_people(home)


def test_sudo_is_believed_of_the_owner_of_the_home_alone(home, monkeypatch):
    monkeypatch.setenv("SUDO_USER", "wang")
    assert account_of(home) == "wang"
    monkeypatch.setattr(os, "getuid", lambda: home.root.stat().st_uid + 4711)
    assert account_of(home) != "wang"


def test_without_sudo_it_is_the_account_of_the_process(home, monkeypatch):
    monkeypatch.delenv("SUDO_USER", raising=False)
    monkeypatch.setenv("USER", "somebody-else")
    assert account_of(home) not in ("", "somebody-else")
