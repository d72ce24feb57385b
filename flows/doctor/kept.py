"""What the house keeps: who may read it, whether its clock went back, what was left behind."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from flows import lock
from flows.alerts import heartbeat
from flows.doctor.finding import Finding
from flows.home import Home
from flows.ledger import Ledger
from flows.leftovers import left_running, marked

_NO_LONGER_WRITTEN = 3600
"""Seconds; a part file older than this belongs to a process that is gone."""


def permissions(home: Home, today: date) -> Iterator[Finding]:
    """Everything about people is its owner's alone."""
    open_to_others = [path for path in _everything(home) if path.stat().st_mode & 0o077]
    folders = [str(path.relative_to(home.root)) for path in open_to_others if path.is_dir()]
    count = len(open_to_others) - len(folders)
    rooms = sorted({path.relative_to(home.root).parts[0] for path in open_to_others})
    mend = f"chmod 700 {' '.join(folders[:5])}" if folders else ""
    more = f"{count} 个文件其他用户可读:chmod -R go= {' '.join(rooms)}" if count else ""
    yield Finding(
        what="目录权限",
        well=not open_to_others,
        mend=";".join(filter(None, (mend, more))) + "(目前其他用户可读)",
        mend_en=f"others may read them: chmod -R go= {' '.join(rooms)}",
    )


def clock(home: Home, today: date) -> Iterator[Finding]:
    """A night after today, or a heartbeat from the future: the clock was set back, or had been wrong."""
    nights = Ledger(home.ledger).nights() if home.ledger.exists() else []
    ended = heartbeat.last(home).ended
    is_ahead = ended is not None and ended > datetime.now(UTC) + timedelta(hours=1)
    yield Finding(
        what="系统时间",
        well=not is_ahead and all(row["night"] <= today.isoformat() for row in nights),
        mend="台账中有晚于今天的夜次:请核对系统时间(timedatectl),确认后等到该日期再继续",
        mend_en="the ledger knows a night after today: check the clock (timedatectl)",
    )


def locks(home: Home, today: date) -> Iterator[Finding]:
    """A lock dies with its process; one that does not lies on a disk that cannot lock."""
    import psutil

    holder = lock.holder(home.lock)
    yield Finding(
        what="运行锁",
        well=holder is None or psutil.pid_exists(holder),
        mend=f"锁由已不存在的进程 {holder} 占用:工作目录不要放在网络盘上",
        mend_en=f"held by process {holder}, which is gone: do not keep HOME on a network disk",
    )
    left = left_running(home.state / "prefect-server.json")
    if lock.holder(home.lock) is None:
        left += len(marked(home.root))
    yield Finding(
        what="遗留进程",
        well=left == 0,
        mend=f"有 {left} 个进程是被中断的夜间任务留下的;下一次夜间任务会结束它们",
        mend_en=f"{left} processes of a killed night still run; the next night ends them",
    )


def parts(home: Home, today: date) -> Iterator[Finding]:
    """What was being written when a process died; never read by anybody."""
    before = time.time() - _NO_LONGER_WRITTEN
    left = [
        path
        for path in _everything(home)
        if path.name.endswith(".part") and path.stat().st_mtime < before
    ]
    yield Finding(
        what="残留的临时文件",
        well=not left,
        mend=f"{len(left)} 个 .part 文件是中断时留下的,确认没有夜间任务在运行后可删除:"
        f"{'、'.join(sorted({str(path.parent.relative_to(home.root)) for path in left}))}",
        mend_en=f"{len(left)} .part files were left by a killed process; remove them while no night runs",
    )


def _everything(home: Home) -> Iterator[Path]:
    """Our own rooms; the inbox and returns belong to those who put files there."""
    for room in (home.state, home.archive, home.quarantine, home.outbox, home.held, home.refused):
        if room.is_dir():
            yield room
            yield from (path for path in room.rglob("*") if not path.is_symlink())
