"""keys seal and keys reseal: in place, again and again, and from wherever they were killed."""

import os

import pytest

from flows import files
from flows.errors import DoorstepError, UsageError
from flows.home import existing_home, home_as_it_lies
from flows.sealing.commands import make_key, reseal_home, seal_home
from flows.sealing.key import SealingKey
from flows.sealing.unsealed import unsealed_files
from tests.night.killing import ends_with
from tests.sealing.small import (
    KEY,
    NAME,
    OTHER,
    killed_while_sealing,
    places_with,
    said,
    small_home,
)

MOMENTS = ("before a file", "before its rename")
FILES = 10
"""What `small_home` keeps sealed: four rows.csv, a list, two secrets, two databases, the ledger."""


@pytest.fixture
def home(tmp_path):
    return small_home(tmp_path / "home")


def with_keys(monkeypatch, new, old=None):
    monkeypatch.setenv("DOORSTEP_KEY", new)
    if old:
        monkeypatch.setenv("DOORSTEP_OLD_KEY", old)


def is_under(home, key):
    """Whether every file is under the key and says what it said, and the marker names it."""
    assert files.seal_marker(home.root).key == SealingKey(bytes.fromhex(key)).id
    return places_with(home, NAME) == set() and not unsealed_files(home)


def test_an_open_home_is_sealed_where_it_lies_and_says_the_same(home, monkeypatch):
    before = said(home)
    with_keys(monkeypatch, KEY)
    assert "已加密" in seal_home(home)
    assert is_under(home, KEY)
    assert said(existing_home(home.root)) == before


def test_sealing_again_finds_nothing_to_do_and_seals_what_was_put_there_open(home, monkeypatch):
    with_keys(monkeypatch, KEY)
    seal_home(home)
    kept = {path: files.read_raw(path) for path in files.inside(home.archive)}
    assert "没有要做的" in seal_home(home)
    assert {path: files.read_raw(path) for path in files.inside(home.archive)} == kept
    (home.archive / "put.csv").write_text(NAME)
    assert "archive 1 份" in seal_home(home)
    assert files.read_text(home.archive / "put.csv") == NAME


def test_what_a_killed_writer_left_half_written_and_spilled_is_gone(home, monkeypatch):
    left = [home.archive / "a.csv.part", home.state / "spill" / "duckdb_temp.tmp"]
    for path in left:
        path.parent.mkdir(exist_ok=True)
        path.write_text(NAME)
    with_keys(monkeypatch, KEY)
    seal_home(home)
    assert not any(path.exists() for path in left)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("place", [0, 3, 6, 8, FILES - 1])
def test_killed_while_sealing_it_is_refused_and_then_finished(moment, place, home, monkeypatch):
    before = said(home)
    assert ends_with(killed_while_sealing, home.root, place, moment, KEY, None) == -9
    with_keys(monkeypatch, KEY)
    with pytest.raises(DoorstepError, match="keys seal"):
        existing_home(home.root)
    seal_home(home_as_it_lies(home.root))
    assert is_under(home, KEY)
    assert said(existing_home(home.root)) == before


def test_resealing_puts_all_under_the_new_key_and_the_old_one_opens_nothing(home, monkeypatch):
    before = said(home)
    with_keys(monkeypatch, KEY)
    seal_home(home)
    with_keys(monkeypatch, OTHER, old=KEY)
    assert "已改用密钥" in reseal_home(home)
    assert is_under(home, OTHER)
    assert said(existing_home(home.root)) == before
    assert "没有要做的" in reseal_home(home)
    with_keys(monkeypatch, KEY)
    with pytest.raises(DoorstepError, match="密钥不对"):
        existing_home(home.root)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("place", [0, 6, 8])
def test_killed_while_resealing_it_is_refused_and_then_finished(moment, place, home, monkeypatch):
    before = said(home)
    with_keys(monkeypatch, KEY)
    seal_home(home)
    assert ends_with(killed_while_sealing, home.root, place, moment, OTHER, KEY) == -9
    with_keys(monkeypatch, OTHER, old=KEY)
    with pytest.raises(DoorstepError, match="keys reseal"):
        existing_home(home.root)
    with pytest.raises(UsageError, match="keys reseal"):
        seal_home(home)
    reseal_home(home_as_it_lies(home.root))
    assert is_under(home, OTHER)
    assert said(existing_home(home.root)) == before


REFUSED = [
    (seal_home, None, None, None, "没有配置密钥"),
    (seal_home, KEY, OTHER, None, "另一把密钥"),
    (reseal_home, None, OTHER, KEY, "尚未加密"),
    (reseal_home, KEY, OTHER, None, "还需要原来的那把"),
    (reseal_home, KEY, OTHER, "ef" * 32, "还需要原来的那把"),
]


@pytest.mark.parametrize(("command", "sealed_with", "new", "old", "words"), REFUSED)
def test_a_key_that_does_not_fit_changes_nothing(
    command, sealed_with, new, old, words, home, monkeypatch
):
    if sealed_with:
        with_keys(monkeypatch, sealed_with)
        seal_home(home)
        monkeypatch.delenv("DOORSTEP_KEY")
    if new:
        with_keys(monkeypatch, new, old)
    before = {path: files.read_raw(path) for path in files.inside(home.root)}
    with pytest.raises(UsageError, match=words):
        command(home)
    assert {path: files.read_raw(path) for path in files.inside(home.root)} == before


def test_a_new_key_goes_into_a_file_of_its_owner_and_never_over_another(tmp_path, monkeypatch):
    path = tmp_path / "site.key"
    said_of_it = make_key(path)
    text = path.read_text(encoding="utf-8")
    assert text.strip() not in said_of_it
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError, match="没有覆盖"):
        make_key(path)
    assert path.read_text(encoding="utf-8") == text
    monkeypatch.setenv("DOORSTEP_KEY_FILE", os.fspath(path))
    assert files.site_key(tmp_path) is not None
