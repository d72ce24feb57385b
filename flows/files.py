"""The one file door: every file and database of the house is opened and written here.

What is written appears whole or not at all: a temporary neighbour, fsync, rename, fsync of the
folder. Files are 0600 and folders 0700, because nearly everything here is about people. What lies in
the sealed places of a sealed home (flows/sealing) is encrypted on its way in and decrypted on its
way out: callers say the same either way.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import secrets
import shutil
import sqlite3
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows.errors import DoorstepError
from flows.sealing import container, databases, marker
from flows.sealing.key import SealingKey, old_key
from flows.sealing.places import MARKER, sealed_root

FILE_MODE, FOLDER_MODE = 0o600, 0o700
_PART = ".part"
_PIECE = 1 << 22


def keep_private() -> None:
    """Let all that this process and its children create be its owner's only: DuckDB, Prefect too."""
    os.umask(0o777 & ~FOLDER_MODE)


def read(path: Path) -> bytes:
    """The bytes of a file."""
    data, key = path.read_bytes(), key_of(path)
    return data if key is None else container.unseal(key, data, path.name)


def read_text(path: Path) -> str:
    """The text of one of our own files (UTF-8)."""
    data = read(path)
    if container.is_sealed(data):
        raise DoorstepError(f"{path.name} 是加密的,但 {MARKER} 不在。请从备份恢复该文件后重试。")
    return data.decode("utf-8")


def read_raw(path: Path) -> bytes:
    """The bytes as they lie on disk, sealed or not."""
    return path.read_bytes()


def key_of(path: Path) -> SealingKey | None:
    """The key that a path is sealed with, or None where it lies open."""
    root = sealed_root(path)
    return None if root is None else house_key(root)


def house_key(root: Path) -> SealingKey | None:
    """The key of a sealed home, None for an open one; without the right key, a clear refusal."""
    return marker.house_key(root, _text)


def site_key(root: Path) -> SealingKey | None:
    """The key that is configured for a home, sealed or not."""
    return marker.site_key(root, _text)


def former_key() -> SealingKey | None:
    """The key that a home was sealed with before it is sealed anew."""
    return old_key(_text)


def seal_marker(root: Path) -> marker.Marker | None:
    """What a home says of its own sealing."""
    return marker.read_marker(root, _text)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def folder(path: Path) -> Path:
    """Make a folder, and those above it, readable by its owner only."""
    missing = [parent for parent in (path, *path.parents) if not parent.exists()]
    for parent in reversed(missing):
        parent.mkdir(mode=FOLDER_MODE, exist_ok=True)
    return path


def write(path: Path, data: bytes | str) -> Path:
    """Write a file so that after a crash it is there whole, or as it was before."""
    content = data.encode("utf-8") if isinstance(data, str) else data
    key = key_of(path)
    return write_raw(path, content if key is None else container.seal(key, content))


def write_raw(path: Path, data: bytes) -> Path:
    """Write bytes as they are to lie on disk."""
    folder(path.parent)
    part = path.with_name(path.name + _PART)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)
    return path


def write_first(path: Path, data: str) -> bool:
    """Write a file unless somebody else has, be it at this very moment; False where it was there.

    It appears whole under its name, by a hard link that the first one makes.
    """
    own = write(path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}{_PART}"), data)
    try:
        os.link(own, path)
    except FileExistsError:
        return False
    finally:
        own.unlink()
        sync_folder(path.parent)
    return True


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
    """Move a file or folder inside the same file system; it is never in neither place.

    Between a sealed and an open place it is written anew.
    """
    if (key_of(path) is None) is not (key_of(to) is None):
        return _carry(path, to)
    folder(to.parent)
    path.replace(to)
    sync_folder(to.parent)
    return to


def _carry(path: Path, to: Path) -> Path:
    if path.is_dir():
        inner = (file for file in path.rglob("*") if file.is_file())
        write_folder(to, {str(file.relative_to(path)): read(file) for file in inner})
        discard(path)
    else:
        write(to, read(path))
        remove(path)
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


@dataclass(frozen=True)
class Still:
    """A file that did not change while it was read: its hash, and what would tell a change."""

    sha256: str
    mark: tuple[int, int, int, int]


def still(path: Path) -> Still | None:
    """Hash a plain file in one reading; nothing if it is replaced or written to meanwhile."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            return None
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    found = Still(digest, _mark(before))
    return found if is_still(path, found) else None


def is_still(path: Path, seen: Still) -> bool:
    """Whether a path still leads to the very file that was read, with nothing added."""
    try:
        return _mark(os.lstat(path)) == seen.mark
    except FileNotFoundError:
        return False


def not_a_plain_file(path: Path) -> str | None:
    """Why a path is not a file of its own, in words; a link could lead anywhere on the machine."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return "已被移走"
    if stat.S_ISLNK(found.st_mode):
        return "是符号链接,请放入文件本身"
    if stat.S_ISDIR(found.st_mode):
        return "是文件夹,请把其中的文件直接放入来源的文件夹"
    if not stat.S_ISREG(found.st_mode):
        return "不是普通文件"
    return "是硬链接,请放入文件的副本" if found.st_nlink > 1 else None


def _mark(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def inside(path: Path) -> list[Path]:
    """Every regular file anywhere in a folder, whatever its name."""
    return sorted(file for file in path.rglob("*") if file.is_file() and not file.is_symlink())


def sha256(data: bytes) -> str:
    """The hash that names a delivery, in hex."""
    return hashlib.sha256(data).hexdigest()


@contextmanager
def ledger_database(path: Path) -> Iterator[sqlite3.Connection]:
    """The ledger, opened for one piece of work: write-ahead log, every commit on disk."""
    key = key_of(path)
    opened = _sqlite(path, sqlite3) if key is None else sqlcipher_file(path, key)
    with opened as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def copy_ledger(path: Path, to: Path) -> Path:
    """A whole copy of the ledger as it stands at one moment, while others go on reading and writing."""
    remove(to)
    with ledger_database(path) as now, ledger_database(to) as copied:
        now.backup(copied)
    return to


@contextmanager
def sqlcipher_file(path: Path, key: SealingKey | None) -> Iterator[Any]:
    """A SQLite file in SQLCipher's hands, under a key or (to be sealed) open."""
    with _sqlite(path, databases.sqlcipher(), key) as connection:
        yield connection


@contextmanager
def _sqlite(path: Path, library: Any, key: SealingKey | None = None) -> Iterator[Any]:
    folder(path.parent)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT, FILE_MODE))
    connection = library.connect(path, timeout=30, isolation_level=None)
    try:
        connection.row_factory = library.Row
        if key is not None:
            databases.unlock_ledger(connection, key)
        _refuse_unreadable(connection, path, library)
        yield connection
    finally:
        connection.close()


def _refuse_unreadable(connection: Any, path: Path, library: Any) -> None:
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
    except library.OperationalError:
        raise
    except library.DatabaseError:
        raise DoorstepError(
            f"{path.name} 打不开:密钥与它不符,或文件已损坏。请检查密钥,或从备份恢复。"
        ) from None


_IN_MEMORY = {"memory_limit": "4GB", "temp_directory": ""}
"""By itself DuckDB would take most of the machine, and spill into whatever folder we stand in."""


def duckdb_database(path: Path | str, *, read_only: bool = False, **settings: Any) -> Any:
    """A DuckDB connection with our settings; nothing is ever downloaded."""
    import duckdb

    config: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    if path == ":memory:":
        config |= _IN_MEMORY
    config |= settings
    existed = isinstance(path, str) or path.exists()
    key = None if isinstance(path, str) else key_of(path)
    try:
        if key is None:
            connection = duckdb.connect(str(path), read_only=read_only, config=config)
        else:
            connection = _sealed_duckdb(Path(path), key, read_only, config)
    except duckdb.IOException:
        name = Path(path).name
        raise DoorstepError(
            f"无法打开 {name}:可能正被其他程序占用或磁盘有误。关闭后重试。"
        ) from None
    except (duckdb.CatalogException, duckdb.InvalidInputException):
        name = Path(path).name
        raise DoorstepError(f"{name} 打不开:是否加密或所用密钥与现在的设置不符。") from None
    if not existed:
        Path(path).chmod(FILE_MODE)
    return connection


def _sealed_duckdb(path: Path, key: SealingKey, read_only: bool, config: Mapping[str, Any]) -> Any:
    """DuckDB decrypts what it attaches, never what it connects to; so it connects to memory.

    Connections of one process to one file share that memory, as they would share the file.
    """
    import duckdb

    whole = path.absolute()
    connection = duckdb.connect(
        f":memory:{sha256(f'{whole} {read_only}'.encode())}",
        config={"temp_directory": f"{whole}.tmp", **config},
    )
    try:
        databases.encrypt_duckdb(connection)
        databases.attach(connection, path, path.stem, key, read_only=read_only)
        connection.execute(f'USE "{path.stem}"')
    except BaseException:
        connection.close()
        raise
    return connection


def attach_duckdb(connection: Any, path: Path, name: str, *, read_only: bool = False) -> None:
    """Attach one more database file to a connection, sealed as its place demands."""
    key = key_of(path)
    if key is not None:
        databases.encrypt_duckdb(connection)
    databases.attach(connection, path, name, key, read_only=read_only)


def read_parquet(path: Path) -> Any:
    """The rows of one of our own Parquet files as a Polars frame."""
    import polars as pl

    return pl.read_parquet(io.BytesIO(read(path)))


def write_parquet(path: Path, rows: Any) -> Path:
    """Write a Polars frame as Parquet, whole or not at all."""
    buffer = io.BytesIO()
    rows.write_parquet(buffer, statistics=False)
    return write(path, buffer.getvalue())


@contextmanager
def growing(path: Path) -> Iterator[io.FileIO]:
    """A file that is only ever added to, for one process at a time; on leaving it is on disk."""
    folder(path.parent)
    is_new = not path.exists()
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, FILE_MODE)
    with io.FileIO(descriptor, "r+") as file:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield file
        os.fsync(descriptor)
    if is_new:
        sync_folder(path.parent)


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
