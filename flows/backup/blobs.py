"""Where the bytes of a backup lie: each content once, under a name made of the content.

So a file that has not changed since the last backup is not copied again. What is sealed in HOME is
copied as it lies; what lies open there is sealed here where there is a key.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from flows import files
from flows.backup.manifest import Copied
from flows.errors import DoorstepError
from flows.sealing import container
from flows.sealing.key import SealingKey

FOLDER = "blobs"


class Blobs:
    """The contents in one place, under the key of the house or open."""

    def __init__(self, dest: Path, key: SealingKey | None) -> None:
        self._folder, self._key = dest / FOLDER, key
        self.copied = self.bytes = 0

    def put(self, inside: Path, data: bytes) -> Copied:
        """Keep the bytes that lie at a place of HOME."""
        digest = files.sha256(data)
        is_open = self._key is not None and not _is_sealed(inside, data)
        name = self._name(digest)
        if not self._path(name).is_file():
            sealed = container.seal(self._key, data) if is_open and self._key else data
            files.write_raw(self._path(name), sealed)
            self.copied, self.bytes = self.copied + 1, self.bytes + len(sealed)
        return Copied(
            path=inside.as_posix(),
            size=len(data),
            sha256=digest,
            blob=name,
            sealed=is_open,
        )

    def fault(self, one: Copied) -> str:
        """What is wrong with the bytes of a file: nothing, that they are missing, or changed."""
        if not self._path(one.blob).is_file():
            return "缺失"
        try:
            return "" if files.sha256(self.get(one)) == one.sha256 else "被改动"
        except DoorstepError:
            return "被改动"

    def get(self, one: Copied) -> bytes:
        """The bytes as they lay in HOME."""
        data = files.read_raw(self._path(one.blob))
        if not one.sealed:
            return data
        if self._key is None:
            raise DoorstepError("备份是加密的,没有配置密钥。请设置 DOORSTEP_KEY 后重试。")
        return container.unseal(self._key, data, one.blob[:16])

    def keep_only(self, names: Collection[str]) -> int:
        """Remove the contents that no backup needs any more."""
        wanted = set(names)
        gone = [path for path in files.inside(self._folder) if path.name not in wanted]
        for path in gone:
            files.remove(path)
        return len(gone)

    def _name(self, digest: str) -> str:
        """Under a key the name tells nobody else whether a certain content is there."""
        if self._key is None:
            return digest
        return files.sha256(self._key.derived("backup name") + digest.encode("ascii"))

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name


def _is_sealed(inside: Path, data: bytes) -> bool:
    """Whether the bytes at a place of a sealed HOME are sealed already; databases seal themselves."""
    return container.is_sealed(data) or inside.suffix == ".sqlite"
