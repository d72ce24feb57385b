"""Which places of a home are sealed: all that holds rows, but what is handed in or handed out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("archive", "held", "quarantine", "refused", "state")
"""inbox/ and returns/ are the senders' until taken up; outbox/ is what leaves the house."""

MARKER = Path("state") / "sealed.json"
_OPEN_IN_STATE = tuple(
    Path(name)
    for name in (
        *(MARKER.name, "list_password", "prefect", "logs", "alerts", "heartbeat.json"),
        *("standing.json", "audit"),
    )
)
"""Written by hand, by others, a line at a time, or read by people and services that have no key; none
of them ever holds a row's value."""

PASSING = ("spill", "drill", "rebuild", "restored")
"""Folders of state/ that are emptied, not converted."""


def sealed_root(path: Path) -> Path | None:
    """The sealed home in whose sealed places a path lies, or None. Links are not followed."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
    for root in whole.parents:
        if (root / MARKER).is_file():
            return root if is_sealed_place(whole.relative_to(root)) else None
    return None


def is_sealed_place(inside: Path) -> bool:
    """Whether a path, as seen from its home, is sealed when the home is."""
    if inside.parts[0] not in ROOMS:
        return False
    if inside.parts[0] != "state":
        return True
    within = inside.relative_to("state")
    return inside.suffix != ".lock" and not any(
        within.is_relative_to(one) for one in _OPEN_IN_STATE
    )


def sealed_files(root: Path) -> Iterator[Path]:
    """Every file in the sealed places, in the order of their names; logs of databases left out."""
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if (
                path.is_file()
                and not path.is_symlink()
                and is_sealed_place(path.relative_to(root))
                and not path.name.endswith((".wal", "-wal", "-shm"))
            ):
                yield path


def room_of(path: Path, root: Path) -> str:
    """The place of a file as a person is told it: `archive`, or `state/nights`."""
    room, *within = path.relative_to(root).parts
    return f"{room}/{within[0]}" if room == "state" else room
