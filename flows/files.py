"""The one file door: every file and database of the house is opened and written here.

What is written appears whole or not at all: a temporary neighbour, fsync, rename, fsync of the
folder. Files are 0600 and folders 0700, because nearly everything here is about people.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flows.errors import DoorstepError

FILE_MODE, FOLDER_MODE = 0o600, 0o700
_PART = ".part"
_PIECE = 1 << 22


def keep_private() -> None:
    """Let all that this process and its children create be its owner's only: DuckDB, Prefect too."""
    os.umask(0o777 & ~FOLDER_MODE)


def read(path: Path) -> bytes:
    """The bytes of a file."""
    return path.read_bytes()


def read_text(path: Path) -> str:
    """The text of one of our own files (UTF-8)."""
    return path.read_text(encoding="utf-8")


def folder(path: Path) -> Path:
    """Make a folder, and those above it, readable by its owner only."""
    missing = [parent for parent in (path, *path.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return path


def write(path: Path, data: bytes | str) -> Path:
    """Write a file so that after a crash it is there whole, or as it was before."""
    folder(path.parent)
    part = path.with_name(path.name + _PART)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data.encode("utf-8") if isinstance(data, str) else data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
    return path


def sync_folder(path: Path) -> None:
    """Make renames inside a folder survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Remove a file if it is there."""
    path.unlink(missing_ok=True)


def move(path: Path, to: Path) -> Path:
    """Move a file inside the same file system; it is never in neither place."""
    folder(to.parent)
    path.replace(to)
    sync_folder(to.parent)
    return to


def discard(path: Path) -> None:
    """Remove a folder and all in it, if it is there."""
    shutil.rmtree(path, ignore_errors=True)


def clear_folder(path: Path) -> Path:
    """An empty folder, whatever stood there before."""
    shutil.rmtree(path, ignore_errors=True)
    return folder(path)


def write_folder(path: Path, contents: Mapping[str, bytes]) -> Path:
    """Write a whole folder of files (names may hold '/') that appears at once by rename."""
    part = clear_folder(path.with_name(path.name + _PART))
    for name, data in sorted(contents.items()):
        write(part / name, data)
    for inner in sorted({(part / name).parent for name in contents}, reverse=True):
        sync_folder(inner)
    shutil.rmtree(path, ignore_errors=True)
    part.replace(path)
    sync_folder(path.parent)
    return path


def listing(path: Path) -> list[Path]:
    """The regular files of a folder by name; symbolic links and hidden or part files are not ours."""
    if not path.is_dir():
        return []
    return sorted(
        file
        for file in path.iterdir()
        if file.is_file()
        and not file.is_symlink()
        and not file.name.startswith((".", "~$"))
        and not file.name.endswith(_PART)
    )


def sha256(data: bytes) -> str:
    """The hash that names a delivery, in hex."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def ledger_database(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger, opened for one piece of work: write-ahead log, every commit on disk."""
    folder(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT, FILE_MODE))
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection
    finally:
        connection.close()


def duckdb_database(path: Path | str, *, read_only: bool = False, **settings: Any) -> Any:
    """A DuckDB connection with our settings; nothing is ever downloaded."""
    import duckdb

    config = {"autoinstall_known_extensions": False, "autoload_known_extensions": False, **settings}
    existed = isinstance(path, str) or path.exists()
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.IOException:
        name = Path(path).name
        raise DoorstepError(
            f"无法打开 {name}:可能正被其他程序占用或磁盘有误。关闭后重试。"
        ) from None
    if not existed:
        Path(path).chmod(FILE_MODE)
    return connection


def write_parquet(path: Path, rows: Any) -> Path:
    """Write a Polars frame as Parquet, whole or not at all."""
    buffer = io.BytesIO()
    rows.write_parquet(buffer, statistics=False)
    return write(path, buffer.getvalue())


def head(path: Path, size: int) -> bytes:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return file.read(size)


def recode(path: Path, encoding: str, to: Path) -> Path:
    """Copy a text file into UTF-8, a piece at a time; raises UnicodeError where it is broken."""
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with path.open(encoding=encoding, newline="") as old, os.fdopen(descriptor, "wb") as new:
        while piece := old.read(_PIECE):
            new.write(piece.encode("utf-8"))
    return to


def count_lines(path: Path) -> int:
    """The lines of a text file; a last one without its end is one, too."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            count += piece.count(b"\n")
            last = piece[-1:]
    return count + (last != b"\n")


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """A neighbour for somebody else to write; it takes the path's place once it is whole."""
    folder(path.parent)
    part = path.with_name(path.name + _PART)
    try:
        yield part
        part.chmod(FILE_MODE)
        descriptor = os.open(part, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        part.replace(path)
        sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)
