"""Nights are served at the site's time, in Shanghai's zone, by a server that really keeps time."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import psutil
import pytest

from flows import files
from flows.home import existing_home
from flows.prefect_server import lasting_server
from flows.scheduled import schedule
from flows.site import init_home
from tests.cli.command import environment, is_one_clear_line


@pytest.fixture
def new_home(tmp_path, monkeypatch):
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    init_home(tmp_path / "home")
    return existing_home(tmp_path / "home")


def with_cron(home, cron):
    text = home.config_file.read_text(encoding="utf-8")
    home.config_file.write_text(text.replace("30 1 * * *", cron), encoding="utf-8")
    return existing_home(home.root)


@pytest.mark.parametrize("cron", ["nonsense", "99 1 * * *", "30 1 * *"])
def test_a_time_that_is_none_is_refused_in_one_line(cron, new_home, run):
    ended = run("serve", "--home", with_cron(new_home, cron).root)
    assert ended.code == 1
    assert is_one_clear_line(ended.err)
    assert "cron" in ended.err


def test_the_sites_cron_is_meant_in_shanghais_time(new_home):
    times = schedule(with_cron(new_home, "15 2 * * *"))
    assert (times.cron, times.timezone) == ("15 2 * * *", "Asia/Shanghai")


def test_a_configured_server_is_used_and_none_is_started(new_home, monkeypatch):
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    with lasting_server(new_home):
        assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:9/api"
        assert not (new_home.state / "prefect-server.json").exists()
    assert os.environ["PREFECT_API_URL"] == "http://127.0.0.1:9/api"


@pytest.mark.long
@pytest.mark.prefect
def test_served_nights_are_scheduled_run_and_end_with_their_server(new_home):
    home = with_cron(new_home, "* * * * *")
    with subprocess.Popen(
        [sys.executable, "-m", "flows", "serve", "--home", str(home.root)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    ) as served:
        try:
            until(lambda: "Failed" in states(home), served)
        finally:
            served.send_signal(signal.SIGTERM)
            out, err = served.communicate(timeout=60)
    assert out == ""
    announced, told, *_ = err.splitlines()
    assert "* * * * *(Asia/Shanghai)" in announced
    assert "county" in told, "a home without a county cannot have a night, and says so"
    assert "Traceback" not in err
    assert "never awaited" not in err
    ((cron, zone),) = {(one["cron"], one["timezone"]) for one in schedules(home)}
    assert (cron, zone) == ("* * * * *", "Asia/Shanghai")
    noted = json.loads(files.read_text(home.state / "prefect-server.json"))
    assert [one for one in noted if psutil.pid_exists(one["pid"])] == []


def until(happened, process):
    for _ in range(600):
        if happened():
            return
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.3)
    raise AssertionError("no night was started in three minutes")


def states(home):
    return [state for (state,) in asked(home, "SELECT state_name FROM flow_run")]


def schedules(home):
    return [json.loads(text) for (text,) in asked(home, "SELECT schedule FROM deployment_schedule")]


def asked(home, query):
    """What Prefect's own database answers; nothing before it is there."""
    path = home.state / "prefect" / "prefect.db"
    if not path.exists():
        return []
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
        try:
            return connection.execute(query).fetchall()
        except sqlite3.OperationalError:
            return []
