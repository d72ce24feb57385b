"""The sealing key: 32 random bytes that a site keeps apart from its home. Never shown, never logged."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from flows.errors import DoorstepError

SIZE = 32
KEY, OLD_KEY = "DOORSTEP_KEY", "DOORSTEP_OLD_KEY"
_FILE = "_FILE"
_KEYRING_USER = "sealing key"
_OTHERS_MAY_READ = 0o077

Reader = Callable[[Path], str]
"""How the file door reads a text that is not sealed; nothing here opens a file itself."""


@dataclass(frozen=True, kw_only=True)
class Secret:
    """[secret] of doorstep.toml: where the key is, never the key."""

    key_file: str = ""
    keyring: str = ""
    required: bool = False


@dataclass(frozen=True, eq=False)
class SealingKey:
    """A key that shows its name only."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """16 hex digits that tell one key from another and nothing else about it."""
        return hmac.digest(self.secret, b"doorstep key id", hashlib.sha256)[:8].hex()

    def derived(self, purpose: str, salt: bytes = b"") -> bytes:
        """32 bytes for one purpose, from which neither the key nor another purpose's can be had."""
        return HKDF(SHA256(), SIZE, salt or None, f"doorstep {purpose}".encode()).derive(
            self.secret
        )


def new_key() -> str:
    """A new key as it is written down: base64 of 32 random bytes."""
    return base64.b64encode(secrets.token_bytes(SIZE)).decode("ascii")


def configured_key(root: Path, secret: Secret, read: Reader) -> SealingKey | None:
    """The key of a site: environment first, then its file, then the keyring; None where none is set."""
    found = _from_environment(KEY, read)
    if found is None and secret.key_file:
        found = _from_file(root / secret.key_file, read)
    if found is None and secret.keyring:
        found = _from_keyring(secret.keyring)
    return found


def old_key(read: Reader) -> SealingKey | None:
    """The key that a home was sealed with before it is sealed anew."""
    return _from_environment(OLD_KEY, read)


def without_keys(environment: dict[str, str]) -> dict[str, str]:
    """An environment for a child that has no business with the data."""
    return {
        name: value for name, value in environment.items() if not name.startswith((KEY, OLD_KEY))
    }


def _from_environment(name: str, read: Reader) -> SealingKey | None:
    if text := os.environ.get(name):
        return _understood(text, f"环境变量 {name}")
    if path := os.environ.get(name + _FILE):
        return _from_file(Path(path), read)
    return None


def _from_file(path: Path, read: Reader) -> SealingKey:
    if not path.is_file():
        raise DoorstepError(f"找不到密钥文件 {path.name}。请检查 key_file 或 {KEY}{_FILE}。")
    if path.stat().st_mode & _OTHERS_MAY_READ and not _is_systemd_credential(path):
        raise DoorstepError(f"密钥文件 {path.name} 其他用户可读。请运行 chmod 600 后重试。")
    return _understood(read(path), f"密钥文件 {path.name}")


def _is_systemd_credential(path: Path) -> bool:
    """Credentials are guarded by an access list, whose mask shows as a group's right to read."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return bool(folder) and path.is_relative_to(str(folder))


def _from_keyring(service: str) -> SealingKey:
    import keyring
    from keyring.errors import KeyringError

    try:
        text = keyring.get_password(service, _KEYRING_USER)
    except KeyringError:
        text = None
    if not text:
        raise DoorstepError(f"系统钥匙串中没有 {service} 的“{_KEYRING_USER}”。请先存入密钥。")
    return _understood(text, "系统钥匙串")


def _understood(text: str, where: str) -> SealingKey:
    """32 bytes in hex or base64. The error is raised outside: its context would quote the text."""
    secret = _hex(text.strip()) or _base64(text.strip())
    if secret is None or len(secret) != SIZE:
        raise DoorstepError(
            f"{where} 中的密钥写法不对:应为 32 字节的 base64 或十六进制。"
            "可用 doorstep keys new-key 生成。"
        )
    return SealingKey(secret)


def _hex(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text) if len(text) == 2 * SIZE else None
    except ValueError:
        return None


def _base64(text: str) -> bytes | None:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
