"""Alerts that wait: one small file each, named by what it says, so that saying it twice is one file.

At least once: a file moves to `sent` after it was sent. A failed attempt is noted in the file and the
next waits twice as long as the one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flows import files
from flows.alerts.alert import Alert, as_plain, from_plain, kind_of
from flows.errors import DoorstepError
from flows.home import Home

_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
_KEEP_SENT = timedelta(days=120)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An alert on disk."""

    alert: Alert
    path: Path
    attempts: int
    not_before: datetime


def raise_alert(home: Home, alert: Alert) -> bool:
    """Write an alert down unless nobody wants it or it was said before; says whether it was new."""
    wanted = home.config.alerts
    name = f"{alert.key}.json"
    if not wanted.are_wanted or kind_of(alert) not in wanted.on:
        return False
    if any((folder / name).exists() for folder in (_pending(home), _sent(home))):
        return False
    _write(_pending(home) / name, alert, attempts=0, not_before=datetime.now(UTC))
    return True


def waiting(home: Home) -> Iterator[Waiting]:
    """All that wait, by name; a file that is no alert is left where it lies."""
    for path in files.listing(_pending(home)):
        try:
            plain: dict[str, Any] = json.loads(files.read_text(path))
            attempts = int(plain.pop("attempts"))
            not_before = datetime.fromisoformat(plain.pop("not_before"))
            yield Waiting(
                alert=from_plain(plain), path=path, attempts=attempts, not_before=not_before
            )
        except (DoorstepError, ValueError, KeyError, TypeError, AttributeError):
            continue


def was_sent(home: Home, one: Waiting) -> None:
    """Never send it again."""
    files.move(one.path, _sent(home) / one.path.name)


def was_not_sent(one: Waiting, now: datetime) -> None:
    """Try again later: 5 minutes, 10, 20, and so on up to six hours."""
    wait = min(_FIRST_WAIT * 2 ** min(one.attempts, 10), _LONGEST_WAIT)
    _write(one.path, one.alert, attempts=one.attempts + 1, not_before=now + wait)


def forget_old(home: Home, now: datetime) -> None:
    """Remove what was sent long ago."""
    for path in files.listing(_sent(home)):
        if datetime.fromtimestamp(path.stat().st_mtime, UTC) < now - _KEEP_SENT:
            files.remove(path)


def _write(path: Path, alert: Alert, *, attempts: int, not_before: datetime) -> None:
    plain = as_plain(alert) | {
        "attempts": attempts,
        "not_before": not_before.isoformat(timespec="seconds"),
    }
    files.write(path, json.dumps(plain, ensure_ascii=False))


def _pending(home: Home) -> Path:
    return home.alerts / "pending"


def _sent(home: Home) -> Path:
    return home.alerts / "sent"
