"""Accounts of the host: another user reads nothing of HOME, and sudo's name is what a role hangs on.

Where HOME is sealed nobody but the service's units has the key: status and trail need none.

The tests drop to numeric users in a forked child; they need root, and no user has to exist.
"""

import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

from flows import cli, files
from flows.errors import Exit
from flows.home import existing_home
from flows.sealing.commands import seal_home
from flows.sealing.unsealed import unsealed_files
from flows.site import synthetic_nights

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")

SERVICE, OPERATOR = 65532, 65533
TABLE = """\
账号,姓名,角色,乡镇代码
wangop,王,运维员,
liofficer,李,民政数据员,
zhangaudit,张,审计员,
"""
KEY = "ab" * 32


def preload(*arguments):
    """Run a command here first: the child may not be able to read the program's own folder."""
    sys.argv = ["doorstep", *map(str, arguments)]
    with contextlib.suppress(SystemExit):
        cli.main()


@pytest.fixture
def home(after_first_night, monkeypatch):
    """A county's home that belongs to the service, under folders that anybody may pass through."""
    with _of_the_service(after_first_night, monkeypatch, prepare=lambda home: None) as copied:
        yield copied


@pytest.fixture
def sealed(after_first_night, monkeypatch):
    """The same home, sealed under a key that only root can read, as the host's guide sets it up."""

    def seal(home):
        key_file = files.write(home.root.parent / "data.key", KEY)
        monkeypatch.setenv("DOORSTEP_KEY_FILE", str(key_file))
        seal_home(home)
        monkeypatch.delenv("DOORSTEP_KEY_FILE")

    monkeypatch.delenv("DOORSTEP_KEY", raising=False)
    with _of_the_service(after_first_night, monkeypatch, prepare=seal) as copied:
        yield copied


@contextlib.contextmanager
def _of_the_service(county, monkeypatch, prepare):
    monkeypatch.setattr("flows.files.keep_private", lambda: None)
    monkeypatch.setattr(sys, "argv", [])
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        root = Path(name) / "home"
        shutil.copytree(county.root, root, symlinks=True)
        copied = existing_home(root)
        for arguments in (("status",), ("why", "H00000001"), ("audit", "verify")):
            preload(*arguments, "--home", root)
        prepare(copied)
        files.write(copied.policy / "people.csv", TABLE)
        for path in (root, *root.rglob("*")):
            os.chown(path, SERVICE, SERVICE)
        yield copied


def as_user(uid, work):
    """The exit code of `work` in a child that is somebody else for good."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setgroups([])
            os.setgid(uid)
            os.setuid(uid)
            code = work()
        except SystemExit as ended:
            code = int(ended.code or 0)
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def cannot_read(paths):
    """0 if none of the paths can be opened, else 1."""

    def work():
        for path in paths:
            try:
                path.read_bytes()
            except PermissionError:
                continue
            return 1
        return 0

    return work


def doorstep(home, *arguments, sudo_user):
    """A command in the child, as sudo would have started it."""

    def work():
        os.environ["SUDO_USER"] = sudo_user
        sys.argv = ["doorstep", *map(str, arguments), "--home", str(home.root)]
        cli.main()
        return 0

    return work


def secrets_of(home):
    audit = home.state / "audit"
    return [
        *(home.ledger, home.snapshot, home.work, home.state / "secret", home.join_secret_file),
        *(audit / "key", audit / "trail.jsonl", home.policy / "people.csv"),
        *(path for path in home.archive.rglob("*") if path.is_file()),
        *(path for path in home.outbox.rglob("*") if path.is_file()),
    ]


def test_another_user_cannot_open_the_home(home):
    assert as_user(OPERATOR, cannot_read(secrets_of(home))) == 0


def test_not_even_where_somebody_opened_the_folders_by_mistake(home):
    for path in (home.root, *home.root.rglob("*")):
        if path.is_dir():
            path.chmod(0o755)
    assert as_user(OPERATOR, cannot_read(secrets_of(home))) == 0
    assert as_user(SERVICE, cannot_read(secrets_of(home))) == 1


def test_the_operator_sees_the_status_through_the_service_and_no_row(home):
    assert as_user(SERVICE, doorstep(home, "status", sudo_user="wangop")) == 0
    for arguments in (("why", "H00000001"), ("audit", "show"), ("links", "--out", "/dev/null")):
        ended = as_user(SERVICE, doorstep(home, *arguments, sudo_user="wangop"))
        assert ended == Exit.NOT_PERMITTED


def test_the_auditor_verifies_and_sees_no_row(home):
    assert as_user(SERVICE, doorstep(home, "audit", "verify", sudo_user="zhangaudit")) == 0
    ended = as_user(SERVICE, doorstep(home, "why", "H00000001", sudo_user="zhangaudit"))
    assert ended == Exit.NOT_PERMITTED


def test_a_name_that_somebody_else_claims_opens_nothing(home):
    asked = doorstep(home, "status", sudo_user="wangop")
    assert as_user(OPERATOR, asked) == Exit.USAGE
    home.root.chmod(0o755)
    home.policy.chmod(0o755)
    assert as_user(OPERATOR, asked) == Exit.FAILED


def test_the_key_of_a_sealed_home_is_roots_and_everything_with_rows_is_sealed(sealed):
    assert not unsealed_files(sealed)
    assert as_user(SERVICE, cannot_read([sealed.root.parent / "data.key"])) == 0


def test_the_operator_of_a_sealed_home_sees_the_status_without_a_key(sealed, capfd):
    assert as_user(SERVICE, doorstep(sealed, "status", sudo_user="wangop")) == 0
    told = capfd.readouterr().out
    assert f"上一夜:{synthetic_nights(sealed)[1]} " in told
    assert told.count("数据到") == len(sealed.config.sources)
    assert "没有打开台账" in told


def test_the_auditor_of_a_sealed_home_verifies_the_trail_without_a_key(sealed, capfd):
    verify = doorstep(sealed, "audit", "verify", sudo_user="zhangaudit")
    assert as_user(SERVICE, verify) == 0
    assert "首尾相接,未被改动" in capfd.readouterr().out
    trail = sealed.state / "audit" / "trail.jsonl"
    trail.write_bytes(trail.read_bytes().replace(b'"what":"night"', b'"what":"other"', 1))
    assert as_user(SERVICE, verify) == Exit.FAILED


def test_what_is_refused_without_a_key_is_written_into_the_trail_all_the_same(sealed, capfd):
    refused = doorstep(sealed, "why", "H00000001", sudo_user="wangop")
    assert as_user(SERVICE, refused) == Exit.NOT_PERMITTED
    shown = doorstep(sealed, "audit", "show", "--what", "refused", sudo_user="zhangaudit")
    assert as_user(SERVICE, shown) == 0
    assert "wangop(运维员)" in capfd.readouterr().out


def test_rows_of_a_sealed_home_need_the_key_whatever_the_role(sealed, capfd):
    asked = doorstep(sealed, "why", "H00000001", sudo_user="liofficer")
    assert as_user(SERVICE, asked) == Exit.FAILED
    assert "没有配置密钥" in capfd.readouterr().err
