"""The published snapshot as the desk reads it: each click sees the newest, and never half of one.

A night renames a new file into place. Whoever still reads the old one keeps it; the next click finds
another file there and opens that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from flows import files
from flows.errors import DoorstepError

NEEDED = ("night_report", "household_source", "contact", "search_key", "measured")
"""Tables that the desk alone needs; a snapshot of an older program has none of them."""


class NothingPublishedError(DoorstepError):
    """No night has published anything that the desk can show."""


@dataclass
class _Shared:
    """What the readers of one snapshot have made for each other, the oldest first."""

    lock: Any = field(default_factory=Lock)
    made: list[str] = field(default_factory=list)


_MOST_SHARED = 8
"""Tables that are kept: whoever began with an older one is long done when it goes."""


class Snapshot:
    """One reader's view of one published night; tables it makes are its own and vanish with it."""

    def __init__(self, cursor: Any, shared: _Shared) -> None:
        self._cursor = cursor
        self._shared = shared

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a question as dictionaries; values are bound, never written into the text."""
        answer = self._cursor.execute(sql, list(values))
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    def one(self, sql: str, *values: Any) -> dict[str, Any] | None:
        """The first row of a question, if any."""
        found = self.rows(sql, *values)
        return found[0] if found else None

    def keep(self, name: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
        """A small table of this reader's own."""
        self._cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} ({columns})")
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._cursor.executemany(
                f"INSERT INTO {name} VALUES ({marks})", [list(r) for r in rows]
            )

    def once(self, name: str, query: str, make_ready: Callable[[], None]) -> None:
        """Keep the rows of a query as `memory.main.NAME` for all readers, unless somebody has."""
        with self._shared.lock:
            if name in self._shared.made:
                return
            make_ready()
            self._cursor.execute(f"CREATE TABLE memory.main.{name} AS {query}")
            self._shared.made.append(name)
            if len(self._shared.made) > _MOST_SHARED:
                self._cursor.execute(f"DROP TABLE memory.main.{self._shared.made.pop(0)}")

    def close(self) -> None:
        """Let go of it."""
        self._cursor.close()


class Published:
    """Opens the snapshot, again only when another file lies there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._seen: tuple[int, int, int] | None = None
        self._connection: Any = None
        self._shared = _Shared()

    def view(self) -> Snapshot:
        """A view of the newest published night."""
        with self._lock:
            if not self._path.exists():
                raise NothingPublishedError(
                    "还没有发布过任何一夜。请先运行 doorstep nightly,完成后刷新本页。"
                )
            found = self._path.stat()
            seen = (found.st_ino, found.st_mtime_ns, found.st_size)
            if seen != self._seen:
                self._connection, self._shared = _attached(self._path), _Shared()
                self._seen = seen
                self._refuse_older()
            cursor, shared = self._connection.cursor(), self._shared
        cursor.execute("USE published")
        return Snapshot(cursor, shared)

    def _refuse_older(self) -> None:
        found = self._connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'published'"
        ).fetchall()
        if not {name for (name,) in found}.issuperset(NEEDED):
            self._seen = None
            raise NothingPublishedError(
                "已发布的数据是旧版本程序写成的,工作台还不能显示。请运行一次 doorstep nightly。"
            )


def _attached(path: Path) -> Any:
    """The file inside an engine of its own: by its path alone DuckDB would hand out the old one."""
    connection = files.duckdb_database(":memory:")
    files.attach_duckdb(connection, path, "published", read_only=True)
    return connection
