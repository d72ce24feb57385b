"""How long the desk takes to show and to take decisions while 20 officers work at it.

    python -m benchmarks.desk_load --locust .venv-bench/bin/locust [--households 1000000] [--officers 20]
                                   [--seconds 60] [--think 2 8] [--home A_COUNTY_WITH_NIGHTS]

A small synthetic county runs its nights, then its snapshot is grown by copying rows under new ids.
One click in ten decides: puts off, names a visitor, answers a question, shows somebody in full.
Printed: clicks, p50 and p95 in the server, and of the bare query of a read in the same run. Bound: p95
of 300 ms.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from benchmarks.desk_load.bare import bare
from benchmarks.desk_load.grown import grow
from benchmarks.desk_load.plan import plan_of
from benchmarks.desk_load.served import county, served
from flows.desk.sessions import COOKIE


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
        home = county(Path(folder) / "home", asked.home)
        rows = grow(home.snapshot, asked.households)
        print(", ".join(f"{table} {count:,}" for table, count in rows.items() if count > 100_000))
        plan = plan_of(home)
        alone = bare(home, plan)
        with served(home, asked.officers) as (host, officers):
            print(f"the first list of a night: {_first_list(host, officers[0]):.0f} ms")
            told = {**plan, "officers": officers, "seconds_between": asked.think}
            _table(_played(asked, host, told, Path(folder)), alone)


def _first_list(host: str, officer: dict[str, str]) -> float:
    """Milliseconds of the click that prepares the list for everybody who comes after."""
    asked = urllib.request.Request(
        f"{host}/list", headers={"cookie": f"{COOKIE}={officer['cookie']}"}
    )
    with urllib.request.urlopen(asked) as answer:
        return float(answer.headers["server-timing"].partition("dur=")[2])


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
    reads_first = sorted(seen, key=lambda action: (action not in alone, action))
    for action in reads_first:
        row = seen[action]
        told = f"{action:<16}{row['Request Count']:>8}{row['50%']:>8}{row['95%']:>8}"
        print(told + "".join(f"{one:>10.1f}" for one in alone.get(action, ())))


if __name__ == "__main__":
    main()
