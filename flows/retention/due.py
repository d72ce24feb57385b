"""What is kept longer than the site wants, place by place. Nothing is removed here."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from data_contracts.terms import DeliveryKind
from flows import files
from flows.home import Home
from flows.ledger import Delivery, Ledger
from flows.retention.retired import retired
from flows.return_answers import RECEIPTS

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_MOST_AHEAD = timedelta(days=31)
_BATCH = timedelta(days=31)
"""Giving up deliveries costs one night of rebuilding; so it is done for a month of them at a time."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """What has had its time: deliveries whose rows are given up, and files and folders by place."""

    today: date
    deliveries: Sequence[Delivery]
    paths: Mapping[str, Sequence[Path]]

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.deliveries or any(self.paths.values()))


def due(home: Home, ledger: Ledger) -> Due | None:
    """What is over on the day of the last night; None before there were two nights."""
    today = trusted_day(sorted({date.fromisoformat(row["night"]) for row in ledger.nights()}))
    if today is None:
        return None
    kept = home.config.retention
    quarantined = today - timedelta(days=kept.quarantine_days)
    refused = today - timedelta(days=kept.refused_days)
    held = today - timedelta(days=kept.held_days)
    listed = months_before(today, kept.lists_months)
    old = months_before(today, kept.archive_months)
    return Due(
        today=today,
        deliveries=_deliveries(home, ledger, old),
        paths={
            "archive/returns": [
                home.root / archived
                for archived, day in ledger.returned_on().items()
                if day < old and (home.root / archived).is_file()
            ],
            "quarantine": [path for path, day in _dated(home.quarantine) if day < quarantined],
            "refused": list(_turned_away(home.refused, ledger.last_seen(), refused)),
            "held": list(_turned_away(home.held, _never_released(ledger), held)),
            "outbox": list(_published(home, listed)),
        },
    )


def trusted_day(nights: Sequence[date]) -> date | None:
    """The last night's day, but no more than a month after the one before.

    A clock that jumped ahead must not take away what would be over only then.
    """
    return min(nights[-1], nights[-2] + _MOST_AHEAD) if len(nights) > 1 else None


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or the last of that month."""
    place = day.year * 12 + day.month - 1 - months
    year, month = divmod(place, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(
        date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1)
    )


def _deliveries(home: Home, ledger: Ledger, old: date) -> list[Delivery]:
    """Deliveries from before a day, but of a full source the one that was in force on that day."""
    gone = retired(ledger)
    over = [one for one in ledger.deliveries() if one.night < old and one.delivery not in gone]
    last = {one.source: one for one in over}
    given_up = [
        one
        for one in over
        if home.config.sources[one.source].delivery is not DeliveryKind.FULL
        or one != last[one.source]
    ]
    is_time = any(one.night < old - _BATCH for one in given_up)
    return given_up if is_time else []


def _dated(room: Path) -> Iterator[tuple[Path, date]]:
    """Files whose name begins with their night."""
    for path in files.inside(room):
        if found := _DAY.match(path.name):
            yield path, date.fromisoformat(found[0])


def _never_released(ledger: Ledger) -> dict[str, date]:
    """The last night of every file but those that a person has let in."""
    released = ledger.released()
    return {name: night for name, night in ledger.last_seen().items() if name not in released}


def _turned_away(room: Path, nights: Mapping[str, date], before: date) -> Iterator[Path]:
    """Files, and notes beside them, that came for the last time before a day."""
    for path in files.inside(room):
        night = nights.get(path.name.partition("__")[0])
        if night is not None and night < before:
            yield path


def _published(home: Home, before: date) -> Iterator[Path]:
    for folder in (home.outbox, home.outbox / RECEIPTS):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            found = _DAY.match(path.name)
            if path.is_dir() and found and date.fromisoformat(found[0]) < before:
                yield path
