"""A sealed file: AES-256-GCM in chunks under a key of its own. Bytes in, bytes out.

    magic 8 | version 1 | id of the site's key 8 | salt 32 | chunk, chunk, ..., last chunk

Every file has its own key (HKDF of the site's key and the salt), so a nonce is the chunk's number
and whether it is the last. What is cut, reordered, glued or changed anywhere does not open.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from flows.errors import DoorstepError
from flows.sealing.key import SealingKey

MAGIC, VERSION = b"DOORSEAL", 1
CHUNK = 1 << 16
_TAG = 16
_HEADER = struct.Struct(">8sB8s32s")
HEADER_SIZE = _HEADER.size


class BrokenSealError(DoorstepError):
    """A sealed file that is cut short, changed, or not one of ours."""


def is_sealed(data: bytes) -> bool:
    """Whether these are the (first) bytes of a sealed file."""
    return data.startswith(MAGIC)


def key_id_of(data: bytes) -> str:
    """The id of the key that a sealed file was written with; '' where the header is cut."""
    return _HEADER.unpack_from(data)[2].hex() if len(data) >= HEADER_SIZE else ""


def seal(key: SealingKey, data: bytes) -> bytes:
    """The sealed file that holds these bytes."""
    salt = secrets.token_bytes(32)
    header = _HEADER.pack(MAGIC, VERSION, bytes.fromhex(key.id), salt)
    cipher = AESGCM(key.derived("file", salt))
    pieces = (
        cipher.encrypt(nonce, piece, header) for nonce, piece in _numbered(memoryview(data), CHUNK)
    )
    return b"".join((header, *pieces))


def unseal(key: SealingKey, data: bytes, name: str) -> bytes:
    """The bytes that a sealed file holds; `name` is what an error calls it."""
    if len(data) < HEADER_SIZE + _TAG or not is_sealed(data):
        raise BrokenSealError(_broken(name))
    header = data[:HEADER_SIZE]
    _, version, key_id, salt = _HEADER.unpack(header)
    if version != VERSION:
        raise BrokenSealError(f"{name} 是由更新版本的 Doorstep 加密的。请升级程序后重试。")
    if key_id.hex() != key.id:
        raise BrokenSealError(
            f"{name} 是用另一把密钥加密的({key_id.hex()},现用 {key.id})。"
            "请换上原来的密钥,或运行 doorstep keys reseal。"
        )
    cipher = AESGCM(key.derived("file", salt))
    body = memoryview(data)[HEADER_SIZE:]
    try:
        return b"".join(
            cipher.decrypt(nonce, piece, header) for nonce, piece in _numbered(body, CHUNK + _TAG)
        )
    except InvalidTag:
        raise BrokenSealError(_broken(name)) from None


def _numbered(data: memoryview, size: int) -> Iterator[tuple[bytes, memoryview]]:
    """The pieces of a text with their nonces; even an empty text has a (last) piece."""
    last = max(0, (len(data) - 1) // size)
    for number in range(last + 1):
        nonce = number.to_bytes(11, "big") + bytes([number == last])
        yield nonce, data[number * size : (number + 1) * size]


def _broken(name: str) -> str:
    return f"加密文件 {name} 不完整或被改动过,没有读取。请从备份恢复这一份后重试。"
