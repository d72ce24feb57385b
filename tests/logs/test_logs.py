"""The log is one file a day, one event a line, and never stops what it tells of."""

import json
import logging
import subprocess
import sys
import threading
import warnings
from datetime import date, timedelta

import pytest

from flows import files, logs
from flows.errors import DoorstepError
from flows.home import existing_home
from flows.site import init_home
from tests.cli.command import doorstep_here, environment

SECRET = "鬱薜嬿 370881199003078812"


@pytest.fixture
def home(tmp_path):
    init_home(tmp_path / "home")
    return existing_home(tmp_path / "home")


@pytest.fixture
def logged(home):
    """Log into the home, and read what was logged."""

    def lines():
        return [
            json.loads(line)
            for path in files.listing(home.logs)
            for line in files.read_text(path).splitlines()
        ]

    with logs.kept():
        logs.into(home.root, "nightly")
        yield lines


def test_an_event_has_a_key_a_sentence_and_where_it_belongs(home, logged):
    logs.note("night.ended", "夜间任务结束", night="2026-11-22", rows=3)
    started, event = logged()
    assert started["event"] == "command.started"
    assert event["event"] == "night.ended"
    assert event["message"] == "夜间任务结束"
    assert (event["night"], event["rows"], event["command"]) == ("2026-11-22", 3, "nightly")
    assert event["run"] == started["run"]
    assert event["at"].endswith("+08:00")


def test_the_log_is_its_owners_alone(home, logged):
    [path] = files.listing(home.logs)
    assert path.name.startswith("doorstep-20")
    assert path.stat().st_mode & 0o777 == 0o600
    assert home.logs.stat().st_mode & 0o777 == 0o700


def test_of_a_foreign_error_kind_and_place_are_told_and_of_ours_the_text(logged):
    for error in (ValueError(SECRET), DoorstepError("请填写 policy/county.toml。")):
        try:
            raise error
        except Exception as caught:
            logs.note_error("command.failed", caught)
    foreign, ours = logged()[1:]
    assert foreign["kind"] == "ValueError"
    assert SECRET not in json.dumps(foreign, ensure_ascii=False)
    assert ours["message"] == "请填写 policy/county.toml。"


def test_of_libraries_only_the_place_is_noted(logged, capfd):
    logging.getLogger("some.library").warning("cannot read %s", SECRET)
    warnings.showwarning(UserWarning(SECRET), UserWarning, "x.py", 3)
    spoke = logged()[1:]
    assert [one["logger"] for one in spoke] == ["some.library", "py.warnings"]
    logging.getLogger("other.library").error("in %s", SECRET, exc_info=ValueError(SECRET))
    spoke = logged()[1:]
    assert spoke[-1]["kind"] == "ValueError"
    assert SECRET not in json.dumps(spoke, ensure_ascii=False)
    assert capfd.readouterr() == ("", "")


PREFECT_CONFIGURES_LOGGING = f"""
import logging, sys
from pathlib import Path
from flows import logs
with logs.kept():
    logs.into(Path(sys.argv[1]), "nightly")
    import prefect
    logging.getLogger("some.library").error("{SECRET}")
"""


def test_prefects_own_configuration_neither_silences_the_watch_nor_prints(home):
    ended = subprocess.run(
        [sys.executable, "-c", PREFECT_CONFIGURES_LOGGING, str(home.root)],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env=environment(PREFECT_HOME=str(home.state / "prefect")),
    )
    [path] = files.listing(home.logs)
    events = [json.loads(line) for line in files.read_text(path).splitlines()]
    assert "some.library" in [one.get("logger") for one in events]
    assert "鬱薜嬿" not in ended.stdout + ended.stderr + files.read_text(path)


def test_who_printed_before_is_silent_for_as_long_as_a_command_runs(home, capfd):
    root = logging.getLogger()
    printer = logging.StreamHandler()
    root.addHandler(printer)
    try:
        with logs.kept():
            logging.getLogger("some.library").error(SECRET)
        assert capfd.readouterr() == ("", "")
        assert printer in root.handlers
    finally:
        root.removeHandler(printer)


def test_an_error_in_a_thread_goes_to_the_log_and_not_to_the_screen(logged, capfd):
    def stumble():
        raise ValueError(SECRET)

    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()
    assert logged()[-1]["event"] == "thread.failed"
    assert SECRET not in json.dumps(logged(), ensure_ascii=False)
    assert capfd.readouterr() == ("", "")


def test_old_days_go_and_other_files_stay(home):
    today = logs.datetime.now(logs._SHANGHAI).date()
    for days in (90, 91):
        files.write(home.logs / f"doorstep-{today - timedelta(days=days)}.jsonl", "{}\n")
    files.write(home.logs / "cron.log", "")
    with logs.kept():
        logs.into(home.root, "status")
    kept = {path.name for path in files.listing(home.logs)}
    assert kept == {
        f"doorstep-{today - timedelta(days=90)}.jsonl",
        f"doorstep-{today}.jsonl",
        "cron.log",
    }


def test_a_day_has_its_bound(home, logged, monkeypatch):
    monkeypatch.setattr(logs, "MOST_BYTES_A_DAY", 10)
    logs.note("night.ended", "夜间任务结束")
    assert len(logged()) == 1


def test_a_log_that_cannot_be_written_stops_nothing(home, logged):
    files.discard(home.logs)
    files.write(home.logs, "a file where the folder should be")
    logs.note("night.ended", "夜间任务结束")
    assert home.logs.is_file()


def test_outside_a_home_and_outside_a_command_nothing_is_written(tmp_path):
    logs.note("night.ended", "夜间任务结束")
    with logs.kept():
        logs.into(tmp_path, "status")
        logs.note("night.ended", "夜间任务结束")
    assert list(tmp_path.iterdir()) == []


def test_a_command_leaves_its_start_its_steps_and_its_end(
    after_baseline, tmp_path, monkeypatch, capsys
):
    from flows.site import deliver_night, synthetic_nights
    from tests.night import county

    home = county.copy(after_baseline, tmp_path / "night")
    night = synthetic_nights(home)[1]
    deliver_night(home, night)
    ended = doorstep_here(monkeypatch, capsys, "nightly", "--home", home.root, "--date", night)
    [path] = files.listing(home.logs)
    events = [json.loads(line) for line in files.read_text(path).splitlines()]
    keys = [one["event"] for one in events]
    assert keys[:2] == ["command.started", "night.started"]
    assert keys[-2:] == ["night.ended", "command.ended"]
    assert {one["step"] for one in events if one["event"] == "step.ended"} >= {
        "比对人员",
        "派单与报告",
    }
    told = events[-2]
    assert told["rows"] == told["loaded"] + told["quarantined"] + told["duplicate"]
    assert (told["exit"], events[-1]["exit"]) == (ended.code, ended.code)
    assert date.fromisoformat(told["night"]) == night
