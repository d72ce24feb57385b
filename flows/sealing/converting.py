"""Bring every file of a home under one key, from open or from another key; can be killed anywhere.

A file is what it was until its sealed copy takes its place by rename, and tells by itself which of
the two it is; so the same command, run again, goes on where it stopped. Meanwhile the marker says
"not finished", and nothing else opens the home.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows import files
from flows.audit.entries import Deed
from flows.audit.noting import note
from flows.errors import DoorstepError
from flows.home import Home
from flows.lock import only_one
from flows.sealing import container, databases
from flows.sealing.key import SealingKey
from flows.sealing.marker import Marker
from flows.sealing.places import MARKER, PASSING, room_of, sealed_files

_PLAIN_LEDGER = b"SQLite format 3\0"


def bring_under(home: Home, key: SealingKey, before: SealingKey | None) -> Counter[str]:
    """Seal all that is not under the key yet; returns how many files, by place."""
    with only_one(home.lock), only_one(home.returns_lock, "回单登记"):
        mark(home, Marker(key=key.id, before=before.id if before else "", finished=False))
        _sweep(home)
        changed: Counter[str] = Counter()
        for path in sealed_files(home.root):
            changed[room_of(path, home.root)] += _convert(path, key, before)
        mark(home, Marker(key=key.id))
        note(home, Deed(what="sealed", on=key.id, count=changed.total()))
    return +changed


def mark(home: Home, marker: Marker) -> None:
    """Write on the home itself how it is sealed."""
    files.write_raw(home.root / MARKER, marker.written().encode("ascii"))


def _sweep(home: Home) -> None:
    """What a killed process left half written, and what was spilled, may hold names: gone with it."""
    for name in PASSING:
        files.discard(home.state / name)
    for path in sealed_files(home.root):
        if path.name.endswith((".part", ".part-journal")):
            files.remove(path)
    for log in home.state.rglob("*.part.wal"):
        files.remove(log)


def _convert(path: Path, key: SealingKey, before: SealingKey | None) -> bool:
    if path.suffix == ".duckdb":
        return _convert_duckdb(path, key, before)
    if path.suffix == ".sqlite":
        return _convert_ledger(path, key, before)
    return _convert_file(path, key, before)


def _convert_file(path: Path, key: SealingKey, before: SealingKey | None) -> bool:
    data = files.read_raw(path)
    if container.is_sealed(data):
        if container.key_id_of(data) == key.id:
            return False
        data = container.unseal(before or key, data, path.name)
    files.write_raw(path, container.seal(key, data))
    return True


def _convert_duckdb(path: Path, key: SealingKey, before: SealingKey | None) -> bool:
    with _workshop(path) as duckdb:
        if _opens(duckdb, path, key):
            return False
        if not _opens(duckdb, path, before):
            raise DoorstepError(f"{path.name} 打不开:可能正被查看台等程序占用。请关闭后重新运行。")
        with files.appearing(path) as part:
            databases.attach(duckdb, path, "before", before)
            databases.attach(duckdb, part, "after", key)
            duckdb.execute("COPY FROM DATABASE before TO after")
            duckdb.execute("DETACH after")
            duckdb.execute("DETACH before")
    return True


def _opens(duckdb: Any, path: Path, key: SealingKey | None) -> bool:
    import duckdb as library

    try:
        databases.attach(duckdb, path, "tried", key)
    except library.Error:
        return False
    duckdb.execute("DETACH tried")
    return True


@contextmanager
def _workshop(path: Path) -> Iterator[Any]:
    """An engine that holds no file yet and encrypts what it spills beside the one it works on."""
    duckdb = files.duckdb_database(":memory:", temp_directory=f"{path}.tmp")
    try:
        databases.encrypt_duckdb(duckdb)
        yield duckdb
    finally:
        duckdb.close()


def _convert_ledger(path: Path, key: SealingKey, before: SealingKey | None) -> bool:
    if files.head(path, len(_PLAIN_LEDGER)) != _PLAIN_LEDGER and _is_ledger_under(path, key):
        return False
    with files.sqlcipher_file(path, before) as connection:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute("PRAGMA journal_mode = DELETE")
        with files.appearing(path) as part:
            connection.execute("ATTACH ? AS after KEY ?", [str(part), databases.ledger_key(key)])
            connection.execute("SELECT sqlcipher_export('after')")
            connection.execute(f"PRAGMA after.user_version = {version}")
            connection.execute("DETACH after")
    return True


def _is_ledger_under(path: Path, key: SealingKey) -> bool:
    try:
        with files.sqlcipher_file(path, key):
            return True
    except DoorstepError:
        return False
