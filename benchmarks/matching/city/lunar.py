"""Dates of the farmers' calendar (农历), 1900 to 2026.

One number a year, as commonly tabled: bits 15-4 say which of the twelve months have 30 days (else
29), bits 3-0 the month that is repeated (0 for none), bit 16 whether the repeated month has 30.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from functools import cache
from itertools import accumulate

FIRST = datetime.date(1900, 1, 31)  # first day of the first lunar year of the table
YEARS = (
    0x04BD8, 0x04AE0, 0x0A570, 0x054D5, 0x0D260, 0x0D950, 0x16554, 0x056A0, 0x09AD0, 0x055D2,
    0x04AE0, 0x0A5B6, 0x0A4D0, 0x0D250, 0x1D255, 0x0B540, 0x0D6A0, 0x0ADA2, 0x095B0, 0x14977,
    0x04970, 0x0A4B0, 0x0B4B5, 0x06A50, 0x06D40, 0x1AB54, 0x02B60, 0x09570, 0x052F2, 0x04970,
    0x06566, 0x0D4A0, 0x0EA50, 0x06E95, 0x05AD0, 0x02B60, 0x186E3, 0x092E0, 0x1C8D7, 0x0C950,
    0x0D4A0, 0x1D8A6, 0x0B550, 0x056A0, 0x1A5B4, 0x025D0, 0x092D0, 0x0D2B2, 0x0A950, 0x0B557,
    0x06CA0, 0x0B550, 0x15355, 0x04DA0, 0x0A5D0, 0x14573, 0x052B0, 0x0A9A8, 0x0E950, 0x06AA0,
    0x0AEA6, 0x0AB50, 0x04B60, 0x0AAE4, 0x0A570, 0x05260, 0x0F263, 0x0D950, 0x05B57, 0x056A0,
    0x096D0, 0x04DD5, 0x04AD0, 0x0A4D0, 0x0D4D4, 0x0D250, 0x0D558, 0x0B540, 0x0B5A0, 0x195A6,
    0x095B0, 0x049B0, 0x0A974, 0x0A4B0, 0x0B27A, 0x06A50, 0x06D40, 0x0AF46, 0x0AB60, 0x09570,
    0x04AF5, 0x04970, 0x064B0, 0x074A3, 0x0EA50, 0x06B58, 0x05AC0, 0x0AB60, 0x096D5, 0x092E0,
    0x0C960, 0x0D954, 0x0D4A0, 0x0DA50, 0x07552, 0x056A0, 0x0ABB7, 0x025D0, 0x092D0, 0x0CAB5,
    0x0A950, 0x0B4A0, 0x0BAA4, 0x0AD50, 0x055D9, 0x04BA0, 0x0A5B0, 0x15176, 0x052B0, 0x0A930,
    0x07954, 0x06AA0, 0x0AD50, 0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0,
)  # fmt: skip


def lunar_date(text: str) -> str | None:
    """The lunar year-month-day of a civil date, in the same writing; None outside the table."""
    left = (datetime.date.fromisoformat(text) - FIRST).days
    if left < 0:
        return None
    starts = _starts()
    year = bisect_right(starts, left) - 1
    if year >= len(YEARS):
        return None
    left -= starts[year]
    for month, days in _months(1900 + year):
        if left < days:
            return f"{1900 + year}-{month:02d}-{left + 1:02d}"
        left -= days
    return None


@cache
def _starts() -> list[int]:
    """Days from FIRST to the start of every year of the table, and to its end."""
    lengths = (sum(days for _, days in _months(1900 + year)) for year in range(len(YEARS)))
    return [0, *accumulate(lengths)]


@cache
def _months(year: int) -> tuple[tuple[int, int], ...]:
    """The months of a lunar year in order, each with its days; the repeated one twice."""
    code = YEARS[year - 1900]
    out = []
    for month in range(1, 13):
        out.append((month, 29 + (code >> (16 - month) & 1)))
        if month == code & 15:
            out.append((month, 29 + (code >> 16 & 1)))
    return tuple(out)
