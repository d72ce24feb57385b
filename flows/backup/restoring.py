"""`doorstep restore SRC --home NEW`: check all of a backup, lay it out, and rebuild the rest.

Nothing is written before everything was read and found whole. The settings come last: until they are
there, the folder is no HOME and nothing opens it. A restore that is killed is run again.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from flows import files
from flows.backup.blobs import Blobs
from flows.backup.manifest import Manifest, read_manifest
from flows.erasure.completing import complete
from flows.errors import DoorstepError, UsageError
from flows.home import CONFIG_FILE, Home, existing_home
from flows.ledger import Ledger
from flows.lock import only_one
from flows.rebuild.rebuilding import Rebuilt, rebuild
from flows.sealing.key import SealingKey
from flows.steps import Step

_RESTORING = Path("state") / "restoring.json"


def restore(
    src: Path, root: Path, label: str | None, key: SealingKey | None, step: Step
) -> tuple[Manifest, Rebuilt | None]:
    """A HOME out of a backup; the second is None where no night had ever ended."""
    src, root = src.resolve(), root.resolve()
    manifest = read_manifest(src, label, key)
    store = Blobs(src, key if manifest.key else None)
    _refuse_occupied(root, manifest)
    step("核对备份", lambda: _refuse_broken(store, manifest))
    step("写入文件", lambda: lay_out(store, manifest, root))
    home = existing_home(root)
    rebuilt = None
    if Ledger(home.ledger).nights():
        with only_one(home.lock, "恢复"):
            complete(home, step)
            rebuilt = rebuild(home, step)
    files.remove(root / _RESTORING)
    return manifest, rebuilt


def lay_out(store: Blobs, manifest: Manifest, root: Path) -> None:
    """Write every file to its place, the settings last."""
    files.write_raw(root / _RESTORING, json.dumps({"label": manifest.label}).encode("ascii"))
    for one in sorted(manifest.files, key=lambda one: one.path == CONFIG_FILE):
        files.write_raw(root / one.path, store.get(one))
    for folder in ("inbox", "outbox", "returns"):
        files.folder(root / folder)


def _refuse_occupied(root: Path, manifest: Manifest) -> None:
    """Only an empty place will do, or one where this very backup was being restored."""
    begun = root / _RESTORING
    if begun.is_file() and json.loads(files.read_raw(begun))["label"] == manifest.label:
        return
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise UsageError(f"{root} 不是空目录,没有恢复。请换一个新目录,原有内容未被改动。")


def _refuse_broken(store: Blobs, manifest: Manifest) -> None:
    faults = Counter(fault for one in manifest.files if (fault := store.fault(one)))
    if faults:
        told = "、".join(f"{fault} {count} 份" for fault, count in sorted(faults.items()))
        raise DoorstepError(f"备份不完整({told}),没有恢复。请改用另一份备份(--label)。")


def home_in(root: Path) -> Home:
    """The HOME that a restore has made or is about to make."""
    return Home(root.resolve())
