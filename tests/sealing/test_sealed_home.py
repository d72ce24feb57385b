"""A sealed home through the file door: everything as before with the key, and nothing without it."""

import json

import pytest

from flows import files
from flows.audit.entries import Deed
from flows.audit.trail import Trail
from flows.audit.verifying import verified
from flows.errors import DoorstepError, UsageError
from flows.home import Home, existing_home
from flows.sealing import container
from flows.sealing.commands import refuse_open_with_key, take_out
from flows.sealing.places import is_sealed_place, sealed_root
from flows.sealing.unsealed import unsealed_files
from flows.site import init_home
from tests.sealing.small import KEY, NAME, OTHER, places_with, said, small_home


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Sealed from birth, because a key was configured when it was made."""
    monkeypatch.setenv("DOORSTEP_KEY", KEY)
    return small_home(tmp_path / "home")


PLACES = [
    ("archive/hukou/a.csv", True),
    ("held/hukou/a.csv.说明.txt", True),
    ("refused/hukou/a.csv", True),
    ("quarantine/hukou/a.csv", True),
    ("state/secret", True),
    ("state/work.duckdb", True),
    ("state/nights/2026-11-20/1/results/晨报.html", True),
    ("state/audit/key", False),
    ("state/standing.json", False),
    ("state/audit/trail.jsonl", False),
    ("state/logs/doorstep.jsonl", False),
    ("state/prefect/prefect.db", False),
    ("state/heartbeat.json", False),
    ("state/alerts/pending/1.json", False),
    ("state/sealed.json", False),
    ("state/list_password", False),
    ("state/night.lock", False),
    ("inbox/hukou/a.csv", False),
    ("returns/a.xlsx", False),
    ("outbox/2026-11-20/晨报.html", False),
    ("doorstep.toml", False),
    ("policy/signals.toml", False),
]


@pytest.mark.parametrize(("inside", "sealed"), PLACES)
def test_what_holds_rows_is_sealed_and_what_comes_in_or_goes_out_is_not(inside, sealed, home):
    path = home.root / inside
    assert is_sealed_place(path.relative_to(home.root)) is sealed
    assert sealed_root(path) == (home.root if sealed else None)


def test_nothing_is_sealed_where_no_key_is_configured(tmp_path):
    home = small_home(tmp_path / "home")
    assert sealed_root(home.archive / "a.csv") is None
    assert places_with(home, NAME) == {"archive", "held", "quarantine", "refused", "state"}
    assert unsealed_files(home)["archive"] == 1


def test_a_sealed_home_says_the_same_and_shows_no_name(home, tmp_path, monkeypatch):
    assert places_with(home, NAME) == set()
    assert not unsealed_files(home)
    sealed = said(home)
    monkeypatch.delenv("DOORSTEP_KEY")
    opened = said(small_home(tmp_path / "open"))
    for own in ("secret", "join"):
        del sealed[own], opened[own]
    assert sealed == opened


@pytest.mark.parametrize(("key", "words"), [(None, "没有配置密钥"), (OTHER, "密钥不对")])
def test_without_the_right_key_every_door_says_so_and_nothing_new_is_made(
    key, words, home, monkeypatch
):
    before = {path: files.read_raw(path) for path in files.inside(home.root)}
    monkeypatch.delenv("DOORSTEP_KEY")
    if key:
        monkeypatch.setenv("DOORSTEP_KEY", key)
    (home.state / "join_secret").unlink()
    before.pop(home.state / "join_secret")
    doors = [
        lambda: existing_home(home.root),
        lambda: Home(home.root).secret,
        lambda: files.read(home.archive / "hukou" / "rows.csv"),
        lambda: files.write(home.archive / "hukou" / "new.csv", "x"),
        lambda: files.duckdb_database(home.work),
        lambda: files.ledger_database(home.ledger).__enter__(),
    ]
    for door in doors:
        with pytest.raises(DoorstepError, match=words) as refused:
            door()
        assert KEY not in str(refused.value)
    assert {path: files.read_raw(path) for path in files.inside(home.root)} == before


def test_a_secret_that_is_gone_is_not_replaced_beside_a_ledger(home):
    (home.state / "secret").unlink()
    with pytest.raises(DoorstepError, match="从备份恢复"):
        _ = Home(home.root).secret
    assert not (home.state / "secret").exists()


def test_a_lost_marker_is_an_error_and_not_garbage(home):
    (home.state / "sealed.json").unlink()
    doors = [
        lambda: Home(home.root).secret,
        lambda: files.duckdb_database(home.work),
        lambda: files.ledger_database(home.ledger).__enter__(),
    ]
    for door in doors:
        with pytest.raises(DoorstepError):
            door()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"key": "x", "format": 2}', '{"keys": 1}'])
def test_a_marker_that_cannot_be_read_is_an_error(text, home):
    (home.state / "sealed.json").write_text(text)
    with pytest.raises(DoorstepError, match="无法解读"):
        existing_home(home.root)


def test_an_open_file_put_into_a_sealed_place_is_not_taken_for_one_of_ours(home):
    (home.archive / "hukou" / "put.csv").write_text("x")
    with pytest.raises(DoorstepError, match="不完整或被改动过"):
        files.read(home.archive / "hukou" / "put.csv")
    assert unsealed_files(home) == {"archive": 1}


def test_a_move_out_of_a_sealed_place_opens_and_a_move_into_one_seals(home):
    results = home.state / "nights" / "2026-11-20" / "1" / "results"
    files.write_folder(results, {"晨报.html": NAME.encode(), "工作单/a.csv": b"1"})
    assert NAME.encode() not in files.read_raw(results / "晨报.html")
    out = files.move(results, home.outbox / "2026-11-20")
    assert (out / "晨报.html").read_text(encoding="utf-8") == NAME
    assert (out / "工作单" / "a.csv").read_bytes() == b"1"
    assert not results.exists()
    back = files.move(out / "晨报.html", home.quarantine / "晨报.html")
    assert NAME.encode() not in back.read_bytes()
    assert files.read_text(back) == NAME


def test_an_audit_key_that_an_earlier_release_sealed_is_laid_open_by_who_has_the_key(
    home, monkeypatch
):
    trail = Trail(home)
    trail.note(Deed(what="why"), "wang", "民政数据员")
    files.write_raw(
        trail.key_file, container.seal(files.house_key(home.root), trail.key_file.read_bytes())
    )
    monkeypatch.delenv("DOORSTEP_KEY")
    with pytest.raises(DoorstepError, match="没有配置密钥"):
        _ = Trail(home).key
    monkeypatch.setenv("DOORSTEP_KEY", KEY)
    assert Trail(home).key == trail.key
    monkeypatch.delenv("DOORSTEP_KEY")
    assert verified(trail.lines(), Trail(home).key).entries == 1


def test_two_readers_of_one_process_share_a_sealed_database(home):
    one, other = (files.duckdb_database(home.snapshot, read_only=True) for _ in range(2))
    assert one.execute("FROM person").fetchall() == other.execute("FROM person").fetchall()
    one.close()
    other.close()


def test_a_file_can_be_taken_out_once_and_only_to_an_open_place(home, tmp_path):
    kept = home.quarantine / "hukou" / "rows.csv"
    take_out(home, kept, tmp_path / "out.csv")
    assert NAME in (tmp_path / "out.csv").read_text(encoding="utf-8")
    for path, out in (
        (kept, tmp_path / "out.csv"),
        (kept, home.archive / "copy.csv"),
        (home.work, tmp_path / "db"),
        (home.root / "doorstep.toml", tmp_path / "toml"),
        (home.root / "none", tmp_path / "none"),
    ):
        with pytest.raises(UsageError):
            take_out(home, path, out)


def stating(home, text):
    path = home.config_file
    path.write_text(path.read_text(encoding="utf-8") + f"\n[secret]\n{text}\n", encoding="utf-8")


def test_a_site_that_demands_encryption_does_not_open_an_open_home(tmp_path):
    init_home(tmp_path / "home")
    stating(Home(tmp_path / "home"), "required = true")
    with pytest.raises(UsageError, match="keys seal"):
        existing_home(tmp_path / "home")


def test_a_key_file_named_in_the_settings_opens_the_home(home, tmp_path, monkeypatch):
    monkeypatch.delenv("DOORSTEP_KEY")
    files.write(tmp_path / "site.key", KEY)
    stating(home, f'key_file = "{tmp_path / "site.key"}"\nrequired = true')
    assert existing_home(home.root).config.secret.required
    assert NAME in files.read_text(home.archive / "hukou" / "rows.csv")


def test_a_key_beside_an_open_home_stops_the_night_and_not_the_reader(tmp_path, monkeypatch):
    init_home(tmp_path / "home")
    home = existing_home(tmp_path / "home")
    refuse_open_with_key(home)
    monkeypatch.setenv("DOORSTEP_KEY", KEY)
    assert existing_home(home.root) == home
    with pytest.raises(UsageError, match="keys seal"):
        refuse_open_with_key(home)


def test_the_marker_tells_the_key_by_id_alone(home):
    marker = json.loads((home.state / "sealed.json").read_text())
    assert marker["finished"]
    assert len(marker["key"]) == 16
    assert KEY not in json.dumps(marker)
