"""doorstep keys drill: write known names on purpose, make the engine spill them, and search the disk.

What is searched for is taken from the county's own people and shown to nobody. A home that is not
sealed has hits: the drill finds what there is to find.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flows import files
from flows.errors import DoorstepError, Exit, UsageError
from flows.home import Home
from flows.lock import only_one
from flows.sealing.places import ROOMS, room_of

NAMES = NUMBERS = 60
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
_MEMORY = "120MB"
_SPILLED_ROWS = 4_000_000
SPILL, LOG, LEDGER_LOG = "溢出文件", "数据库日志(WAL)", "台账日志(WAL)"


@dataclass(frozen=True, kw_only=True)
class Place:
    """What was searched: files and bytes, and in how many of the files something known was found."""

    name: str
    files: int
    bytes: int
    hits: int


def drill(home: Home, also: Path | None = None) -> tuple[Exit, list[str]]:
    """Search every place and, while it is in use, a spilling engine; `also` is a backup's folder."""
    if not home.work.exists():
        raise UsageError("还没有运行过,没有可以查找的姓名。请先运行 doorstep nightly --baseline。")
    with only_one(home.lock):
        places = searched(home, also)
    lines = [
        f"{'✓' if not one.hits else '✗'} {one.name}:{one.files} 份 {one.bytes / 1e6:,.1f} MB,"
        f"命中 {one.hits} 份"
        for one in places
    ]
    hits = sum(one.hits for one in places)
    lines.append(f"合计命中 {hits} 份(应为 0)。outbox/ 是发出去的清单,本就可读,未列入。")
    return Exit.FAILED if hits else Exit.DONE, lines


def searched(home: Home, also: Path | None = None) -> list[Place]:
    """Every place with its hits; refused where nothing spilled, because then nothing is proven."""
    known = known_texts(home)
    patterns = [text.encode(encoding) for text in known for encoding in _ENCODINGS]
    scratch = files.clear_folder(home.state / "drill")
    try:
        in_use = list(_in_use(scratch, known, patterns))
    finally:
        files.discard(scratch)
    if not any(one.bytes for one in in_use if one.name == SPILL):
        raise DoorstepError("演练没有产生溢出文件,不能说明什么。请检查磁盘空间后重试。")
    return [*in_use, *_at_rest(home, patterns), *_copies(also, patterns)]


def known_texts(home: Home) -> list[str]:
    """Some names of three characters and more, and some numbers: too long to be met by chance."""
    connection = files.duckdb_database(home.work, read_only=True)
    try:
        return [
            str(value)
            for column, least, most in (("name", 3, NAMES), ("id_clean", 15, NUMBERS))
            for (value,) in connection.execute(
                f"SELECT DISTINCT {column} FROM identities WHERE length({column}) >= {least} "
                f"ORDER BY 1 LIMIT {most}"
            ).fetchall()
        ]
    finally:
        connection.close()


def _in_use(scratch: Path, known: list[str], patterns: list[bytes]) -> Iterator[Place]:
    """Spill and logs exist only while something runs; so they are searched while it does."""
    spill = files.folder(scratch / "spill")
    working = files.duckdb_database(
        scratch / "drill.duckdb", memory_limit=_MEMORY, threads=2, temp_directory=str(spill)
    )
    try:
        _fill(working, known)
        yield _place(SPILL, files.inside(spill), patterns)
        yield _place(LOG, [scratch / "drill.duckdb.wal"], patterns)
    finally:
        working.close()
    with files.ledger_database(scratch / "drill.sqlite") as ledger:
        ledger.execute("CREATE TABLE known (text TEXT)")
        ledger.executemany("INSERT INTO known VALUES (?)", [(text,) for text in known])
        yield _place(LEDGER_LOG, [scratch / "drill.sqlite-wal"], patterns)


def _fill(working: Any, known: list[str]) -> None:
    """Names that are committed and not yet checkpointed, and more of them than memory holds."""
    working.execute("SET checkpoint_threshold = '1TB'")
    working.execute("CREATE TABLE known (text VARCHAR)")
    working.executemany("INSERT INTO known VALUES (?)", [[text] for text in known])
    working.execute(
        "CREATE TEMP TABLE spilled AS SELECT text || ' ' || number AS text, hash(number) AS salt "
        f"FROM range({_SPILLED_ROWS} // {len(known) or 1}) AS counted(number), known"
    )


def _at_rest(home: Home, patterns: list[bytes]) -> Iterator[Place]:
    by_place: dict[str, list[Path]] = {}
    for room in ROOMS:
        for path in files.inside(home.root / room):
            by_place.setdefault(room_of(path, home.root), []).append(path)
    for name, paths in sorted(by_place.items()):
        yield _place(name, paths, patterns)


def _copies(also: Path | None, patterns: list[bytes]) -> Iterator[Place]:
    if also is not None:
        yield _place(f"备份 {also.name}", files.inside(also), patterns)


def _place(name: str, paths: list[Path], patterns: list[bytes]) -> Place:
    size = hits = 0
    for path in paths:
        data = files.read_raw(path)
        size += len(data)
        hits += any(pattern in data for pattern in patterns)
    return Place(name=name, files=len(paths), bytes=size, hits=hits)
