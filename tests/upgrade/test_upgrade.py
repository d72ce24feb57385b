"""A home of an earlier release is brought up to date where it lies, and has its night."""

import pytest

from flows import files
from flows.ledger_schema import SCHEMA_VERSION
from flows.site import deliver_night, synthetic_nights
from tests.cli.command import doorstep_here, is_one_clear_line
from tests.night import county
from tests.upgrade.older import take_back


def version(home):
    with files.ledger_database(home.ledger) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def persons(home):
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        return connection.execute(
            "SELECT DISTINCT record_key, person_id FROM link WHERE decision = 'decided' ORDER BY ALL"
        ).fetchall()
    finally:
        connection.close()


@pytest.fixture
def run(monkeypatch, capsys):
    return lambda *words: doorstep_here(monkeypatch, capsys, *words)


@pytest.mark.parametrize(
    "older",
    [
        1,
        pytest.param(2, marks=pytest.mark.long),
        pytest.param(3, marks=pytest.mark.long),
        pytest.param(4, marks=pytest.mark.long),
    ],
)
def test_an_older_home_has_its_night_and_everybody_keeps_the_id(
    older, after_baseline, after_first_night, tmp_path, run
):
    home = county.copy(after_baseline, tmp_path / "home")
    take_back(home, older)
    assert version(home) == older
    night = synthetic_nights(home)[1]
    deliver_night(home, night)
    ended = run("nightly", "--home", home.root, "--date", night)
    assert ended.code in {0, 3}, ended.err
    assert version(home) == SCHEMA_VERSION
    assert persons(home) == persons(after_first_night)


@pytest.mark.parametrize("command", ["status", "nightly", "doctor"])
def test_a_ledger_of_a_newer_release_is_refused_and_left_alone(
    command, after_baseline, tmp_path, run
):
    home = county.copy(after_baseline, tmp_path / "home")
    with files.ledger_database(home.ledger) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    ended = run(command, "--home", home.root)
    assert ended.code == 1
    assert is_one_clear_line(ended.err)
    assert "升级" in ended.err
    assert version(home) == SCHEMA_VERSION + 1


def test_status_says_which_program_and_which_ledger_this_is(after_baseline, run):
    said = run("status", "--home", after_baseline.root).out
    assert f"台账结构第 {SCHEMA_VERSION} 版" in said
    assert "程序 " in said
