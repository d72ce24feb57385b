"""`doorstep backup DEST --drill`: is the newest backup worth anything? Restored, rebuilt, compared, removed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flows import files
from flows.backup.blobs import Blobs
from flows.backup.manifest import Manifest
from flows.backup.restoring import restore
from flows.home import Home
from flows.lock import only_one
from flows.rebuild.contents import contents, differing
from flows.sealing.key import KEY
from flows.steps import Step


@dataclass(frozen=True, kw_only=True)
class Drilled:
    """minutes: for all of it. bytes: of files that came out otherwise than they lay in HOME.

    tables: of the two databases, compared with those in use.
    """

    minutes: float
    files: int
    bytes: int
    tables: int
    differing: Sequence[str]


def drill(home: Home, dest: Path, step: Step) -> Drilled:
    """Restore into a folder inside HOME, which is as closed as HOME itself, and remove it again."""
    started = time.perf_counter()
    root = files.clear_folder(home.state / "restored")
    key = files.house_key(home.root)
    try:
        with only_one(home.lock, "任务"), _same_key(home):
            manifest, _ = restore(dest, root, None, key, step)
            wrong = _unlike(manifest, root, Blobs(dest.resolve(), key))
            restored = Home(root)
            tables = {name: _tables(home, restored, name) for name in ("work", "snapshot")}
    finally:
        files.discard(root)
    return Drilled(
        minutes=(time.perf_counter() - started) / 60,
        files=len(manifest.files),
        bytes=wrong,
        tables=sum(count for count, _ in tables.values()),
        differing=[f"{name}.{one}" for name, (_, found) in tables.items() for one in found],
    )


def _unlike(manifest: Manifest, root: Path, store: Blobs) -> int:
    """Bytes of restored files that are not what lay in HOME; SQLite may fold its log into the ledger."""
    return sum(
        one.size
        for one in manifest.files
        if not one.path.endswith(".sqlite")
        and files.sha256(files.read_raw(root / one.path)) != one.sha256
    )


def _tables(home: Home, restored: Home, name: str) -> tuple[int, Sequence[str]]:
    now, then = getattr(home, name), getattr(restored, name)
    if not now.exists() and not then.exists():
        return 0, ()
    found = contents(now), contents(then)
    return len(found[0]), differing(*found)


@contextmanager
def _same_key(home: Home) -> Iterator[None]:
    """A key file that HOME names from where it lies is not there as seen from the restored one."""
    named, variable = home.config.secret.key_file, f"{KEY}_FILE"
    if not named or os.environ.get(KEY) or os.environ.get(variable):
        yield
        return
    os.environ[variable] = str(home.root / named)
    try:
        yield
    finally:
        del os.environ[variable]
