"""The heartbeat: when a night last began and last ended well, so that silence is noticed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from flows import files, lock
from flows.home import Home

_A_CLOCK_MAY_BE_OFF = timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Beat:
    """The last night that began, and when a night last ended well."""

    night: date | None = None
    began: datetime | None = None
    left: bool = False
    ended: datetime | None = None


def last(home: Home) -> Beat:
    """What is known; a file that cannot be read says that nothing is."""
    try:
        plain = json.loads(files.read_text(home.heartbeat))
        return Beat(
            night=date.fromisoformat(plain["night"]),
            began=datetime.fromisoformat(plain["began"]),
            left=bool(plain["left"]),
            ended=datetime.fromisoformat(plain["ended"]) if plain["ended"] else None,
        )
    except (OSError, ValueError, KeyError, TypeError):
        return Beat()


def begin(home: Home, night: date) -> None:
    """A night begins."""
    _write(home, Beat(night=night, began=datetime.now(UTC), ended=last(home).ended))


def end(home: Home, night: date, *, well: bool) -> None:
    """A night ended, well or with an error; a killed one never comes here."""
    now, before = datetime.now(UTC), last(home)
    ended = now if well else before.ended
    _write(home, Beat(night=night, began=before.began or now, left=True, ended=ended))


def interrupted(home: Home) -> date | None:
    """The night that began and neither ended nor runs."""
    beat = last(home)
    is_open = beat.began is not None and not beat.left
    return beat.night if is_open and lock.holder(home.lock) is None else None


def silent_hours(home: Home, now: datetime) -> int | None:
    """Hours since a night last ended well, when they are too many; 0: never, or in the future."""
    ended = last(home).ended
    if ended is None or ended > now + _A_CLOCK_MAY_BE_OFF:
        return 0
    hours = int((now - ended).total_seconds() // 3600)
    return hours if hours >= home.config.alerts.heartbeat_hours else None


def _write(home: Home, beat: Beat) -> None:
    plain = {
        "night": str(beat.night),
        "began": beat.began.isoformat(timespec="seconds") if beat.began else None,
        "left": beat.left,
        "ended": beat.ended.isoformat(timespec="seconds") if beat.ended else None,
    }
    files.write(home.heartbeat, json.dumps(plain))
