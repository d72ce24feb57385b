"""How long the desk takes for a filter, a household and a search while 20 officers work at it.

    python -m benchmarks.desk_load --locust .venv-bench/bin/locust [--households 1000000] [--officers 20]
                                   [--seconds 60] [--think 2 8] [--home A_COUNTY_WITH_NIGHTS]

A small synthetic county runs its nights, then its snapshot is grown by copying rows under new ids.
Printed: clicks, p50 and p95 in the server, and of the bare query in the same run. Bound: p95 of 300 ms.
"""

from __future__ import annotations

import argparse
import csv
import http.cookiejar
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pyotp

from benchmarks.desk_load.bare import bare
from benchmarks.desk_load.grown import grow
from benchmarks.desk_load.plan import plan_of
from flows.access.roles import Role
from flows.desk.accounts import Accounts, Enrolment, enrol
from flows.desk.sessions import COOKIE
from flows.home import Home, existing_home
from flows.site import deliver_night, synthetic_home, synthetic_nights
from flows.start import Wish, start

_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


def main() -> None:
    """Make the city, serve it, let the officers in, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--locust", required=True)
    parser.add_argument("--households", type=int, default=1_000_000)
    parser.add_argument("--officers", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--think", type=float, nargs=2, default=(2, 8))
    parser.add_argument("--home", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = _county(Path(folder) / "home", asked.home)
        rows = grow(home.snapshot, asked.households)
        print(", ".join(f"{table} {count:,}" for table, count in rows.items() if count > 100_000))
        plan = plan_of(home)
        alone = bare(home, plan)
        people = [_officer(home, number) for number in range(asked.officers)]
        port = _free_port()
        desk = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.desk_load.timed", str(home.root), str(port)]
        )
        try:
            host = f"http://127.0.0.1:{port}"
            _until_served(host)
            officers = [_log_in(host, one) for one in people]
            print(f"the first list of a night: {_first_list(host, officers[0]):.0f} ms")
            told = {**plan, "officers": officers, "seconds_between": asked.think}
            _table(_played(asked, host, told, Path(folder)), alone)
        finally:
            desk.terminate()
            desk.wait()


def _county(root: Path, given: Path | None) -> Home:
    """A county of 3,000 with a baseline and a night, or a copy of one that is there."""
    if given:
        shutil.copytree(given, root)
        (root / "state" / "accounts.json").unlink(missing_ok=True)
        return existing_home(root)
    synthetic_home(root, residents=3_000, nights=1, seed=1)
    home = existing_home(root)
    for place, night in enumerate(synthetic_nights(home)):
        deliver_night(home, night)
        start(home, Wish(on=night, baseline=place == 0), prefect=False)
    return home


def _officer(home: Home, number: int) -> Enrolment:
    accounts = Accounts(home.state / "accounts.json")
    return enrol(accounts, f"officer{number}", f"数据员{number}", Role.OFFICER, None)


def _log_in(host: str, who: Enrolment) -> dict[str, str]:
    """The cookie and the form token of a new session."""
    jar = http.cookiejar.CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    browser.addheaders = [("origin", host)]
    said = {
        "login": who.account.login,
        "password": who.password,
        "code": pyotp.TOTP(who.account.second).now(),
        "csrf": _token(browser.open(f"{host}/login")),
    }
    browser.open(f"{host}/login", urllib.parse.urlencode(said).encode())
    token = _token(browser.open(f"{host}/me"))
    return {"cookie": next(one.value or "" for one in jar if one.name == COOKIE), "token": token}


def _first_list(host: str, officer: dict[str, str]) -> float:
    """Milliseconds of the click that prepares the list for everybody who comes after."""
    asked = urllib.request.Request(
        f"{host}/list", headers={"cookie": f"{COOKIE}={officer['cookie']}"}
    )
    with urllib.request.urlopen(asked) as answer:
        return float(answer.headers["server-timing"].partition("dur=")[2])


def _token(answer: object) -> str:
    found = _TOKEN.search(answer.read().decode())  # type: ignore[attr-defined]
    assert found, "a page without its form token"
    return found[1]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_served(host: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(f"{host}/login").close()
            return
        except OSError:
            time.sleep(0.5)
    sys.exit("the desk did not start")


def _played(
    asked: argparse.Namespace, host: str, plan: dict[str, object], folder: Path
) -> dict[str, dict[str, str]]:
    """What locust counted, by action; it ends with 1 where a request failed."""
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    command = [
        *(asked.locust, "-f", str(Path(__file__).with_name("officers.py")), "--host", host),
        *("--headless", "--only-summary", "-u", str(asked.officers), "-r", str(asked.officers)),
        *("-t", f"{asked.seconds}s", "--csv", str(folder / "seen")),
    ]
    environment = {**os.environ, "DESK_LOAD": str(folder / "plan.json")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout[-3000:] + done.stderr[-3000:])
    with (folder / "seen_stats.csv").open(encoding="utf-8", newline="") as stats:
        return {row["Name"]: row for row in csv.DictReader(stats) if row["Type"] == "server"}


def _table(seen: dict[str, dict[str, str]], alone: dict[str, tuple[float, float]]) -> None:
    load = " ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"load averages {load} on {os.cpu_count()} cores")
    print(f"{'ms':<16}{'clicks':>8}{'p50':>8}{'p95':>8}{'bare p50':>10}{'bare p95':>10}")
    for action, (half, most) in alone.items():
        row = seen[action]
        told = f"{action:<16}{row['Request Count']:>8}{row['50%']:>8}{row['95%']:>8}"
        print(f"{told}{half:>10.1f}{most:>10.1f}")


if __name__ == "__main__":
    main()
