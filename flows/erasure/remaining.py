"""Is anything left? Every place is searched, decrypted, unlocked and unpacked, for a person's traces.

Files are read row by row. A workbook that is locked and opens with no password of ours cannot be looked
into and counts as a hit.
"""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from flows import files
from flows.erasure.lists import without
from flows.erasure.traces import Traces
from flows.home import Home
from flows.sealing.places import room_of

_PLACES = ("archive", "held", "quarantine", "refused", "outbox", "state")
_DATABASES = (".duckdb", ".sqlite", ".wal", "-wal", "-shm")
_PACKED = b"PK\x03\x04"
_PAGES = {".html", ".json"}


def remaining(home: Home, traces: Traces) -> Counter[str]:
    """How many files of each place, and rows of each database, are still about the person."""
    wanted = [
        form.encode(code)
        for number in traces.numbers
        for form in {number, number.lower()}
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    ]
    found: Counter[str] = Counter()
    for place in _PLACES:
        for path in files.inside(home.root / place):
            if not path.name.endswith(_DATABASES) and path.name != "erasing.json":
                data = files.read(path)
                found[room_of(path, home.root)] += _holds(data, wanted) or _names(
                    home, path, data, traces
                )
    found["state/work.duckdb"] = _rows_of(home, traces)
    found["state/ledger.sqlite"] = _entries_of(home, traces)
    return +found


def _holds(data: bytes, wanted: Sequence[bytes]) -> bool:
    return any(one in part for part in _parts(data) for one in wanted)


def _names(home: Home, path: Path, data: bytes, traces: Traces) -> bool:
    """Whether a row of a table, or a line of a page or of what the machine keeps, is theirs."""
    inside = path.relative_to(home.root)
    is_own = inside.is_relative_to("archive/returns") or inside.parts[0] in {"outbox", "state"}
    theirs: Callable[[Sequence[str]], bool] = traces.in_own if is_own else traces.in_delivered
    if inside.parts[0] == "state" or path.suffix.lower() in _PAGES:
        return any(theirs([line]) for line in data.decode("utf-8", "ignore").splitlines())
    return without(home, data, theirs)[1] > 0


def _parts(data: bytes) -> Iterator[bytes]:
    yield data
    if data.startswith(_PACKED):
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                yield from (archive.read(entry) for entry in archive.infolist())
        except zipfile.BadZipFile:
            return


def _rows_of(home: Home, traces: Traces) -> int:
    """Records that say it of themselves, in their own columns."""
    if not home.work.exists():
        return 0
    connection = files.duckdb_database(home.work, read_only=True)
    try:
        (count,) = connection.execute(
            "SELECT count(*) FROM identities WHERE list_contains($numbers, id_clean) "
            "OR list_contains($numbers, id_number) OR (id_clean IS NULL "
            "AND (list_contains($names, name) OR list_contains($names, name_key)) "
            "AND (list_contains($births, CAST(birth_date AS VARCHAR)) "
            "OR list_contains($phones, phone_key)))",
            {name: list(values) for name, values in vars(traces).items()},
        ).fetchone()
    finally:
        connection.close()
    return int(count)


def _entries_of(home: Home, traces: Traces) -> int:
    """Rows of any table of the ledger; a page that was freed was overwritten."""
    count = 0
    with files.ledger_database(home.ledger) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
        for (name,) in map(tuple, tables):
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                count += traces.in_own([value for value in row if isinstance(value, str)])
    return count
