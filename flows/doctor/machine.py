"""What the machine gives: disk, inodes, memory, the time zone, encodings, the packaged extension."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flows import files
from flows.doctor.finding import Finding
from flows.home import Home

_FREE_GB, _FREE_INODES, _SPARE_GB = 10, 100_000, 1
_SHANGHAI = timedelta(hours=8)
_PROBE = "探针·龘䶮.tmp"


def disk(home: Home, today: date) -> Iterator[Finding]:
    """Room for a night: spilled rows, results, snapshot."""
    free = shutil.disk_usage(home.root).free / 1e9
    yield Finding(
        what=f"磁盘剩余 {free:.0f} GB",
        well=free > _FREE_GB,
        mend=f"至少留出 {_FREE_GB} GB",
        mend_en=f"leave at least {_FREE_GB} GB free",
    )


def inodes(home: Home, today: date) -> Iterator[Finding]:
    """Room for files; some file systems count none."""
    counted = os.statvfs(home.root)
    yield Finding(
        what="可建文件数",
        well=counted.f_files == 0 or counted.f_favail >= _FREE_INODES,
        mend=f"该分区可再建的文件不足 {_FREE_INODES} 个,请清理或换分区",
        mend_en=f"fewer than {_FREE_INODES} inodes are left; clean up or move HOME",
    )


def memory(home: Home, today: date) -> Iterator[Finding]:
    """Whether the machine has what [night] promises to the engine."""
    import psutil

    total, asked = psutil.virtual_memory().total / 1e9, home.config.night.memory_gb
    yield Finding(
        what=f"内存 {total:.0f} GB,夜间任务上限 {asked} GB",
        well=total >= asked + _SPARE_GB,
        mend="把 doorstep.toml [night] 的 memory_gb 调小,至少给系统留 1 GB",
        mend_en="lower memory_gb under [night]; leave the system at least 1 GB",
    )


def zone(home: Home, today: date) -> Iterator[Finding]:
    """Cron keeps the machine's time; our own dates are Shanghai's in any zone."""
    yield Finding(
        what="服务器时区",
        well=datetime.now().astimezone().utcoffset() == _SHANGHAI,
        mend="timedatectl set-timezone Asia/Shanghai(业务日期不受影响,cron 的钟点会偏)",
        mend_en="timedatectl set-timezone Asia/Shanghai (dates are right anyway; cron's hours are not)",
    )


def encodings(home: Home, today: date) -> Iterator[Finding]:
    """Chinese file names and Chinese lines."""
    told = {sys.getfilesystemencoding().lower(), (sys.stdout.encoding or "").lower()}
    yield Finding(
        what="UTF-8 与中文文件名",
        well=told == {"utf-8"} and _keeps_chinese_names(home),
        mend="运行前设 LANG=C.UTF-8 或 PYTHONUTF8=1;工作目录不要放在不支持中文文件名的盘上",
        mend_en="set LANG=C.UTF-8 or PYTHONUTF8=1; keep HOME on a disk with Chinese file names",
    )


def extension(home: Home, today: date) -> Iterator[Finding]:
    """Whether the extension that encrypts loads from the environment, without any network."""
    from flows.sealing.databases import encrypt_duckdb

    well = True
    connection = files.duckdb_database(":memory:")
    try:
        encrypt_duckdb(connection)
    except Exception:
        well = False
    finally:
        connection.close()
    yield Finding(
        what="DuckDB 加密扩展(httpfs)",
        well=well,
        mend="按锁定文件重新安装,duckdb 与 duckdb-extension-httpfs 版本必须相同",
        mend_en="install from the lock again; duckdb and duckdb-extension-httpfs must be of one version",
    )


def _keeps_chinese_names(home: Home) -> bool:
    probe = home.state / _PROBE
    try:
        files.write(probe, "")
        return _PROBE in {path.name for path in home.state.iterdir()}
    except (OSError, UnicodeError):
        return False
    finally:
        files.remove(probe)
