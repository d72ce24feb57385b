"""What a killed owner left running is found and ended.

The lasting server's processes are noted by id and moment of birth. A night's are marked in their
environment instead: a night can be killed before it could note anything.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import psutil

from flows import files

MARK = "DOORSTEP_NIGHT"
"""In the environment of all that a night starts; its value is HOME."""


def mark_children(home: Path) -> None:
    """Whatever this process starts from now on is the night's."""
    os.environ[MARK] = str(home)


def marked(home: Path) -> list[psutil.Process]:
    """What runs for a night of this home; ourselves, what started us and what we started apart."""
    mine = psutil.Process()
    ours = {one.pid for one in (mine, *mine.parents(), *mine.children(recursive=True))}
    return [one for one in psutil.process_iter() if one.pid not in ours and _is_marked(one, home)]


def end_marked(home: Path) -> int:
    """End what killed nights left; the caller holds the night's lock. Returns how many there were."""
    left = marked(home)
    _kill(left)
    return len(left)


def _is_marked(process: psutil.Process, home: Path) -> bool:
    with contextlib.suppress(psutil.Error, OSError):
        return process.environ().get(MARK) == str(home)
    return False


def note(path: Path, processes: Iterable[psutil.Process]) -> None:
    """Note processes; the first is the owner of the others."""
    noted = [{"pid": one.pid, "born": one.create_time()} for one in processes]
    files.write(path, json.dumps(noted))


def end_leftovers(path: Path) -> int:
    """End what a killed owner left running, and what that had started; returns how many there were."""
    if not path.exists() or _owner_runs(path):
        return 0
    left = _left(path)
    _kill(left)
    files.remove(path)
    return len(left)


def left_running(path: Path) -> int:
    """How many processes a killed owner left running."""
    return len(_left(path)) if path.exists() and not _owner_runs(path) else 0


def _owner_runs(path: Path) -> bool:
    return _running(json.loads(files.read_text(path))[0]) is not None


def _left(path: Path) -> list[psutil.Process]:
    children = json.loads(files.read_text(path))[1:]
    return [one for child in map(_running, children) if child for one in _with_descendants(child)]


def end_all(*_signal: Any) -> NoReturn:
    """End all that this process started, and this process; a handler of signals."""
    _kill(psutil.Process().children(recursive=True))
    os._exit(0)


def _kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=10)


def _with_descendants(process: psutil.Process) -> list[psutil.Process]:
    with contextlib.suppress(psutil.NoSuchProcess):
        return [*process.children(recursive=True), process]
    return [process]


def _running(noted: dict[str, float]) -> psutil.Process | None:
    """The noted process if it still runs and is not another that was given its number."""
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(int(noted["pid"]))
        if abs(process.create_time() - noted["born"]) < 1:
            return process
    return None
