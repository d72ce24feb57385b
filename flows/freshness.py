"""How new what we know of each source is: the newest day that a delivery, or its repeat, speaks of."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date

from data_contracts.terms import Source
from flows.ledger import Delivery, Outcome


def newest_days(deliveries: Iterable[Delivery], repeats: Iterable[Outcome]) -> dict[str, date]:
    """Source to the newest business date; a file that was sent again unchanged is news, too."""
    found: dict[str, date] = {}
    for delivery in deliveries:
        _keep_newest(found, delivery.source, delivery.as_of or delivery.night)
    for outcome in repeats:
        day = outcome.judgement.get("as_of")
        if day:
            _keep_newest(found, outcome.source, date.fromisoformat(day))
    return found


def is_awaited(source: Source, delivered: Container[str]) -> bool:
    """Whether anybody misses this source: an optional one only once it has delivered."""
    return not source.optional or source.name in delivered


def days_late(newest: date | None, cadence_days: int, today: date) -> int | None:
    """Days beyond the agreed cadence; None when nothing ever came, 0 when in time."""
    if newest is None:
        return None
    return max(0, (today - newest).days - cadence_days)


def known_until(newest: Mapping[str, date], sources: Mapping[str, Source]) -> str:
    """Up to which day each source is known, the oldest first: '2026-11-15 房屋;2026-11-20 ...'."""
    days = sorted({newest[name] for name in sources if name in newest})
    told = (
        f"{day} {'、'.join(one.title for name, one in sources.items() if newest.get(name) == day)}"
        for day in days
    )
    return ";".join(told)


def _keep_newest(found: dict[str, date], source: str, day: date) -> None:
    found[source] = max(day, found.get(source, day))
