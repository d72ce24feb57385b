"""Whatever is wrong with a file, what we say about it never repeats what stands in it."""

from datetime import timedelta
from functools import partial

import duckdb
import pytest

from flows import files
from flows.errors import DoorstepError, one_line
from flows.ledger import Ledger
from flows.site import synthetic_nights
from tests.cli.command import doorstep_here
from tests.night import county
from tests.privacy.canaries import CANARIES, NAME, NUMBER, WAYS
from tests.privacy.looking import bytes_as_text, duckdb_texts, hits, sqlite_texts


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a command in this process."""
    return partial(doorstep_here, monkeypatch, capsys)


@pytest.mark.parametrize("way", WAYS)
def test_judging_a_broken_file_repeats_nothing(way, run, tmp_path):
    suffix, content = WAYS[way]
    path = tmp_path / f"{way}.{suffix}"
    path.write_bytes(content)
    ended = run("contract", "check", path, "--source", "vehicle")
    assert ended.code in {0, 1}
    assert "vehicle" in ended.out
    assert hits(CANARIES, [ended.out, ended.err]) == set()


def test_a_night_with_every_broken_file_repeats_nothing(after_first_night, run, tmp_path):
    home = county.copy(after_first_night, tmp_path / "home")
    for way, (suffix, content) in WAYS.items():
        files.write(home.inbox / "vehicle" / f"{way}.{suffix}", content)
    night = synthetic_nights(home)[1] + timedelta(days=1)
    ended = run("nightly", "--home", home.root, "--date", night)
    assert ended.code == 3
    verdicts = {one.file_name: one.verdict for one in Ledger(home.ledger).outcomes(night, 1)}
    assert len(verdicts) == len(WAYS)
    assert "accepted" not in verdicts.values()
    said = {
        "stdout": [ended.out],
        "stderr": [ended.err],
        **{path.name: [bytes_as_text(path)] for path in home.refused.rglob("*.说明.txt")},
        **{path.name: [bytes_as_text(path)] for path in home.held.rglob("*.说明.txt")},
        **{path.name: [bytes_as_text(path)] for path in (home.outbox / str(night)).glob("*.*")},
        **sqlite_texts(home.ledger),
        **duckdb_texts(home.snapshot),
    }
    assert [place for place, texts in said.items() if hits(CANARIES, texts)] == []


def test_an_error_that_nobody_foresaw_is_told_without_its_text():
    with (
        files.duckdb_database(":memory:") as connection,
        pytest.raises(duckdb.ConversionException) as raised,
    ):
        connection.execute(f"SELECT CAST('{NAME} {NUMBER}' AS DATE)")
    assert hits(CANARIES, [str(raised.value)]), "the engine's own text quotes the value"
    told = one_line(raised.value)
    assert hits(CANARIES, [told]) == set()
    assert "\n" not in told
    assert "ConversionException" in told


def test_an_unforeseen_error_of_a_command_is_one_line_that_says_where(run, monkeypatch, tmp_path):
    def broken(_home):
        raise ValueError(NAME)

    monkeypatch.setattr("flows.home.home_as_it_lies", broken)
    ended = run("status", "--home", tmp_path)
    assert ended.code == 1
    assert ended.err.count("\n") == 1
    assert "ValueError(flows/cli.py:" in ended.err
    assert NAME not in ended.err


def test_what_a_person_can_put_right_is_told_as_it_is():
    assert one_line(DoorstepError("请填写。")) == "请填写。"


def test_a_full_disk_is_told_by_its_place():
    told = one_line(OSError(28, "No space left on device", "outbox"))
    assert "outbox" in told
    assert "磁盘" in told
