"""Is anything left? Every place is searched, decrypted and unpacked, for the person's own numbers."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from flows import files
from flows.home import Home
from flows.sealing.places import room_of

_PLACES = ("archive", "held", "quarantine", "refused", "outbox", "state")
_DATABASES = (".duckdb", ".sqlite", ".wal", "-wal", "-shm")
_PACKED = b"PK\x03\x04"


def remaining(home: Home, numbers: Sequence[str]) -> Counter[str]:
    """How many files of each place, and rows of each database, still hold one of the numbers."""
    wanted = [
        form.encode(code)
        for number in numbers
        for form in {number, number.lower()}
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    found: Counter[str] = Counter()
    for place in _PLACES:
        for path in files.inside(home.root / place):
            if not path.name.endswith(_DATABASES) and path.name != "erasing.json":
                found[room_of(path, home.root)] += _holds(path, wanted)
    found["state/work.duckdb"] = _rows_of(home, numbers)
    found["state/ledger.sqlite"] = _entries_of(home, numbers)
    return +found


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    data = files.read(path)
    return any(one in part for part in _parts(data) for one in wanted)


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(_PACKED):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from (archive.read(entry) for entry in archive.infolist())
        except zipfile.BadZipFile:
            return


def _rows_of(home: Home, numbers: Sequence[str]) -> int:
    if not home.work.exists():
        return 0
    connection = files.duckdb_database(home.work, read_only=True)
    try:
        (count,) = connection.execute(
            "SELECT count(*) FROM identities WHERE list_contains(?, id_clean) "
            "OR list_contains(?, id_number)",
            [list(numbers), list(numbers)],
        ).fetchone()
    finally:
        connection.close()
    return int(count)


def _entries_of(home: Home, numbers: Sequence[str]) -> int:
    """Rows of any table of the ledger; a page that was freed was overwritten."""
    count = 0
    with files.ledger_database(home.ledger) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (name,) in map(tuple, tables):
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                count += any(
                    number in value for value in row if isinstance(value, str) for number in numbers
                )
    return count
