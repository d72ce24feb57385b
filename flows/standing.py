"""How things stood when the last night ended, for whoever has no key: dates and states, nothing of a row.

A sealed home keeps state/standing.json open, so that an operator sees the status without a key.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from flows import files
from flows.freshness import newest_days
from flows.home import Home
from flows.ledger import Ledger


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Source to newest day; the last night that ended, its number of that day and state, if one did."""

    newest: Mapping[str, date]
    night: str = ""
    number: int = 1
    state: str = ""


def standing_of(ledger: Ledger) -> Standing:
    """What the ledger says now."""
    last = ledger.nights()[-1:]
    ended = {name: one[name] for one in last for name in ("night", "number", "state")}
    newest = newest_days(ledger.deliveries(), ledger.repeats(ledger.position()))
    return Standing(newest=newest, **ended)


def leave_standing(home: Home, ledger: Ledger) -> None:
    """Write down what the ledger says now for those who cannot open it."""
    now = standing_of(ledger)
    days = {source: day.isoformat() for source, day in sorted(now.newest.items())}
    files.write(home.standing, json.dumps(asdict(now) | {"newest": days}))


def left_standing(home: Home) -> Standing | None:
    """What the last night left; None where none did, or where the file cannot be read."""
    try:
        plain = json.loads(files.read_text(home.standing))
        days = {source: date.fromisoformat(day) for source, day in plain.pop("newest").items()}
        return Standing(**plain, newest=days)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
