"""Lists that went out or came back, without somebody's rows.

Any form that we write, and any text or workbook that came back. What is locked and opens with no
password of ours cannot be looked into and goes as a whole.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows import files
from flows.erasure.lines import physical_lines, without_lines
from flows.erasure.sheets import rows_where, without_rows
from flows.home import Home
from flows.publish.protected import list_password, opened, protected
from flows.receive.decode import encoding_of
from flows.receive.unusable import UnusableFileError

_PACKED, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = (",", "\t", ";")


Theirs = Callable[[Sequence[str]], bool]
"""Whether a row with these texts is theirs."""


def list_files(home: Home) -> Iterator[Path]:
    """Published lists, receipts, and lists as they came back; reports hold counts alone."""
    for folder in (home.outbox, home.archive / "returns"):
        for path in files.inside(folder):
            if path.suffix.lower() not in {".html", ".json"}:
                yield path


def without(home: Home, data: bytes, theirs: Theirs) -> tuple[bytes | None, int]:
    """The list without their rows and how many those are; None where it has to go whole."""
    if data.startswith(_OLE):
        return _locked(home, data, theirs)
    if data.startswith(_PACKED):
        return _workbook(data, theirs)
    return _text(data, theirs)


def plain_hash(home: Home, data: bytes) -> str:
    """The hash of a list; a locked one is hashed as it is inside, for locking takes other salt each time."""
    return files.sha256(opened(data, list_password(home.list_password)))


@dataclass(frozen=True, kw_only=True)
class Named:
    """By what a row of a list is somebody's: an order's number, their own, or household and masked name.

    Who has the same household and the same masked name cannot be told apart there, and goes too.
    """

    orders: Collection[str]
    numbers: Collection[str]
    households: Collection[str]
    masked: Collection[str]

    def __call__(self, texts: Sequence[str]) -> bool:
        """Whether a row with these texts is theirs, however an order's number was retyped."""
        packed = _packed(" ".join(texts))
        if any(_packed(one) in packed for one in (*self.orders, *self.numbers)):
            return True
        return any(one in texts for one in self.households) and any(
            one in texts for one in self.masked
        )


def _packed(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())


def _locked(home: Home, data: bytes, theirs: Theirs) -> tuple[bytes | None, int]:
    """A workbook under the county's password; what opens with no password of ours goes as a whole."""
    password = list_password(home.list_password)
    plain = opened(data, password)
    if not plain.startswith(_PACKED):
        return None, 1
    new, rows = _workbook(plain, theirs)
    return (protected(new, str(password)), rows) if rows and new else (data, 0)


def _workbook(data: bytes, theirs: Theirs) -> tuple[bytes | None, int]:
    try:
        rows = rows_where(data, theirs)
    except (zipfile.BadZipFile, KeyError):
        return data, 0
    count = sum(map(len, rows.values()))
    return (without_rows(data, rows), count) if count else (data, 0)


def _text(data: bytes, theirs: Theirs) -> tuple[bytes | None, int]:
    try:
        encoding = encoding_of(data)
        texts = [line.decode(_strict(encoding)) for line in physical_lines(data, encoding)]
    except (UnusableFileError, UnicodeError):
        return data, 0
    whole = "".join(texts)
    delimiter = max(_DELIMITERS, key=whole.count)
    lines = [line for line, cells in _rows(whole, delimiter) if theirs(cells)]
    return (without_lines(data, encoding, delimiter, lines), len(lines)) if lines else (data, 0)


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Every row with the line it begins on (from 1)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first = 1
    for cells in reader:
        yield first, cells
        first = reader.line_num + 1


def _strict(encoding: str) -> str:
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
