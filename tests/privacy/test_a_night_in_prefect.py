"""A night as it runs on a site: inside real Prefect, silent to the world, leaving nothing behind."""

import re
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from flows.leftovers import marked
from flows.site import deliver_night, synthetic_nights
from tests.cli.command import ROOT, doorstep, environment
from tests.night import county
from tests.privacy.canaries import CANARIES, NAME, NUMBER
from tests.privacy.looking import bytes_as_text, hits, people_of, sqlite_texts

pytestmark = pytest.mark.prefect

WATCHING = Path(__file__).parent / "watching"
NOBODYS_PROXY = "http://192.0.2.1:9"
STEPS = {"列出输入", "比对人员", "编号与家庭", "画像", "预警信号", "派单与报告", "提交与发布"}

TALKS_TO_THE_WORLD = """
import contextlib, socket
for talk in ("connect", "connect_ex"):
    with socket.socket() as ours, contextlib.suppress(OSError):
        ours.settimeout(0.2)
        getattr(ours, talk)(("192.0.2.1", 9))
with socket.socket(type=socket.SOCK_DGRAM) as ours, contextlib.suppress(OSError):
    ours.sendto(b"", ("192.0.2.1", 9))
with contextlib.suppress(OSError):
    socket.getaddrinfo("nowhere.invalid", 9)
with socket.create_server(("127.0.0.1", 0)) as server:
    socket.create_connection(server.getsockname()).close()
"""

A_NIGHT_THAT_STUMBLES_OVER_A_ROW = f"""
from flows import cli, outbox
def rank(_tonight):
    raise ValueError("{NAME} {NUMBER}")
outbox.rank = rank
cli.main()
"""


@pytest.fixture
def home(after_baseline, tmp_path):
    """A county whose inbox holds its first regular night."""
    copied = county.copy(after_baseline, tmp_path / "home")
    deliver_night(copied, synthetic_nights(copied)[1])
    return copied


def test_the_watch_sees_who_talks_beyond_this_machine(tmp_path):
    connections = tmp_path / "connections.txt"
    subprocess.run(
        [sys.executable, "-c", TALKS_TO_THE_WORLD],
        check=True,
        timeout=60,
        env=environment(**watching(connections)),
    )
    kinds = [line.split(" ", 1)[0] for line in connections.read_text().splitlines()]
    assert kinds == ["connect", "connect_ex", "sendto", "getaddrinfo"]


def test_a_night_tells_the_world_nothing_and_leaves_nothing_running(home, tmp_path):
    connections = tmp_path / "connections.txt"
    night = synthetic_nights(home)[1]
    ended = doorstep(
        *("nightly", "--home", home.root, "--date", night),
        **watching(connections),
        HTTP_PROXY=NOBODYS_PROXY,
        HTTPS_PROXY=NOBODYS_PROXY,
    )
    assert ended.code == 0, ended.err
    assert not connections.exists() or connections.read_text() == ""
    assert {name for name, state in steps_in_prefect(home) if state == "Completed"} >= STEPS
    assert {state for _, state in steps_in_prefect(home)} == {"Completed"}
    assert still_running(home) == []
    assert open_to_others(home) == []
    said = {
        "said": [ended.out, ended.err],
        **{
            str(path.relative_to(home.root)): [bytes_as_text(path)]
            for path in (home.state / "prefect").rglob("*")
            if path.is_file()
        },
        **sqlite_texts(home.state / "prefect" / "prefect.db"),
    }
    people = people_of(home)
    assert [place for place, texts in said.items() if hits(people, texts)] == []


@pytest.mark.long
def test_a_killed_night_is_cleaned_up_by_the_next_which_may_fail_but_tells_no_value(home):
    asked = ["nightly", "--home", str(home.root), "--date", str(synthetic_nights(home)[1])]
    with subprocess.Popen(
        [sys.executable, "-m", "flows", *asked],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    ) as killed:
        until_its_server_runs(home, killed)
        killed.kill()
    left = still_running(home)
    assert left, "the server outlives a killed night; else this test shows nothing"
    assert open_to_others(home) == [], "what a killed night leaves is private, too"
    stumbled = subprocess.run(
        [sys.executable, "-c", A_NIGHT_THAT_STUMBLES_OVER_A_ROW, *asked],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env=environment(),
    )
    assert stumbled.returncode == 1
    assert [pid for pid in left if psutil.pid_exists(pid)] == []
    assert still_running(home) == []
    first, *_, last = stumbled.stderr.splitlines()
    assert "中断" in first
    assert "ValueError(" in last
    assert "Traceback" not in stumbled.stderr
    assert ("派单与报告", "Failed") in steps_in_prefect(home)
    said = {"said": [stumbled.stdout, stumbled.stderr], **sqlite_texts(database(home))}
    assert [place for place, texts in said.items() if hits(CANARIES, texts)] == []


def watching(connections):
    return {
        "PYTHONPATH": f"{WATCHING}:{ROOT}",
        "DOORSTEP_TEST_CONNECTIONS": str(connections),
    }


def database(home):
    return home.state / "prefect" / "prefect.db"


def steps_in_prefect(home):
    """Name and state of every step as Prefect wrote it down."""
    texts = sqlite_texts(database(home))
    names = [re.sub(r"-[0-9a-f]+$", "", name) for name in texts["task_run.name"]]
    return list(zip(names, texts["task_run.state_name"], strict=True))


def still_running(home):
    """The ids of the processes that nights of this home started and that still run."""
    return [one.pid for one in marked(home.root)]


def until_its_server_runs(home, night):
    for _ in range(1200):
        if psutil.Process(night.pid).children(recursive=True):
            return
        assert night.poll() is None, "the night ended before it began"
        time.sleep(0.1)
    raise AssertionError("the night never started a server")


def open_to_others(home):
    """Everything of state, archive, quarantine and outbox that others than its owner may touch."""
    return [
        str(path.relative_to(home.root))
        for top in (home.state, home.archive, home.quarantine, home.outbox)
        for path in (top, *top.rglob("*"))
        if path.stat().st_mode & 0o077
    ]
