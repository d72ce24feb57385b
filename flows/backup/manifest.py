"""What a backup consists of. It is written last: a backup without its manifest is none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath

from flows import files
from flows.errors import DoorstepError, UsageError
from flows.sealing import container
from flows.sealing.key import SealingKey

FORMAT = 1
FOLDER = "manifests"


@dataclass(frozen=True, kw_only=True)
class Copied:
    """One file. sha256: of its bytes as they lay in HOME; blob: under which name they lie here.

    `sealed` when the backup sealed it: it lay open in HOME (outbox, inbox, settings).
    """

    path: str
    size: int
    sha256: str
    blob: str
    sealed: bool


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """label: when it was made (UTC). key: the id of the key that it needs, '' where it lies open."""

    label: str
    key: str
    night: str
    files: Sequence[Copied]
    format: int = FORMAT


def write_manifest(dest: Path, manifest: Manifest, key: SealingKey | None) -> Path:
    """Make the backup one; file names, too, are sealed where there is a key."""
    data = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode("utf-8")
    path = dest / FOLDER / f"{manifest.label}.json"
    return files.write_raw(path, data if key is None else container.seal(key, data))


def labels(dest: Path) -> list[str]:
    """The backups in a place, the oldest first."""
    return [path.stem for path in files.listing(dest / FOLDER) if path.suffix == ".json"]


def read_manifest(dest: Path, label: str | None, key: SealingKey | None) -> Manifest:
    """A backup by its label, or the newest."""
    found = labels(dest)
    if not found or (label is not None and label not in found):
        raise UsageError("这里没有完整的备份(manifests/ 中没有相应的清单)。请检查路径。")
    path = dest / FOLDER / f"{label or found[-1]}.json"
    data = files.read_raw(path)
    if container.is_sealed(data):
        if key is None:
            raise DoorstepError(
                f"备份是加密的(密钥 {container.key_id_of(data)})。请设置 DOORSTEP_KEY "
                "或 DOORSTEP_KEY_FILE 后重试。"
            )
        data = container.unseal(key, data, path.name)
    return _understood(data, path.name)


def _understood(data: bytes, name: str) -> Manifest:
    try:
        tree = json.loads(data)
        listed = tuple(Copied(**one) for one in tree.pop("files"))
        manifest = Manifest(**tree, files=listed)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise DoorstepError(f"备份清单 {name} 无法解读,没有恢复。请改用另一份备份。") from None
    if manifest.format != FORMAT:
        raise DoorstepError("备份由更新版本的 Doorstep 写成。请升级程序后重试。")
    for one in manifest.files:
        place = PurePosixPath(one.path)
        if place.is_absolute() or ".." in place.parts or not one.blob.isalnum():
            raise DoorstepError(f"备份清单 {name} 指向工作目录之外,没有恢复。")
    return manifest
