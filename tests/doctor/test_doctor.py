"""The doctor sees what is wrong, and says how to mend it in both languages."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta

import psutil
import pytest

from flows import files, leftovers, reference
from flows.alerts import heartbeat
from flows.doctor import examine, filled_in, kept, machine, schedule
from flows.doctor.finding import Finding
from flows.doctor.telling import as_lines, as_text
from flows.home import existing_home
from flows.ledger import Ledger
from flows.lock import only_one
from flows.site import init_home
from tests.alerts.homes import wanting
from tests.cli.command import doorstep_here
from tests.ledger.test_ledger import end

TODAY = date(2026, 11, 22)


@pytest.fixture
def home(tmp_path):
    init_home(tmp_path / "home")
    return existing_home(tmp_path / "home")


def found(check, home, on=TODAY):
    return {one.what: one for one in check(home, on)}


def test_whatever_is_wrong_can_be_mended_in_both_languages(home):
    wrong = [one for one in examine(home, TODAY) if not one.well]
    assert wrong
    for one in wrong:
        assert any("一" <= letter <= "鿿" for letter in one.mend), one.what
        assert one.mend_en, one.what
        assert one.mend_en.isascii() or "说明.txt" in one.mend_en, one.what


def test_findings_are_lines_for_people_and_json_for_programs():
    findings = [
        Finding(what="磁盘", well=True, mend="清理", mend_en="clean up"),
        Finding(what="运行锁", well=False, mend="等待", mend_en="wait"),
    ]
    assert list(as_lines(findings)) == ["✓ 磁盘", "✗ 运行锁:等待", "    wait"]
    told = json.loads(as_text(findings))
    assert told["well"] is False
    assert told["findings"] == [
        {"what": "磁盘", "well": True},
        {"what": "运行锁", "well": False, "mend": "等待", "mend_en": "wait"},
    ]


def test_the_command_prints_json_and_ends_with_warnings(home, monkeypatch, capsys):
    ended = doorstep_here(monkeypatch, capsys, "doctor", "--json", "--home", home.root)
    assert ended.code == 3
    assert json.loads(ended.out)["schema_version"] == 1


@pytest.mark.parametrize(("mode", "well"), [(0o600, True), (0o640, False), (0o604, False)])
def test_a_file_that_others_can_read_is_seen_however_deep(home, mode, well):
    path = files.write(home.archive / "vehicle" / "deep" / "a.csv", "")
    path.chmod(mode)
    [one] = kept.permissions(home, TODAY)
    assert one.well is well
    assert well or "chmod -R go= archive" in one.mend


def test_a_clock_that_went_back_is_seen(home):
    assert found(kept.clock, home)["系统时间"].well
    Ledger(home.ledger).end_night(end())
    [night] = [row["night"] for row in Ledger(home.ledger).nights()]
    on = date.fromisoformat(night)
    assert found(kept.clock, home, on)["系统时间"].well
    assert not found(kept.clock, home, on - timedelta(days=1))["系统时间"].well


def test_a_heartbeat_from_the_future_is_seen(home):
    heartbeat.begin(home, TODAY)
    heartbeat.end(home, TODAY, well=True)
    assert found(kept.clock, home)["系统时间"].well
    plain = json.loads(files.read_text(home.heartbeat))
    plain["ended"] = (datetime.now(UTC) + timedelta(hours=2)).isoformat()
    files.write(home.heartbeat, json.dumps(plain))
    assert not found(kept.clock, home)["系统时间"].well


def test_a_lock_that_is_held_by_the_living_is_well_and_by_the_dead_is_not(home, monkeypatch):
    with only_one(home.lock):
        assert found(kept.locks, home)["运行锁"].well
        monkeypatch.setattr(psutil, "pid_exists", lambda _pid: False)
        assert not found(kept.locks, home)["运行锁"].well


def test_processes_that_a_killed_night_left_are_counted(home):
    left = orphan(home.root)
    try:
        assert not found(kept.locks, home)["遗留进程"].well
        with only_one(home.lock):
            assert found(kept.locks, home)["遗留进程"].well, "the night that runs needs them"
        assert leftovers.end_marked(home.root) == 1
        assert not psutil.pid_exists(left.pid) or left.status() == psutil.STATUS_ZOMBIE
    finally:
        with suppress(psutil.NoSuchProcess):
            left.kill()
    assert found(kept.locks, home)["遗留进程"].well


def test_what_serves_the_next_night_of_the_same_process_goes_on(home):
    with sleeping({**os.environ, leftovers.MARK: str(home.root)}) as child:
        assert leftovers.end_marked(home.root) == 0
        assert child.poll() is None


def test_processes_of_another_home_are_left_alone(home, tmp_path):
    with sleeping({**os.environ, leftovers.MARK: str(tmp_path / "another")}) as child:
        assert leftovers.end_marked(home.root) == 0
        assert child.poll() is None


def test_a_server_that_a_killed_schedule_left_is_counted(home):
    with sleeping(None) as child:
        born = psutil.Process(child.pid).create_time()
        noted = [{"pid": 2**22 + 1, "born": 0.0}, {"pid": child.pid, "born": born}]
        files.write(home.state / "prefect-server.json", json.dumps(noted))
        assert not found(kept.locks, home)["遗留进程"].well
    assert found(kept.locks, home)["遗留进程"].well


def orphan(root):
    """A process of a night whose owner is gone."""
    asked = f"[{sys.executable!r}, '-c', 'import time; time.sleep(60)']"
    quiet = "stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL"
    owner = f"import subprocess; print(subprocess.Popen({asked}, {quiet}).pid)"
    told = subprocess.run(
        [sys.executable, "-c", owner],
        env={**os.environ, leftovers.MARK: str(root)},
        capture_output=True,
        text=True,
        check=True,
    )
    return psutil.Process(int(told.stdout))


@contextmanager
def sleeping(environment):
    asked = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(asked, env=environment) as child:
        try:
            yield child
        finally:
            child.kill()


@pytest.mark.parametrize(("seconds", "well"), [(60, True), (2 * 3600, False)])
def test_a_part_file_is_left_over_once_nobody_can_be_writing_it(home, seconds, well):
    part = files.write(home.outbox / "list.csv", "").rename(home.outbox / "list.csv.part")
    then = time.time() - seconds
    os.utime(part, (then, then))
    [one] = kept.parts(home, TODAY)
    assert one.well is well


@pytest.mark.parametrize(
    ("on", "well"),
    [(date(2026, 10, 30), True), (date(2026, 11, 1), False), (date(2026, 12, 31), False)],
)
def test_next_years_calendar_is_asked_for_from_november(home, on, well):
    [one] = filled_in.calendar(home, on)
    assert one.well is well


@pytest.mark.parametrize(("free", "well"), [(9e9, False), (11e9, True)])
def test_a_full_disk_is_seen(home, monkeypatch, free, well):
    usage = type("Usage", (), {"free": free})
    monkeypatch.setattr(machine.shutil, "disk_usage", lambda _path: usage)
    assert next(machine.disk(home, TODAY)).well is well


@pytest.mark.parametrize(
    ("total", "left", "well"), [(10**6, 99_999, False), (10**6, 100_000, True), (0, 0, True)]
)
def test_missing_inodes_are_seen(home, monkeypatch, total, left, well):
    counted = type("Counted", (), {"f_files": total, "f_favail": left})
    monkeypatch.setattr(machine.os, "statvfs", lambda _path: counted)
    assert next(machine.inodes(home, TODAY)).well is well


@pytest.mark.parametrize(("total", "well"), [(4.9e9, False), (5e9, True)])
def test_too_little_memory_for_the_night_is_seen(home, monkeypatch, total, well):
    monkeypatch.setattr(psutil, "virtual_memory", lambda: type("Memory", (), {"total": total}))
    assert home.config.night.memory_gb == 4
    assert next(machine.memory(home, TODAY)).well is well


@pytest.mark.parametrize(("zone", "well"), [("Asia/Shanghai", True), ("UTC", False)])
def test_the_machines_zone_is_looked_at(home, monkeypatch, zone, well):
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert next(machine.zone(home, TODAY)).well is well
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()


def test_an_output_that_cannot_say_chinese_is_seen(home, monkeypatch):
    assert next(machine.encodings(home, TODAY)).well
    assert not (home.state / machine._PROBE).exists()
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "ascii")
    assert not next(machine.encodings(home, TODAY)).well


def test_an_extension_of_another_version_is_seen(home, monkeypatch):
    assert next(machine.extension(home, TODAY)).well
    monkeypatch.setattr("duckdb.__version__", "0.0.0")
    assert not next(machine.extension(home, TODAY)).well


@pytest.mark.parametrize(
    ("line", "well"),
    [
        ("30 1 * * * doorstep /opt/bin/doorstep nightly\n", True),
        ("30 1 * * * root /usr/bin/something\n", False),
    ],
)
def test_a_cron_line_is_a_schedule(home, monkeypatch, tmp_path, line, well):
    files.write(tmp_path / "cron.d" / "lines", line)
    monkeypatch.setattr(schedule, "_CRON", (tmp_path / "cron.d",))
    monkeypatch.setattr(schedule, "_SYSTEMD", ())
    monkeypatch.setattr(schedule, "_is_served", lambda: False)
    assert next(schedule.installed(home, TODAY)).well is well


def test_a_timer_is_a_schedule(home, monkeypatch, tmp_path):
    files.write(tmp_path / schedule.TIMER, "")
    monkeypatch.setattr(schedule, "_CRON", ())
    monkeypatch.setattr(schedule, "_SYSTEMD", (tmp_path,))
    assert next(schedule.installed(home, TODAY)).well


def test_a_killed_night_and_a_silent_house_are_seen(home):
    late, killed = schedule.last_night(home, TODAY)
    assert (late.well, killed.well) == (False, True)
    heartbeat.begin(home, TODAY)
    _, killed = schedule.last_night(home, TODAY)
    assert not killed.well
    heartbeat.end(home, TODAY, well=True)
    assert [one.well for one in schedule.last_night(home, TODAY)] == [True, True]


def test_alerts_that_nobody_gets_are_seen(tmp_path):
    root = tmp_path / "home"
    assert not next(schedule.alerts(wanting(root), TODAY)).well
    assert not next(schedule.alerts(wanting(root, hosts=["h"]), TODAY)).well
    assert next(schedule.alerts(wanting(root, hosts=["h"], urls=["json://h/x"]), TODAY)).well


def test_a_county_that_nobody_knows_is_seen(home):
    assert not found(filled_in.settings, home)["区划表中有本县乡镇"].well
    assert reference.townships("370881")
