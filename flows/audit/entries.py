"""One entry of the audit trail, and the line it is written as.

An entry carries the hash of the one before it, so that none can be changed, removed or moved
without breaking all that follow; and a keyed seal, so that nobody without the key can add one.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict, dataclass, fields
from typing import Any

NOTHING_BEFORE = "0" * 64
TORN = "torn"
"""What an entry says that accounts for bytes a power cut left behind the entry before it."""


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What was done. Ids are opaque and no value of a row stands here.

    on: the household, person, order, delivery or model meant. filter and count: of an export.
    sha256: of the file that went out or came in.
    """

    what: str
    on: str = ""
    reason: str = ""
    filter: str = ""
    count: int | None = None
    sha256: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry(Deed):
    """A deed with its place in the chain: who did it when; hash covers all but itself and seal."""

    number: int
    at: str
    who: str
    role: str
    previous: str
    hash: str
    seal: str

    @property
    def line(self) -> bytes:
        """The entry as it stands in the file, its newline included."""
        return _canonical(asdict(self)) + b"\n"


def entered(deed: Deed, *, last: Entry | None, at: str, who: str, role: str, key: bytes) -> Entry:
    """The deed as the entry after `last`."""
    body: dict[str, Any] = {
        **asdict(deed),
        "number": last.number + 1 if last else 1,
        "at": at,
        "who": who,
        "role": role,
        "previous": last.hash if last else NOTHING_BEFORE,
    }
    digest = hashlib.sha256(_canonical(body)).hexdigest()
    return Entry(**body, hash=digest, seal=_sealed(digest, key))


def read_line(line: bytes) -> Entry | None:
    """The entry that a line holds; None where the line is none, be it torn or tampered with."""
    try:
        tree = json.loads(line)
    except ValueError:
        return None
    if not isinstance(tree, dict) or set(tree) != _NAMES:
        return None
    entry = Entry(**tree)
    texts = (entry.hash, entry.previous, entry.what, entry.sha256)
    is_one = isinstance(entry.number, int) and all(isinstance(text, str) for text in texts)
    return entry if is_one else None


def is_whole(entry: Entry, line: bytes) -> bool:
    """Whether the line says, byte for byte, what its hash was made of."""
    body = {name: value for name, value in asdict(entry).items() if name not in {"hash", "seal"}}
    return (
        entry.line.rstrip(b"\n") == line
        and hashlib.sha256(_canonical(body)).hexdigest() == entry.hash
    )


def is_sealed(entry: Entry, key: bytes) -> bool:
    """Whether somebody who had the key wrote it."""
    return hmac.compare_digest(str(entry.seal), _sealed(entry.hash, key))


_NAMES = {field.name for field in fields(Entry)}


def _sealed(digest: str, key: bytes) -> str:
    return hmac.new(key, digest.encode(), hashlib.sha256).hexdigest()


def _canonical(tree: dict[str, Any]) -> bytes:
    return json.dumps(tree, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
