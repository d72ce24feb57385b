"""Kill -9 while a night runs inside real Prefect, then the same command again.

The night is the command of the schedule, with its server and worker. What it comes to is compared with
the plain night that nothing happened to; any process of the home that outlives the next night counts.
"""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import psutil

from benchmarks.trust.row import Row
from benchmarks.trust.survive import copied, ready, undisturbed
from benchmarks.trust.survive_seen import differing_files, everything
from flows.errors import Exit
from flows.home import Home
from flows.leftovers import MARK

_PUBLISHED = (Exit.DONE, Exit.WARNINGS, Exit.NOTHING_NEW)
_ENDING = 10
"""Seconds that what is ending anyhow is given."""


def prefect_kills(count: int = 20) -> Row:
    """So many random instants of a night as long as one that is left alone."""
    home, night = ready()
    luck, took = random.Random(20), _seconds_of_a_night()
    died = repairs = left = 0
    wrong: list[str] = []
    for _ in range(count):
        hurt = copied(home, "killed-in-prefect")
        with _nightly(hurt, night) as process:
            died += _killed(process, luck.uniform(0, took))
        with _nightly(hurt, night) as again:
            repairs += again.wait() not in _PUBLISHED
        left += _still_running(hurt)
        wrong += differing_files(everything(hurt), undisturbed())
    seen = (
        f"{count} instants of {took:.0f} s, {died} died: hand repairs {repairs}, "
        f"left-over processes {left}, wrong {len(wrong)} {wrong[:5]}"
    )
    passed = died > 0 and not (repairs or left or wrong)
    return Row("kill -9 through real Prefect, then rerun", "equal; 0; 0", seen, passed)


def _seconds_of_a_night() -> float:
    home, night = ready()
    calm, began = copied(home, "calm-in-prefect"), time.perf_counter()
    with _nightly(calm, night) as process:
        process.wait()
    return time.perf_counter() - began


def _nightly(home: Home, night: date) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "flows", "nightly", "--home", str(home.root), "--date", str(night)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
    )


def _killed(process: subprocess.Popen[bytes], after: float) -> bool:
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.kill()
        return True
    return False


def _still_running(home: Home) -> int:
    """Processes of a home that do not end by themselves; they are ended, for the next trial."""
    found = [one for one in psutil.process_iter() if _is_of(one, home)]
    _, left = psutil.wait_procs(found, timeout=_ENDING)
    for one in left:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.kill()
    return len(left)


def _is_of(process: psutil.Process, home: Home) -> bool:
    """Whether a night of the home started it, by its mark, or it works in there, by its words."""
    root = str(home.root)
    with contextlib.suppress(psutil.Error, OSError):
        around = process.environ()
        words = [around.get(MARK, ""), around.get("PREFECT_HOME", ""), *process.cmdline()]
        return any(word == root or word.startswith(f"{root}/") for word in words)
    return False
