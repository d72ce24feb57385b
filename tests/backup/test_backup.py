"""A backup is whole or none, copies only what changed, and gives the same HOME back."""

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from flows import files
from flows.backup.command import backup_home, restore_home
from flows.backup.making import BACKED_UP, back_up
from flows.backup.manifest import labels, read_manifest
from flows.errors import AlreadyRunningError, DoorstepError, Exit, UsageError
from flows.home import existing_home
from flows.ledger import Ledger
from flows.lock import only_one
from flows.sealing.commands import seal_home
from flows.site import init_home
from tests.cli.command import doorstep_here
from tests.night import county

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
PEOPLE = "账号,姓名,角色,乡镇代码\nop,甲,运维员,\nadmin,己,管理员,\n"


@pytest.fixture(autouse=True)
def no_key(monkeypatch):
    for name in ("DOORSTEP_KEY", "DOORSTEP_KEY_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run_as(monkeypatch, capsys):
    """Run a command in this process as somebody."""

    def run(account, *words):
        monkeypatch.setattr("flows.access.people.account_of", lambda _home: account)
        return doorstep_here(monkeypatch, capsys, *words)

    return run


@pytest.fixture
def small(tmp_path):
    """A home without any night, with a file in the places a backup must reach."""
    init_home(tmp_path / "home")
    home = existing_home(tmp_path / "home")
    Ledger(home.ledger).release("0" * 16, "测试", "王")
    files.write(home.archive / "vehicle" / "a.csv", "姓名\n欧阳震华\n")
    files.write(home.outbox / "2026-11-20" / "晨报.html", "欧阳震华")
    files.write(home.state / "spill" / "x", "欧阳震华")
    files.write(home.list_password, "geheim-geheim")
    return home


def paths(dest, key=None):
    return {one.path for one in read_manifest(dest, None, key).files}


def test_all_goes_along_but_what_is_made_again_and_keys(small, tmp_path):
    back_up(small, tmp_path / "b", now=NOW)
    assert {
        "doorstep.toml",
        "state/ledger.sqlite",
        "state/secret",
        "archive/vehicle/a.csv",
    } <= paths(tmp_path / "b")
    assert not {"state/spill/x", "state/night.lock", "state/list_password"} & paths(tmp_path / "b")
    back_up(small, tmp_path / "k", now=NOW, with_keys=True)
    assert "state/list_password" in paths(tmp_path / "k")


def test_what_has_not_changed_is_not_copied_again(small, tmp_path):
    first = back_up(small, tmp_path / "b", now=NOW)
    again = back_up(small, tmp_path / "b", now=LATER)
    assert first.copied > 5
    assert again.copied <= 2, "the ledger notes the first backup, and the trail grows"


def test_the_ledger_is_whole_while_somebody_writes(small, tmp_path):
    ledger = Ledger(small.ledger)
    with files.ledger_database(small.ledger) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("INSERT INTO entry (kind, body) VALUES ('half', '{}')")
        with pytest.raises(sqlite3.OperationalError):
            ledger_note_at_once(small)
        files.copy_ledger(small.ledger, tmp_path / "copy.sqlite")
        other.execute("ROLLBACK")
    assert Ledger(tmp_path / "copy.sqlite").position() == ledger.position()


def ledger_note_at_once(home):
    with files.ledger_database(home.ledger) as connection:
        connection.execute("PRAGMA busy_timeout = 1")
        connection.execute("BEGIN IMMEDIATE")


def test_a_backup_waits_for_no_night_and_says_so(small, tmp_path):
    with only_one(small.lock), pytest.raises(AlreadyRunningError):
        back_up(small, tmp_path / "b", now=NOW)
    with pytest.raises(UsageError, match="不能放在工作目录里面"):
        back_up(small, small.root / "b", now=NOW)


@pytest.mark.parametrize("damage", ["missing", "changed", "manifest"])
def test_a_damaged_backup_is_refused_before_anything_is_written(small, tmp_path, damage):
    back_up(small, tmp_path / "b", now=NOW)
    blob = files.inside(tmp_path / "b" / "blobs")[0]
    if damage == "missing":
        files.remove(blob)
    elif damage == "changed":
        files.write_raw(blob, b"else")
    else:
        files.write_raw(tmp_path / "b" / "manifests" / f"{labels(tmp_path / 'b')[0]}.json", b"{")
    with pytest.raises(DoorstepError, match="没有恢复"):
        restore_home(tmp_path / "b", tmp_path / "new", None)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("table", "account", "code"),
    [
        (PEOPLE, "op", Exit.NOT_PERMITTED),
        (PEOPLE, "stranger", Exit.NOT_PERMITTED),
        (PEOPLE, "admin", Exit.DONE),
        (None, "op", Exit.DONE),
    ],
)
@pytest.mark.parametrize("is_sealed", [False, True])
def test_who_may_restore_is_said_by_the_table_inside_the_backup(
    small, tmp_path, run_as, monkeypatch, table, account, code, is_sealed
):
    if table:
        files.write(small.policy / "people.csv", table)
    if is_sealed:
        monkeypatch.setenv("DOORSTEP_KEY", "17" * 32)
        seal_home(small)
    back_up(small, tmp_path / "b", now=NOW)
    new = tmp_path / "new"
    ended = run_as(account, "restore", tmp_path / "b", "--home", new)
    assert ended.code == code, ended.err
    assert new.exists() is (code is Exit.DONE)


def test_a_home_made_up_around_a_killed_restore_lets_nobody_in(small, tmp_path, run_as):
    files.write(small.policy / "people.csv", PEOPLE)
    back_up(small, tmp_path / "b", now=NOW)
    new, (label,) = tmp_path / "new", labels(tmp_path / "b")
    files.write(new / "doorstep.toml", files.read(small.config_file))
    files.write(new / "state" / "restoring.json", f'{{"label": "{label}"}}')
    ended = run_as("op", "restore", tmp_path / "b", "--home", new)
    assert ended.code == Exit.NOT_PERMITTED
    assert not (new / "archive").exists()


def test_a_damaged_table_of_people_lets_nobody_in(small, tmp_path, run_as):
    files.write(small.policy / "people.csv", PEOPLE)
    back_up(small, tmp_path / "b", now=NOW)
    (blob,) = (
        one for one in files.inside(tmp_path / "b") if files.read_raw(one) == PEOPLE.encode()
    )
    files.write_raw(blob, PEOPLE.replace("运维员", "管理员").encode())
    ended = run_as("op", "restore", tmp_path / "b", "--home", tmp_path / "new")
    assert ended.code == Exit.FAILED
    assert "people.csv 被改动" in ended.err
    assert not (tmp_path / "new").exists()


def test_only_an_empty_place_is_restored_into(small, tmp_path):
    back_up(small, tmp_path / "b", now=NOW)
    files.write(tmp_path / "new" / "mine.txt", "x")
    with pytest.raises(UsageError, match="不是空目录"):
        restore_home(tmp_path / "b", tmp_path / "new", None)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["mine.txt"]


def test_a_manifest_that_points_elsewhere_is_refused(small, tmp_path):
    back_up(small, tmp_path / "b", now=NOW)
    (path,) = files.inside(tmp_path / "b" / "manifests")
    files.write_raw(path, files.read_raw(path).replace(b"doorstep.toml", b"../../evil.toml"))
    with pytest.raises(DoorstepError, match="之外"):
        restore_home(tmp_path / "b", tmp_path / "new", None)


def test_old_backups_go_and_what_others_need_stays(small, tmp_path):
    back_up(small, tmp_path / "b", now=NOW)
    made = back_up(small, tmp_path / "b", now=NOW + timedelta(days=91))
    assert made.dropped == 1
    assert len(labels(tmp_path / "b")) == 1
    code, _ = restore_home(tmp_path / "b", tmp_path / "new", None)
    assert code is Exit.DONE
    noted = [one["body"]["label"] for one in Ledger(small.ledger).notes((BACKED_UP,))]
    assert len(noted) == 2


def test_a_sealed_home_has_a_sealed_backup_that_needs_the_key(small, tmp_path, monkeypatch):
    monkeypatch.setenv("DOORSTEP_KEY", "ab" * 32)
    seal_home(small)
    made = back_up(existing_home(small.root), tmp_path / "b", now=NOW)
    wanted = [
        text.encode(code) for text in ("欧阳震华", "vehicle") for code in ("utf-8", "gb18030")
    ]
    for path in files.inside(tmp_path / "b"):
        assert not any(text in files.read_raw(path) for text in wanted)
    code, _ = restore_home(tmp_path / "b", tmp_path / "new", None)
    assert code is Exit.DONE
    restored = existing_home(tmp_path / "new")
    assert "欧阳震华" in files.read_text(restored.archive / "vehicle" / "a.csv")
    assert files.read_raw(restored.outbox / "2026-11-20" / "晨报.html").decode() == "欧阳震华"
    assert made.manifest.key
    monkeypatch.delenv("DOORSTEP_KEY")
    with pytest.raises(DoorstepError, match="备份是加密的"):
        restore_home(tmp_path / "b", tmp_path / "other", None)


@pytest.mark.long
def test_the_drill_restores_rebuilds_and_finds_no_difference(after_baseline, tmp_path):
    home = county.copy(after_baseline, tmp_path / "home")
    code, lines = backup_home(home, tmp_path / "b", NOW, with_keys=False, with_drill=True)
    assert code is Exit.DONE
    assert "不同的字节 0,不同的表 0/" in lines[-1]
    assert not (home.state / "restored").exists()
