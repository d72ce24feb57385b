"""Take away what has had its time; done again after a kill it goes on where it was."""

from __future__ import annotations

from flows import files
from flows.home import Home
from flows.ledger import Ledger
from flows.retention.due import Due, due
from flows.retention.retired import RETIRED, retired


def apply(home: Home, ledger: Ledger) -> Due | None:
    """Remove what is due; the caller holds the night's lock. What was given up stands in the ledger."""
    _settle(home, ledger)
    found = due(home, ledger)
    if not found:
        return found
    if found.deliveries:
        names = [one.delivery for one in found.deliveries]
        ledger.note(RETIRED, {"deliveries": names, "on": found.today.isoformat()})
        _settle(home, ledger)
    for paths in found.paths.values():
        for path in paths:
            if path.is_dir():
                files.discard(path)
            else:
                files.remove(path)
    return found


def _settle(home: Home, ledger: Ledger) -> None:
    """Remove the files of deliveries that were given up; the next night rebuilds without their rows."""
    gone = retired(ledger)
    left = [
        home.root / one.archived
        for one in ledger.deliveries()
        if one.delivery in gone and (home.root / one.archived).is_file()
    ]
    if left:
        files.remove(home.work)
        files.remove(home.work.with_name(home.work.name + ".wal"))
    for path in left:
        files.remove(path)
