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
from datetime import date
from urllib.request import urlopen

import pytest
from typer.main import get_command

from flows.alerts.alert import NightFailed
from flows.alerts.pending import raise_alert
from flows.cli import app
from flows.ledger import Ledger
from flows.site import deliver_night, synthetic_nights
from tests.alerts.homes import gateway, wanting
from tests.cli.command import doorstep, environment
from tests.match.test_match_command import written
from tests.night import county
from tests.privacy.test_a_night_in_prefect import NOBODYS_PROXY, watching

RUNS_ELSEWHERE = {("nightly",), ("serve",), ("demo",), ("synth",), ("console",)}
DAY = date(2026, 11, 22)
CONNECTS = {("alert", "test"), ("alert", "send")}

ONE_AFTER_THE_OTHER = """
import json, sys
from flows import cli
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["doorstep", *arguments]
    try:
        cli.main()
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    print("ENDED", code, *arguments[:2], file=sys.stderr)
"""

LOOPBACK = re.compile(r'inet_addr\("127\.|inet_pton\(AF_INET6, "::1"|sin6?_port=htons\(0\)')


@pytest.fixture
def home(after_first_night, tmp_path):
    return county.copy(after_first_night, tmp_path / "home")


def every_command():
    """The words of every command there is."""
    for name, command in get_command(app).commands.items():
        inner = getattr(command, "commands", None)
        yield from ((name, one) for one in inner) if inner else ((name,),)


def arguments(home, folder):
    """What to call commands with; one that is not here is called with its home alone."""
    order = Ledger(home.ledger).orders(Ledger(home.ledger).position())[0].order_no
    vehicle = next((home.archive / "vehicle").iterdir())
    site = ("--home", home.root)
    return {
        ("init",): (folder / "new",),
        ("contract", "check"): (vehicle, "--source", "vehicle"),
        ("links",): ("--out", folder / "links.parquet", *site),
        ("findings",): ("--out", folder / "findings.parquet", *site),
        ("why",): (order, *site),
        ("plan",): ("--policy", home.policy / "county.toml", *site),
        ("compare",): (synthetic_nights(home)[1], *site),
        ("match",): (written(folder), "--out", folder / "matched.parquet"),
        ("review", "export"): (folder / "questions.xlsx", *site),
        ("review", "import"): (folder / "questions.xlsx", "--who", "王", *site),
        ("units",): ("--out", folder / "units", *site),
        ("release",): ("0" * 16, "--reason", "确认", "--who", "王", *site),
    }


IN_EVERY_RUN = {
    *(("init",), ("status",), ("doctor",), ("contract", "check"), ("links",), ("why",), ("match",)),
    *(("review", "export"), ("units",), ("audit", "verify"), ("rulebook",), ("model", "list")),
}


@pytest.mark.parametrize(
    "some", [IN_EVERY_RUN, pytest.param(set(every_command()), marks=pytest.mark.long)]
)
def test_no_command_speaks_to_anybody(some, home, tmp_path):
    notes = tmp_path / "connections.txt"
    known = arguments(home, tmp_path)
    commands = [
        [*words, *map(str, known.get(words, ("--home", home.root)))]
        for words in every_command()
        if words in some - RUNS_ELSEWHERE - CONNECTS
    ]
    commands.append(["alert", "send", "--home", str(home.root)])
    ended = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps(commands)],
        capture_output=True,
        text=True,
        timeout=280,
        check=True,
        env=environment(**watching(notes), HTTPS_PROXY=NOBODYS_PROXY, HTTP_PROXY=NOBODYS_PROXY),
    )
    codes = re.findall(r"^ENDED (\d) (.*)$", ended.stderr, re.MULTILINE)
    assert len(codes) == len(commands)
    worked = {words.split(" ")[0] for code, words in codes if code != "2"}
    assert worked >= {
        "init",
        "status",
        "doctor",
        "contract",
        "links",
        "why",
        "match",
        "review",
        "units",
    }
    assert not notes.exists() or notes.read_text() == ""


def test_the_console_speaks_to_nobody(home, tmp_path):
    notes = tmp_path / "connections.txt"
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
    assert not notes.exists() or notes.read_text() == ""


def test_an_alert_reaches_the_named_host_and_no_other(tmp_path):
    notes = tmp_path / "connections.txt"
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
        assert other.arrived == []
    assert not notes.exists() or notes.read_text() == ""


def test_a_host_that_is_not_named_is_not_even_looked_up(tmp_path):
    notes = tmp_path / "connections.txt"
    home = wanting(tmp_path / "home", urls=["jsons://gateway.example/x"], hosts=["other.example"])
    raise_alert(home, NightFailed(day=DAY, exit=1))
    sent = doorstep("alert", "send", "--home", home.root, **watching(notes))
    assert sent.code == 1
    assert "gateway.example" in sent.err
    assert not notes.exists() or notes.read_text() == ""


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
