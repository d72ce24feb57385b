"""One night at a time: a file lock that the operating system takes back when the process dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows import files
from flows.errors import AlreadyRunningError


@contextmanager
def only_one(path: Path, doing: str = "夜间任务") -> Iterator[None]:
    """Hold the lock, or say at once who holds it; `doing` is what it keeps to one at a time."""
    files.folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, files.FILE_MODE)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(descriptor, 20).decode("ascii", "replace") or "?"
            message = f"另一次{doing}正在运行(进程 {holder}),本次未启动;请等它结束后再试。"
            raise AlreadyRunningError(message) from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


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
