"""The floor, doorstep match and Splink 5, one after the other on the same rows.

    python -m benchmarks.matching.run [--people 1030000] [--city FOLDER] [--splink PYTHON]

Makes the city if it is missing. Each tool runs in a process of its own; nobody reads the files from
a cold disk. PYTHON is the environment of requirements-bench.lock; without it Splink is left out.
Splink is credited with the best of its four thresholds by overall F1, chosen with the truth;
doorstep has one. `make bench-matching` does all of this.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import date
from pathlib import Path

from benchmarks.matching.measured import (
    HEADS,
    Cost,
    city,
    doorstep,
    figures,
    floor,
    measured,
    read_once,
    scored,
)

THRESHOLDS = ("0.5", "0.9", "0.95", "0.99")


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.run")
    ask.add_argument("--people", type=int, default=1_030_000)
    ask.add_argument("--city", type=Path)
    ask.add_argument("--splink", type=Path)
    told = ask.parse_args()
    folder = told.city or Path("build") / f"city-{told.people}"
    city(folder, told.people)
    read_once(folder)
    print(machine(), flush=True)
    least = floor(folder)
    print(f"\n{COSTS}\n{cost('floor (best of three)', least)}", flush=True)
    used, links = doorstep(folder)
    print(cost("doorstep match", used, floor=least), flush=True)
    peers = splink(folder, told.splink) if told.splink else {}
    lines, whole = [HEADS, figures("doorstep match", scored(folder, links))], None
    if peers:
        results = {name: scored(folder, folder / f"splink_{name}.parquet") for name in THRESHOLDS}
        best = max(THRESHOLDS, key=lambda name: results[name].overall.pairs.f1)
        stored, whole = splink_costs(peers, best)
        print(cost(f"Splink, trained before, {best}", stored, floor=least))
        print(cost(f"Splink with training, {best}", whole, floor=least))
        lines += [
            figures(f"Splink at {name}{' (best)' if name == best else ''}", results[name])
            for name in THRESHOLDS
        ]
    print("\n" + "\n".join(lines))
    print(
        f"\ndoorstep to the floor: wall {used.wall / least.wall:.1f}, CPU {used.cpu / least.cpu:.1f}"
    )
    if whole:
        ratio = f"wall {used.wall / whole.wall:.2f}, CPU {used.cpu / whole.cpu:.2f}"
        print(f"doorstep to Splink with training: {ratio}")
    blocking = [sys.executable, "-m", "benchmarks.matching.blocking", str(folder)]
    measured(blocking, folder / "blocking.log")
    print("\n" + (folder / "blocking.log").read_text("utf-8"))


def splink(folder: Path, python: Path) -> dict:
    """Seconds (wall, CPU) of each step of Splink, and its peak."""
    command = [str(python), "-m", "benchmarks.matching.splink_peer", str(folder), "--unscored"]
    measured([*command, "--out", str(folder)], folder / "splink.log")
    return json.loads((folder / "splink_times.json").read_text("utf-8"))


def splink_costs(times: dict, best: str) -> tuple[Cost, Cost]:
    """Without and with its training; of the four clusterings only the best is counted."""
    steps = ("clean", "predict", f"cluster {best}")
    wall, cpu = (sum(times[step][at] for step in steps) for at in (0, 1))
    train = times["train"]
    peak = times["peak_gb"]
    return Cost(wall, cpu, peak), Cost(wall + train[0], cpu + train[1], peak)


COSTS = f"{'':<34}{'wall s':>9}{'CPU s':>9}{'peak GB':>9}{'x floor':>9}"


def cost(name: str, used: Cost, floor: Cost | None = None) -> str:
    """One line of costs."""
    times = f"{used.wall / floor.wall:>9.1f}" if floor else ""
    return f"{name:<34}{used.wall:>9.2f}{used.cpu:>9.2f}{used.peak_gb:>9.2f}{times}"


def machine() -> str:
    """Day, processors, Python, and how busy the machine is with other things."""
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    python = platform.python_version()
    return f"{date.today()}, {os.cpu_count()} processors, Python {python}, load before: {load}"  # noqa: DTZ011


if __name__ == "__main__":
    main()
