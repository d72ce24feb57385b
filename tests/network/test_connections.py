"""No command speaks to anybody beyond this machine, but `alert`, and that only to the named host.

The watch (tests/privacy/watching) is loaded by every Python process that a command starts; it notes
and stops every attempt. What native code does is seen by strace, where there is one (`make prove`).
A night inside real Prefect under the same watch: tests/privacy/test_a_night_in_prefect.py.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from datetime import date
from urllib.request import urlopen

import pytest
from typer.main import get_command

from flows.alerts.alert import NightFailed
from flows.alerts.pending import raise_alert
from flows.cli import app
from flows.site import deliver_night, synthetic_nights
from tests.alerts.homes import gateway, wanting
from tests.cli.command import doorstep, environment
from tests.network.at_work import prepared, uses
from tests.night import county
from tests.privacy.test_a_night_in_prefect import NOBODYS_PROXY, watching

DAY = date(2026, 11, 22)
SOME_SECONDS = 10

ONE_AFTER_THE_OTHER = """
import json, os, sys
from datetime import datetime, timedelta
from flows import cli

class MonthLater(datetime):  # the month in which orders were issued is over
    now = classmethod(lambda cls, zone: datetime.now(zone) + timedelta(days=31))

cli.datetime = MonthLater
for place, (arguments, around) in enumerate(json.loads(sys.argv[1])):
    sys.argv = ["doorstep", *arguments]
    os.environ.update(around)
    code = 0
    try:
        cli.main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    for name in around:
        del os.environ[name]
    print("ENDED", place, code, file=sys.stderr)
"""

LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"|sin6?_port=htons\(0\)')


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


@pytest.fixture(scope="module")
def prepared_once(after_first_night, tmp_path_factory):
    return prepared(after_first_night, tmp_path_factory.mktemp("prepared"))


@pytest.fixture
def waiting(prepared_once, tmp_path):
    """A county in which something waits for every command."""
    return county.copy(prepared_once, tmp_path / "home")


@pytest.fixture
def notes(tmp_path):
    """Where the watch writes."""
    return tmp_path / "connections.txt"


def every_command():
    """The words of every command there is."""
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        yield from ((name, one) for one in inner) if inner else ((name,),)


def used(some, notes):
    """Use commands one after the other under the watch; those that did not end as they should."""
    told = json.dumps([(one.line, one.around) for one in some])
    ended = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, told],
        capture_output=True,
        text=True,
        timeout=580,
        check=True,
        env=environment(**watching(notes), HTTPS_PROXY=NOBODYS_PROXY, HTTP_PROXY=NOBODYS_PROXY),
    )
    codes = dict(re.findall(r"^ENDED (\d+) (\d+)$", ended.stderr, re.MULTILINE))
    said = {one.words: codes.get(str(place)) for place, one in enumerate(some)}
    return {
        one.words: said[one.words] for one in some if said[one.words] not in map(str, one.codes)
    }


@pytest.mark.parametrize("slow", [False, pytest.param(True, marks=pytest.mark.long)])
def test_every_command_does_its_work_and_speaks_to_nobody(slow, waiting, notes, tmp_path):
    assert used([one for one in uses(waiting, tmp_path) if slow or not one.slow], notes) == {}
    assert silent(notes)


def test_no_command_is_left_out(waiting, tmp_path):
    watched = [tuple(one.words.split()) for one in uses(waiting, tmp_path)]
    assert sorted([*watched, *WATCHED_BELOW]) == sorted(every_command())


def silent(notes):
    """Whether the watch noted nothing."""
    return not notes.exists() or notes.read_text() == ""


WATCHED_BELOW = (("alert", "send"), ("alert", "test"), ("console",), ("serve",))
"""What must be sent something, or be ended by somebody."""


def test_the_console_speaks_to_nobody(home, notes):
    with subprocess.Popen(
        [sys.executable, "-m", "flows", "console", "--home", str(home.root), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment(**watching(notes)),
    ) as console:
        try:
            link = next(line.strip() for line in console.stdout if "http://127.0.0.1:" in line)
            with urlopen(link, timeout=60) as page:
                assert page.status == 200
        finally:
            console.terminate()
    assert silent(notes)


@pytest.mark.long
@pytest.mark.prefect
def test_the_scheduler_speaks_to_nobody(home, notes):
    with subprocess.Popen(
        [sys.executable, "-m", "flows", "serve", "--home", str(home.root)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(**watching(notes)),
    ) as serving:
        try:
            assert any("每晚运行" in line for line in serving.stderr)
            time.sleep(SOME_SECONDS)
            assert serving.poll() is None
        finally:
            serving.terminate()
    assert silent(notes)


def test_an_alert_reaches_the_named_host_and_no_other(notes, tmp_path):
    with gateway("127.0.0.2") as named, gateway("127.0.0.3") as other:
        home = wanting(
            tmp_path / "home",
            urls=[named.url("127.0.0.2")],
            ping=f"http://127.0.0.2:{named.port}/alive",
            hosts=["127.0.0.2"],
        )
        named.answer, named.leads_to = 307, f"http://127.0.0.3:{other.port}/"
        raise_alert(home, NightFailed(day=DAY, exit=1))
        sent = doorstep("alert", "send", "--home", home.root, **watching(notes))
        assert sent.code == 1
        assert [one["title"] for one in named.arrived] == ["Doorstep"]
        tried = doorstep("alert", "test", "--home", home.root, **watching(notes))
        assert tried.code == 1
        assert [one["title"] for one in named.arrived] == ["Doorstep"] * 2
        named.answer, named.leads_to = 200, None
        assert doorstep("alert", "test", "--home", home.root, **watching(notes)).code == 0
        assert other.arrived == []
    assert silent(notes)


def test_a_host_that_is_not_named_is_not_even_looked_up(notes, tmp_path):
    home = wanting(tmp_path / "home", urls=["jsons://gateway.example/x"], hosts=["other.example"])
    raise_alert(home, NightFailed(day=DAY, exit=1))
    sent = doorstep("alert", "send", "--home", home.root, **watching(notes))
    assert sent.code == 1
    assert "gateway.example" in sent.err
    assert silent(notes)


def beyond(trace):
    """The traced calls that name an address beyond this machine."""
    calls = [line for line in trace.splitlines() if "AF_INET" in line]
    return [line for line in calls if not LOOPBACK.search(line)]


def traced(folder, *command):
    """What a command and all it starts asks of the network, native code included."""
    out = folder / "trace.txt"
    subprocess.run(
        [
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-e",
            "trace=connect,sendto,sendmsg",
            "-o",
            out,
            *command,
        ],
        capture_output=True,
        timeout=580,
        check=False,
        env=environment(),
    )
    return out.read_text(errors="replace")


@pytest.mark.long
@pytest.mark.prefect
@pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace here")
def test_no_native_code_of_a_night_speaks_to_anybody(after_baseline, tmp_path):
    talk = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('192.0.2.1', 9))"
    assert beyond(traced(tmp_path, sys.executable, "-c", talk)), "strace sees it"
    home = county.copy(after_baseline, tmp_path / "home")
    night = synthetic_nights(home)[1]
    deliver_night(home, night)
    asked = ("nightly", "--home", home.root, "--date", str(night))
    trace = traced(tmp_path, sys.executable, "-m", "flows", *asked)
    assert "127.0.0.1" in trace, "Prefect speaks to its own server"
    assert beyond(trace) == []
    assert (home.outbox / str(night)).is_dir()


@pytest.mark.parametrize(
    ("module", "name", "value"),
    [
        ("flows.orchestrate", "DO_NOT_TRACK", "1"),
        ("flows.orchestrate", "PREFECT_SERVER_ANALYTICS_ENABLED", "false"),
        ("flows.receive.expectations", "GX_ANALYTICS_ENABLED", "false"),
        ("flows.desk.notebooks", "MARIMO_SKIP_UPDATE_CHECK", "1"),
    ],
)
def test_no_library_reports_on_its_use(module, name, value, tmp_path):
    starts = {
        "flows.orchestrate": "from pathlib import Path; from flows.home import Home;"
        f" module.set_environment(Home(Path({str(tmp_path)!r})))",
        "flows.receive.expectations": "module._library()",
        "flows.desk.notebooks": "from pathlib import Path; from flows.home import Home;"
        f" module.notebook_app(Home(Path({str(tmp_path)!r})))",
    }
    asked = f"import os, {module} as module; {starts[module]}; print(os.environ[{name!r}])"
    told = subprocess.run(
        [sys.executable, "-c", asked],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={key: one for key, one in environment().items() if key != name},
    )
    assert told.stdout.strip() == value
