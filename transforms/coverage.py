"""When silence means 'none': only where a source is complete for long enough, and fresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, kw_only=True)
class Covered:
    """What one kind of record covers: complete since when, and how fresh its newest delivery is."""

    complete_since: date | None
    latest: date | None
    cadence_days: int

    def is_fresh(self, on: date) -> bool:
        """Has a delivery come within twice the agreed cadence (and at least three days)?"""
        patience = timedelta(days=max(3, 2 * self.cadence_days))
        return self.has_come_within(patience, on)

    def has_come_within(self, patience: timedelta, on: date) -> bool:
        """Has a delivery come in so long a time before a day?"""
        return self.latest is not None and self.latest >= on - patience


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """What silence in each kind of record (by record name) is worth on a day."""

    by_record: Mapping[str, Covered]
    on: date

    def absence_tells(self, record: str, since: date | None = None) -> bool:
        """Whether 'no row' may be read as 'has none' (from `since` to today)."""
        covered = self.by_record.get(record)
        if covered is None or covered.complete_since is None or not covered.is_fresh(self.on):
            return False
        return covered.complete_since <= (since or self.on)

    def has_come_within(self, record: str, days: int) -> bool:
        """Whether a delivery of the record has come in the last so many days."""
        covered = self.by_record.get(record)
        return covered is not None and covered.has_come_within(timedelta(days=days), self.on)

    def history_reaches(self, record: str, days: int) -> bool:
        """Whether the record's history goes back `days` days, so that 'new' may be claimed."""
        covered = self.by_record.get(record)
        if covered is None or covered.complete_since is None:
            return False
        return covered.complete_since <= self.on - timedelta(days=days)

    def late(self) -> frozenset[str]:
        """The records whose newest delivery is no longer fresh."""
        return frozenset(
            name for name, covered in self.by_record.items() if not covered.is_fresh(self.on)
        )

    def as_last_known(self) -> Coverage:
        """The same coverage as if what came last still held: fit to keep a finding, not to make one."""
        kept = {
            name: replace(covered, latest=self.on if covered.latest else None)
            for name, covered in self.by_record.items()
        }
        return replace(self, by_record=kept)
