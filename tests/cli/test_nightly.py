"""A night's exit code says how it went, and a refusal costs nothing."""

import os
import subprocess
import sys
from datetime import timedelta
from threading import Timer

import pytest

from flows import files
from flows.errors import AlreadyRunningError
from flows.lock import holder, only_one
from flows.site import deliver_night, synthetic_nights
from tests.cli.command import doorstep, environment, is_one_clear_line
from tests.night import county

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from flows.lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

HEAVY = ("prefect", "great_expectations", "duckdb", "polars")

WHAT_WAS_IMPORTED = f"""
import sys
from flows import cli
try:
    cli.main()
finally:
    found = [name for name in {HEAVY!r} if name in sys.modules]
    print("imported", *found)
"""


@pytest.fixture
def lock_held(home):
    """A home on which another process runs a night."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, str(home.lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as process:
        assert process.stdout.readline() == "held\n"
        yield home, process
        process.stdin.close()


@pytest.mark.parametrize("patience", [0, 0.2])
def test_who_has_no_more_patience_is_refused(lock_held, patience):
    home, _ = lock_held
    with pytest.raises(AlreadyRunningError), only_one(home.lock, patience=patience):
        pass


def test_who_has_patience_goes_on_once_the_other_is_done(lock_held, monkeypatch):
    monkeypatch.setattr("flows.lock._BETWEEN_TRIES", 0.05)
    home, other = lock_held
    Timer(0.3, other.stdin.close).start()
    with only_one(home.lock, patience=60):
        assert holder(home.lock) == os.getpid()


def test_a_good_night_ends_with_zero_and_one_line(after_baseline, tmp_path, run):
    home = county.copy(after_baseline, tmp_path / "home")
    night = synthetic_nights(home)[1]
    deliver_night(home, night)
    ended = run("nightly", "--home", home.root, "--date", night)
    assert ended.code == 0
    assert ended.out.count("\n") == 1
    assert "提交与发布" in ended.err


def test_a_night_with_a_broken_delivery_ends_with_three(home, run):
    files.write(home.inbox / "vehicle" / "bad.csv", "甲,乙\n1,2\n")
    night = synthetic_nights(home)[1] + timedelta(days=1)
    ended = run("nightly", "--home", home.root, "--date", night)
    assert ended.code == 3
    assert "降级" in ended.out


def test_a_night_without_news_ends_with_four(home, run):
    ended = run("nightly", "--home", home.root, "--date", synthetic_nights(home)[1])
    assert ended.code == 4
    assert ended.out.count("\n") == 1


def test_a_night_that_lacks_a_policy_value_ends_with_one_and_names_it(home, run):
    signals = home.policy / "signals.toml"
    text = signals.read_text(encoding="utf-8")
    signals.write_text(text[: len(text) // 2].rsplit("\n[", 1)[0] + "\n", encoding="utf-8")
    night = synthetic_nights(home)[1] + timedelta(days=1)
    ended = run("nightly", "--home", home.root, "--date", night)
    assert ended.code == 1
    line = ended.err.splitlines()[-1]
    assert "signals.toml" in line
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("written", ["22.11.2026", "2026-13-01", "today", "2026-02-30", ""])
def test_a_malformed_date_ends_with_two(written, home, run):
    ended = run("nightly", "--home", home.root, "--date", written)
    assert ended.code == 2
    assert is_one_clear_line(ended.err)
    assert "YYYY-MM-DD" in ended.err


def test_a_second_night_is_refused_before_anything_heavy_is_imported(lock_held):
    home, process = lock_held
    ended = subprocess.run(
        [sys.executable, "-c", WHAT_WAS_IMPORTED, "nightly", "--home", str(home.root)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(),
    )
    assert ended.returncode == 5
    assert ended.stdout == "imported\n"
    assert is_one_clear_line(ended.stderr)
    assert str(process.pid) in ended.stderr


def test_status_answers_while_a_night_runs(lock_held, run):
    home, process = lock_held
    ended = run("status", "--home", home.root)
    assert ended.code == 0
    assert f"夜间任务正在运行(进程 {process.pid})" in ended.out


def test_the_process_itself_ends_with_the_documented_code(home):
    assert doorstep("nightly", "--home", home.root, "--date", "2026-11-31").code == 2
    again = doorstep("nightly", "--home", home.root, "--date", synthetic_nights(home)[1])
    assert again.code == 4
    assert again.err == ""
