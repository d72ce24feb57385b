"""What of a home lies on disk unencrypted."""

from __future__ import annotations

from collections import Counter

from flows import files
from flows.home import Home
from flows.sealing import container
from flows.sealing.places import room_of, sealed_files

_DUCKDB_FLAG = 20
"""Where the header of a DuckDB file says that what follows is encrypted."""
_HEAD = 64


def unsealed_files(home: Home) -> Counter[str]:
    """How many files lie open in each place that a sealed home keeps sealed."""
    found: Counter[str] = Counter()
    for path in sealed_files(home.root):
        data = files.head(path, _HEAD)
        if not (container.is_sealed(data) or _is_encrypted_database(path.suffix, data)):
            found[room_of(path, home.root)] += 1
    return found


def _is_encrypted_database(suffix: str, data: bytes) -> bool:
    if suffix == ".sqlite":
        return not data.startswith(b"SQLite format 3\0")
    return suffix == ".duckdb" and data[_DUCKDB_FLAG : _DUCKDB_FLAG + 1] == b"\x01"
