"""Trials of policy values that officers start at the desk: one a person, each in its own process.

HOME/state/trials/LOGIN holds the last one: what was tried, and its result once there is one.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import Lock
from typing import Any

from flows import files
from flows.errors import AlreadyRunningError
from flows.home import Home
from flows.lock import holder
from flows.planning.trial import LOCK, POLICY, RESULT
from flows.policy import Policy, parse

_RUNNING: dict[Path, subprocess.Popen[bytes]] = {}
_STARTING = Lock()


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
            [sys.executable, "-m", "flows.planning.trial", str(home.root), str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )


def is_running(home: Home, who: str) -> bool:
    """Whether a person's trial is under way, even one that an earlier desk started."""
    folder = folder_of(home, who)
    started = _RUNNING.get(folder)
    return (started is not None and started.poll() is None) or holder(folder / LOCK) is not None


def stop_trial(home: Home, who: str) -> None:
    """End a trial of this desk; what it leaves are caches."""
    started = _RUNNING.get(folder_of(home, who))
    if started is not None and started.poll() is None:
        started.kill()
        started.wait()


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
