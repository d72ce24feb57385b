"""What a command costs in a process of its own: wall and CPU seconds, peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from benchmarks.matching.truth import Score, score


@dataclass(frozen=True)
class Cost:
    """Seconds and gigabytes (10^9 bytes, resident)."""

    wall: float
    cpu: float
    peak_gb: float


def measured(command: Sequence[str], log: Path) -> Cost:
    """Run a command to its end; what it prints goes to the log, and a failure ends everything."""
    start = time.perf_counter()
    with log.open("w", encoding="utf-8") as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}\n{log.read_text('utf-8')[-3000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e9)


def scored(folder: Path, links: Path) -> Score:
    """The score, counted in another process: a child starts with its parent's peak memory."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(score, folder / "truth.parquet", links).result()


def city(folder: Path, people: int, *more: str) -> None:
    """Make a city unless it is there."""
    if not (folder / "truth.parquet").exists():
        folder.mkdir(parents=True, exist_ok=True)
        make = [sys.executable, "-m", "benchmarks.matching.city", str(folder)]
        measured([*make, "--people", str(people), *more], folder / "city.log")


def doorstep(folder: Path) -> tuple[Cost, Path]:
    """`doorstep match` with no setting at all."""
    links = folder / "links.parquet"
    command = [sys.executable, "-m", "flows", "match", str(folder / "spec.toml")]
    return measured([*command, "--out", str(links)], folder / "doorstep.log"), links


def floor(folder: Path, times: int = 3) -> Cost:
    """The cheapest of several runs, so that ratios to it are not flattered by a slow one."""
    command = [sys.executable, "-m", "benchmarks.matching.floor", str(folder)]
    costs = [measured(command, folder / "floor.log") for _ in range(times)]
    return Cost(
        *(min(getattr(cost, name) for cost in costs) for name in ("wall", "cpu", "peak_gb"))
    )


def read_once(folder: Path) -> None:
    """Bring the files into memory, so that whoever reads them first does not pay for the disk."""
    for file in sorted(folder.glob("*.csv")):
        with file.open("rb") as opened:
            while opened.read(1 << 24):
                pass


HEADS = f"{'':<34}{'F1':>9}{'HARD F1':>9}{'right':>8}{'wrong':>8}"


def figures(name: str, result: Score) -> str:
    """One line: overall F1, HARD F1, HARD rows on their own and on somebody else's register person."""
    hard = result.hard
    return (
        f"{name:<34}{result.overall.pairs.f1:>9.5f}{hard.pairs.f1:>9.4f}"
        f"{hard.right_share:>8.4f}{hard.wrong_share:>8.4f}"
    )
