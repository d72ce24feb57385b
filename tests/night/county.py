"""A small synthetic county whose nights the tests run, and what is compared of them."""

import hashlib
import re
import shutil
from pathlib import Path

from flows import files
from flows.home import Home, existing_home
from flows.night import Night
from flows.site import deliver_night, synthetic_home, synthetic_nights
from flows.start import Wish, start

RESIDENTS = 800
NIGHTS = 3


def made(folder: Path, seed: int = 5) -> Home:
    """A county with its files, before any night."""
    synthetic_home(folder, residents=RESIDENTS, nights=NIGHTS, seed=seed)
    return existing_home(folder)


def run(home: Home, place: int, **wish) -> Night:
    """Run the night at a place in the county's calendar; 0 is the baseline."""
    night = synthetic_nights(home)[place]
    deliver_night(home, night)
    return start(home, Wish(on=night, baseline=place == 0, **wish), prefect=False)


def copy(home: Home, to: Path) -> Home:
    """Another home with the same content."""
    shutil.copytree(home.root, to, symlinks=True)
    return existing_home(to)


def without_anchor(data: bytes) -> bytes:
    """A file without the line that says where the audit trail stood: no result of the night."""
    return re.sub("审计锚点:[0-9a-f-]+".encode(), b"", data)


def published(home: Home) -> dict[str, str]:
    """The hash of every published file, and of the links."""
    found = {
        str(path.relative_to(home.outbox)): hashlib.sha256(
            without_anchor(path.read_bytes())
        ).hexdigest()
        for path in sorted(home.outbox.rglob("*"))
        if path.is_file()
    }
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        for table in ("link", "worklist", "finding", "proof", "timeline", "member"):
            rows = connection.execute(f"FROM {table} ORDER BY ALL").fetchall()
            found[f"snapshot.{table}"] = hashlib.sha256(repr(rows).encode()).hexdigest()
    finally:
        connection.close()
    return found
