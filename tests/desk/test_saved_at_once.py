"""What many save at the same moment is all kept: lists, and accounts."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, Event, Thread

import pytest

from flows import lock
from flows.access.roles import Role
from flows.desk import accounts as module
from flows.desk import people
from flows.desk.accounts import Account, Accounts, change_password
from flows.desk.people import disable_person, reset_person
from flows.desk.saved_lists import SavedList, drop_list, lists_for, save_list
from flows.errors import UsageError
from tests.desk.desk_client import send

NAMES = [f"name-{number:02}" for number in range(20)]
NEW = "Haozi-2026-x"


def at_once(deed):
    """Do it for every name, each in a thread of its own, all starting together."""
    start = Barrier(len(NAMES))

    def started(name):
        start.wait()
        deed(name)

    with ThreadPoolExecutor(len(NAMES)) as threads:
        list(threads.map(started, NAMES))


def a_list(name):
    return SavedList(name=name, owner="officer", query="", is_shared=False)


def an_account(login):
    return Account(login=login, name="某人", role=Role.AUDITOR, area=None, password="", second="")


@pytest.fixture
def another_process(monkeypatch):
    """Holds a lock for a moment, as `doorstep people` does."""
    monkeypatch.setattr(lock, "_BETWEEN_TRIES", 0.01)

    def hold(path, then):
        held, enough = Event(), Event()

        def holding():
            with lock.only_one(path):
                held.set()
                enough.wait()

        holder, waiting = Thread(target=holding), Thread(target=then)
        holder.start()
        held.wait()
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive(), "it did not wait"
        enough.set()
        waiting.join()
        holder.join()

    return hold


def test_lists_that_are_saved_at_once_are_all_kept(tmp_path):
    path = tmp_path / "desk_lists.json"
    at_once(lambda name: save_list(path, a_list(name)))
    assert [one.name for one in lists_for(path, "officer")] == NAMES
    at_once(lambda name: drop_list(path, name, "officer"))
    assert lists_for(path, "officer") == []


def test_accounts_that_are_made_at_once_are_all_kept(tmp_path):
    path = tmp_path / "accounts.json"
    at_once(lambda name: Accounts(path).add(an_account(name)))
    assert sorted(Accounts(path).all()) == NAMES


def test_of_many_who_want_the_same_login_one_gets_it(tmp_path):
    accounts, taken = Accounts(tmp_path / "accounts.json"), []

    def wish(name):
        try:
            accounts.add(replace(an_account("officer"), name=name))
        except UsageError:
            taken.append(name)

    at_once(wish)
    assert {*NAMES} - {*taken} == {accounts.all()["officer"].name}


@pytest.mark.parametrize("command", [disable_person, reset_person], ids=lambda one: one.__name__)
def test_the_command_line_changes_no_account_that_changed_after_it_was_read(
    own_desk, monkeypatch, command
):
    read = own_desk.accounts.all()["officer"]
    changed = replace(read, role=Role.AUDITOR)
    own_desk.accounts.change(read, changed)
    monkeypatch.setattr(people, "known", lambda accounts, login: read)
    with pytest.raises(UsageError, match="改动过"):
        command(own_desk.home, "officer")
    assert own_desk.accounts.all()["officer"] == changed


def test_lists_and_accounts_wait_for_another_process(tmp_path, another_process):
    lists, accounts = tmp_path / "desk_lists.json", Accounts(tmp_path / "accounts.json")
    another_process(tmp_path / "desk_lists.lock", lambda: save_list(lists, a_list("红色的")))
    another_process(tmp_path / "accounts.lock", lambda: accounts.add(an_account("officer")))
    assert [one.name for one in lists_for(lists, "officer")] == ["红色的"]
    assert list(accounts.all()) == ["officer"]


@pytest.mark.parametrize(
    "meanwhile",
    [{"is_disabled": True}, {"password": "another hash"}, {"second": "another"}, {"role": Role.AUDITOR}],
    ids=lambda changed: "+".join(changed),
)  # fmt: skip
def test_a_password_is_not_changed_over_what_happened_to_the_account_meanwhile(own_desk, meanwhile):
    read = own_desk.accounts.all()["officer"]
    own_desk.accounts.change(read, replace(read, **meanwhile))
    with pytest.raises(UsageError, match="改动过"):
        change_password(own_desk.accounts, read, NEW)
    assert own_desk.accounts.all()["officer"] == replace(read, **meanwhile)


def test_an_account_that_is_disabled_while_its_password_is_changed_stays_disabled(
    own_desk, monkeypatch
):
    hasher = module._HASHER

    class Slow:
        """Somebody at the command line is faster than the hash."""

        verify = hasher.verify

        def hash(self, password):
            disable_person(own_desk.home, "officer")
            return hasher.hash(password)

    browser, old = own_desk.browser(), own_desk.enrolled[Role.OFFICER].password
    monkeypatch.setattr(module, "_HASHER", Slow())
    assert send(browser, "/me", old=old, new=NEW, again=NEW).status_code == 400
    assert own_desk.accounts.active("officer") is None
