"""Which files of a HOME go into a backup: all but what can be made again, and but keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from flows import files
from flows.home import Home
from flows.sealing.places import PASSING

LEDGER = Path("state") / "ledger.sqlite"
"""It is copied by SQLite itself, as it stands at one moment."""

_MADE_AGAIN = tuple(
    Path("state") / name
    for name in (*PASSING, LEDGER.name, "work.duckdb", "snapshot.duckdb", "prefect", "trials")
)
_ASIDE = {"results", "results.part", "snapshot.duckdb"}
"""What a night has made and not published yet; it is made again from its list."""

_PASSING_ENDS = (".lock", ".part", ".wal", "-wal", "-shm", ".tmp")


def kept_files(home: Home, *, with_keys: bool) -> Iterator[Path]:
    """Every file to be copied, seen from HOME, the ledger left out."""
    keys = frozenset() if with_keys else key_files(home)
    for path in files.inside(home.root):
        inside = path.relative_to(home.root)
        if not _can_be_made_again(inside) and inside not in keys:
            yield inside


def key_files(home: Home) -> frozenset[Path]:
    """Keys that lie inside HOME: beside the data they are worth nothing as keys."""
    found = {home.list_password.relative_to(home.root)}
    named = home.config.secret.key_file
    place = (home.root / named).resolve() if named else home.root
    if place != home.root and place.is_relative_to(home.root):
        found.add(place.relative_to(home.root))
    return frozenset(found)


def _can_be_made_again(inside: Path) -> bool:
    return (
        any(inside.is_relative_to(place) for place in _MADE_AGAIN)
        or inside.name.endswith(_PASSING_ENDS)
        or (inside.parts[:2] == ("state", "nights") and bool(_ASIDE & set(inside.parts)))
    )
