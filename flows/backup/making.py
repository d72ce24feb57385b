"""`doorstep backup DEST`: one more backup in a place; what is there already is not copied again.

No night and no taking of returned lists runs meanwhile; people may go on deciding at the desk, for
the ledger is copied by SQLite as it stands at one moment. A backup that is killed has no manifest and
is none; its contents serve the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows import files
from flows.backup.blobs import Blobs
from flows.backup.kept import LEDGER, kept_files
from flows.backup.manifest import (
    FOLDER,
    Copied,
    Manifest,
    labels,
    read_manifest,
    write_manifest,
)
from flows.errors import UsageError
from flows.home import Home
from flows.ledger import Ledger
from flows.lock import only_one

BACKED_UP = "backed_up"
"""The ledger's entries of backups: label, place, when it was made, until when it is kept."""

_LABEL = "%Y%m%dT%H%M%S%fZ"
README = "说明.txt"
_ABOUT = """Doorstep 的备份。恢复:doorstep restore 本目录 --home 新目录。
manifests/ 每份备份一张清单,最后写成;blobs/ 是内容,各份备份共用,请勿单独删除。
{secrecy}
没有放进备份、须另外妥善保存的:{apart}。
"""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A backup that was made: how many files it has, and how many bytes had to be copied."""

    manifest: Manifest
    copied: int
    bytes: int
    dropped: int


def back_up(home: Home, dest: Path, *, now: datetime, with_keys: bool = False) -> Made:
    """Make a backup, note it in the ledger, and drop those whose time is over."""
    dest = dest.resolve()
    if dest.is_relative_to(home.root):
        raise UsageError("备份不能放在工作目录里面。请换一个位置,最好是另一块磁盘。")
    key = files.house_key(home.root)
    with only_one(home.lock, "任务"), only_one(home.returns_lock, "回单登记"):
        ledger = Ledger(home.ledger)
        store = Blobs(dest, key)
        copied = [_ledger(home, store)]
        for inside in kept_files(home, with_keys=with_keys):
            copied.append(store.put(inside, files.read_raw(home.root / inside)))
        nights = [row["night"] for row in ledger.nights()]
        manifest = Manifest(
            label=now.astimezone(UTC).strftime(_LABEL),
            key=key.id if key else "",
            night=max(nights, default=""),
            files=tuple(copied),
        )
        files.write_raw(dest / README, _about(home, sealed=key is not None, with_keys=with_keys))
        write_manifest(dest, manifest, key)
        until = now + timedelta(days=home.config.retention.backups_days)
        ledger.note(
            BACKED_UP,
            {
                "label": manifest.label,
                "place": str(dest),
                "at": now.isoformat(timespec="seconds"),
                "until": until.date().isoformat(),
            },
        )
        dropped = _drop_old(home, dest, store, now)
    return Made(manifest=manifest, copied=store.copied, bytes=store.bytes, dropped=dropped)


def _ledger(home: Home, store: Blobs) -> Copied:
    scratch = home.state / "restored" / LEDGER.name
    try:
        return store.put(LEDGER, files.read_raw(files.copy_ledger(home.ledger, scratch)))
    finally:
        files.discard(scratch.parent)


def _drop_old(home: Home, dest: Path, store: Blobs, now: datetime) -> int:
    """Backups older than the site keeps them; the newest stays in any case."""
    oldest = now - timedelta(days=home.config.retention.backups_days)
    limit = oldest.astimezone(UTC).strftime(_LABEL)
    over = [label for label in labels(dest)[:-1] if label < limit]
    for label in over:
        files.remove(dest / FOLDER / f"{label}.json")
    if over:
        key = files.house_key(home.root)
        kept = (read_manifest(dest, label, key) for label in labels(dest))
        store.keep_only({one.blob for manifest in kept for one in manifest.files})
    return len(over)


def _about(home: Home, *, sealed: bool, with_keys: bool) -> bytes:
    secrecy = (
        "内容是加密的,没有加密密钥不能恢复。"
        if sealed
        else "内容没有加密,含个人信息:请放在加密的、只有专人能用的介质上。"
    )
    apart = ["加密密钥(环境变量、密钥文件或钥匙串)"] if sealed else []
    if not with_keys and home.list_password.is_file():
        apart.append("名单口令(state/list_password)")
    return _ABOUT.format(secrecy=secrecy, apart="、".join(apart) or "无").encode("utf-8")
