"""Trials of policy values that officers start at the desk: one a person, each in its own process.

HOME/state/trials/LOGIN holds the last one: what was tried, and its result once there is one.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any

import psutil

from flows import files
from flows.errors import AlreadyRunningError, DoorstepError
from flows.home import Home
from flows.lock import holder
from flows.planning.trial import LOCK, POLICY, RESULT
from flows.policy import Policy, parse

_RUNNING: dict[Path, subprocess.Popen[bytes]] = {}
_STARTING = Lock()
_TRIAL = "flows.planning.trial"
_PATIENCE = 10.0
"""Seconds for a trial of an earlier desk to end."""


def folder_of(home: Home, who: str) -> Path:
    """Where a person's last trial lies."""
    return home.state / "trials" / who


def start_trial(home: Home, who: str, policy: str) -> None:
    """Start trying a policy file's text; refused while the same person's last trial runs."""
    folder = folder_of(home, who)
    with _STARTING:
        if is_running(home, who):
            raise AlreadyRunningError("您的上一次试算还在进行,请等它结束。")
        files.clear_folder(folder)
        files.write(folder / POLICY, policy)
        _RUNNING[folder] = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", _TRIAL, str(home.root), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def is_running(home: Home, who: str) -> bool:
    """Whether a person's trial is under way, even one that an earlier desk started."""
    folder = folder_of(home, who)
    started = _RUNNING.get(folder)
    return (started is not None and started.poll() is None) or holder(folder / LOCK) is not None


def stop_trial(home: Home, who: str) -> bool:
    """End a person's trial, whichever desk started it; False if none ran. What it leaves are caches."""
    if not is_running(home, who):
        return False
    folder = folder_of(home, who)
    started = _RUNNING.get(folder)
    if started is not None and started.poll() is None:
        started.kill()
        started.wait()
    else:
        _end_of_earlier_desk(folder)
    if is_running(home, who):
        raise DoorstepError("试算没有停下来,还在进行。请等它结束,或请运维人员停止它。")
    return True


def _end_of_earlier_desk(folder: Path) -> None:
    """End the process that holds a trial's lock, if it really is that trial."""
    pid = holder(folder / LOCK)
    if pid is None:
        return
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        words = process.cmdline()
        if _TRIAL in words and Path(words[-1]).name == folder.name:
            process.kill()
            process.wait(_PATIENCE)


def tried(home: Home, who: str) -> Policy | None:
    """The values of a person's last trial, if there was one."""
    path = folder_of(home, who) / POLICY
    return parse({path.name: files.read(path)}) if path.is_file() else None


def result(home: Home, who: str) -> dict[str, Any] | None:
    """What a person's last trial came to; None while it runs, and where there was none."""
    path = folder_of(home, who) / RESULT
    if is_running(home, who):
        return None
    if path.is_file():
        found: dict[str, Any] = json.loads(files.read_text(path))
        return found
    stopped = {"state": "failed", "kind": "", "said": "这次试算没有结束就停了,请重新试算。"}
    return stopped if tried(home, who) else None
