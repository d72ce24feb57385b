"""When an order is due, counted in Chinese working days with their holidays and make-up days.

The State Council publishes a year's calendar in the November before it. Until then the package
raises; here a day of an unpublished year counts by weekday alone, and the due date says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

SATURDAY = 5


@dataclass(frozen=True)
class Due:
    """A due date; provisional when some day before it belongs to a year not yet published."""

    on: date
    provisional: bool

    def __str__(self) -> str:
        return f"{self.on.isoformat()}(暂定)" if self.provisional else self.on.isoformat()


def due_date(on: date, working_days: int) -> Due:
    """The last of `working_days` working days that follow the day of issue."""
    if working_days < 1:
        raise ValueError("an order leaves at least one working day")
    day, left, provisional = on, working_days, False
    while left:
        day += timedelta(days=1)
        works, published = _working_day(day)
        provisional |= not published
        left -= works
    return Due(day, provisional)


def _working_day(day: date) -> tuple[bool, bool]:
    """Whether people work on this day, and whether a published calendar says so."""
    try:
        return chinese_calendar.is_workday(day), True
    except NotImplementedError:
        return day.weekday() < SATURDAY, False
