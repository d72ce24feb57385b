"""One night at a time: a file lock that the operating system takes back when the process dies."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows import files
from flows.errors import AlreadyRunningError

_BETWEEN_TRIES = 0.1
"""Seconds; short, for threads of one process wait for each other here, too."""


@contextmanager
def only_one(path: Path, doing: str = "夜间任务", patience: float = 0) -> Iterator[None]:
    """Hold the lock, or say who holds it; `doing` is what it keeps to one at a time.

    Somebody else is waited for as many seconds as there is patience.
    """
    files.folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, files.FILE_MODE)
    try:
        if not _taken(descriptor, patience):
            holder = os.read(descriptor, 20).decode("ascii", "replace") or "?"
            message = f"另一次{doing}正在运行(进程 {holder}),本次未启动;请等它结束后再试。"
            raise AlreadyRunningError(message)
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


def _taken(descriptor: int, patience: float) -> bool:
    """Whether the lock is ours now; a clock that jumps changes no patience."""
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(min(_BETWEEN_TRIES, patience))
        else:
            return True


def holder(path: Path) -> int | None:
    """The process that holds the lock now, or None."""
    if not path.exists():
        return None
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        text = os.read(descriptor, 20).decode("ascii", "replace")
        return int(text) if text.isdigit() else None
    else:
        return None
    finally:
        os.close(descriptor)
