"""state/sealed.json: that a home is sealed, and the name of the key. Whoever lacks it is told so."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from flows.errors import DoorstepError
from flows.sealing.key import KEY, Reader, SealingKey, Secret, configured_key
from flows.sealing.places import MARKER

_FORMAT = 1


@dataclass(frozen=True, kw_only=True)
class Marker:
    """The key's id; the one before, while files are still carried over; whether that is finished."""

    key: str
    before: str = ""
    finished: bool = True
    format: int = _FORMAT

    def written(self) -> str:
        """As it stands on disk."""
        return json.dumps(asdict(self), indent=1)


def read_marker(root: Path, read: Reader) -> Marker | None:
    """The marker of a home; None where the home is not sealed."""
    path = root / MARKER
    if not path.is_file():
        return None
    try:
        marker = Marker(**json.loads(read(path)))
    except (ValueError, TypeError):
        marker = None
    if marker is None or marker.format != _FORMAT:
        raise DoorstepError(f"{MARKER} 无法解读,不能确定用哪把密钥。请从备份恢复这个文件。")
    return marker


def house_key(root: Path, read: Reader) -> SealingKey | None:
    """The key of a sealed home, None for an open one; a wrong, missing or half-changed key is refused."""
    marker = read_marker(root, read)
    if marker is None:
        return None
    if not marker.finished:
        command = "reseal" if marker.before else "seal"
        raise DoorstepError(f"上一次加密没有完成。请运行 doorstep keys {command} 补完后重试。")
    key = _site_key(root, marker.key, *_told(), read)
    if key is None:
        raise DoorstepError(
            f"工作目录已加密(密钥 {marker.key}),但没有配置密钥。请设置 {KEY}、{KEY}_FILE,"
            "或在 doorstep.toml 的 [secret] 写 key_file 或 keyring。"
        )
    if key.id != marker.key:
        raise DoorstepError(
            f"密钥不对:工作目录用 {marker.key} 加密,配置的是 {key.id}。请换上正确的密钥;"
            "如要更换密钥,请运行 doorstep keys reseal。"
        )
    return key


def site_key(root: Path, read: Reader) -> SealingKey | None:
    """The key that a site has configured, whether or not its home is sealed."""
    return configured_key(root, secret_of(root, read), read)


def secret_of(root: Path, read: Reader) -> Secret:
    """[secret] of a home's doorstep.toml; what is wrong with the rest, `Home.config` says."""
    path = root / "doorstep.toml"
    try:
        tree = tomllib.loads(read(path)) if path.is_file() else {}
    except tomllib.TOMLDecodeError:
        return Secret()
    stated = tree.get("secret", {})
    return Secret(**{name: stated[name] for name in Secret.__dataclass_fields__ if name in stated})


def _told() -> tuple[str | None, str | None]:
    return os.environ.get(KEY), os.environ.get(f"{KEY}_FILE")


@lru_cache(maxsize=8)
def _site_key(
    root: Path, _marked: str, _key: str | None, _file: str | None, read: Reader
) -> SealingKey | None:
    """Asked once for each marker and environment: the keyring is slow, and files are many."""
    return site_key(root, read)
