"""A workbook that opens only with a password, for lists that travel by mail or memory stick.

Excel and WPS ask for it (ECMA-376 agile encryption, AES-256). The salt is random: the same list gives
other bytes each time, so whatever is hashed or compared is the workbook before it is protected.
"""

from __future__ import annotations

import io
from pathlib import Path

from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError
from msoffcrypto.format.ooxml import OOXMLFile

from flows import files
from flows.errors import DoorstepError

SHORTEST = 8
_OLE = b"\xd0\xcf\x11\xe0"
_OTHERS_MAY_READ = 0o077


def protected(xlsx: bytes, password: str) -> bytes:
    """The workbook as the bytes of a file that asks for the password."""
    file = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx)).encrypt(password, file)
    return file.getvalue()


def opened(content: bytes, password: str | None) -> bytes:
    """What somebody sent back without its protection; as it came where the password does not fit."""
    if password is None or not content.startswith(_OLE):
        return content
    plain = io.BytesIO()
    try:
        file = OOXMLFile(io.BytesIO(content))
        file.load_key(password=password, verify_password=True)
        file.decrypt(plain)
    except (FileFormatError, DecryptionError, InvalidKeyError, OSError):
        return content
    return plain.getvalue()


def list_password(path: Path) -> str | None:
    """The password of the lists, from a file that only its owner may read; None without the file."""
    if not path.is_file():
        return None
    if path.stat().st_mode & _OTHERS_MAY_READ:
        raise DoorstepError(f"{path.name} 能被其他用户读取,请运行 chmod 600 {path.name} 后重试。")
    password = files.read_text(path).strip()
    if len(password) < SHORTEST:
        raise DoorstepError(f"{path.name} 中的密码不足 {SHORTEST} 位,请改长后重试。")
    return password
