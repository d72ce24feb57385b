"""Prefect around the plain night: every step shows as a task, nothing of a row ever does.

Prefect is imported here and only after the lock is held. Results are not cached and not persisted:
our own ledger knows what is done. The ephemeral server belongs to this process; should the
process be killed, the next night ends what it left behind.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from flows import files
from flows.home import Home
from flows.steps import FIRST_STEP, Step

T = TypeVar("T")

_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_SERVER_API_HOST": "127.0.0.1",
    "PREFECT_CLI_COLORS": "false",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


def set_environment(home: Home) -> None:
    """Keep Prefect inside HOME, silent and on loopback; a configured server is respected."""
    for name, value in _QUIET.items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("PREFECT_HOME", str(files.folder(home.state / "prefect")))


def in_prefect(home: Home, label: str, work: Callable[[Step], T]) -> T:
    """Run the night as a Prefect flow whose tasks are the night's steps."""
    end_leftovers(home)
    set_environment(home)
    from prefect import flow, task
    from prefect.cache_policies import NO_CACHE

    def as_task(name: str, step: Callable[[], T]) -> T:
        if name == FIRST_STEP:
            note_children(home)
        return task(name=name, cache_policy=NO_CACHE, persist_result=False)(step)()

    @flow(name="doorstep-nightly", flow_run_name=label, persist_result=False)
    def nightly() -> None:
        answers.append(work(as_task))

    answers: list[T] = []
    nightly()
    return answers[0]


def note_children(home: Home) -> None:
    """Remember the processes that Prefect started for us, by id and moment of birth."""
    mine = psutil.Process()
    noted = [_noted(process) for process in (mine, *mine.children(recursive=True))]
    files.write(_children_file(home), json.dumps(noted))


def end_leftovers(home: Home) -> int:
    """End servers that a killed night left running; returns how many there were."""
    path = _children_file(home)
    if not path.exists():
        return 0
    owner, *children = json.loads(files.read_text(path))
    if _running(owner):
        return 0
    left = [process for process in map(_running, children) if process]
    for process in left:
        process.kill()
    psutil.wait_procs(left, timeout=10)
    files.remove(path)
    return len(left)


def _noted(process: psutil.Process) -> dict[str, float]:
    return {"pid": process.pid, "born": process.create_time()}


def _running(noted: dict[str, float]) -> psutil.Process | None:
    """The noted process if it still runs and is not another that was given its number."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(int(noted["pid"]))
        if abs(process.create_time() - noted["born"]) < 1:
            return process
    return None


def _children_file(home: Home) -> Path:
    return home.state / "prefect-children.json"
