"""When the help somebody receives is next due for its regular review, counted from its approval.

A date for people to go and see, never a stop: nobody loses help because a date has passed. The
register tells of a review only by a newer approval; until then a review that has passed is overdue,
for OVERDUE_MONTHS and no longer than half a cycle, so that what was done in time does not stay.
"""

from __future__ import annotations

import calendar
from datetime import date
from types import SimpleNamespace

URBAN, RURAL = "urban", "rural"
OVERDUE_MONTHS = 3


def review_months(grade: str | None, area: str, limits: SimpleNamespace) -> int:
    """The months between reviews of a class; without a class, those of the most frequent one.

    Source: the practice of 年/半年/月/季 by class A, B, C and by urban or rural (county policy).
    """
    if grade == "A":
        return int(limits.review_months_a)
    if grade == "B":
        return int(limits.review_months_b)
    return int(limits.review_months_c_urban if area == URBAN else limits.review_months_c_rural)


def next_review(approved_on: date, months: int, on: date) -> date:
    """The first review day that is not before `on`; a month without that day has its last one."""
    return _months_after(approved_on, _next_cycle(approved_on, months, on) * months)


def overdue_review(approved_on: date, months: int, on: date) -> date | None:
    """The review day before `on`, while it is still asked for."""
    passed = _next_cycle(approved_on, months, on) - 1
    due = _months_after(approved_on, passed * months)
    asked_until = _months_after(due, min(OVERDUE_MONTHS, months // 2))
    return due if passed and on <= asked_until else None


def area_of(stated: str | None, township_code: str | None) -> str:
    """What the assistance register states (城乡类别); where it says nothing, a guess from the code.

    Urban is then a street office (街道), whose last three digits are 001 to 099; the town (镇) that
    is a county's seat counts as rural.
    """
    if stated:
        return stated
    return URBAN if township_code and "001" <= township_code[6:9] <= "099" else RURAL


def _next_cycle(approved_on: date, months: int, on: date) -> int:
    passed = (on.year - approved_on.year) * 12 + on.month - approved_on.month
    cycles = max(passed // months, 1)
    return cycles if _months_after(approved_on, cycles * months) >= on else cycles + 1


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
