"""The day that a delivery speaks of: the one in its file name, else the latest in its rows."""

from __future__ import annotations

import re
from datetime import date

_DAY = re.compile(
    r"(?<!\d)(20\d{2})[-_.年]?(0[1-9]|1[0-2])[-_.月]?(0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?(?!\d)"
)


def named_day(file_name: str) -> date | None:
    """The latest real day in a file name, if there is one."""
    return max(
        (day for parts in _DAY.findall(file_name) if (day := _real_day(parts))), default=None
    )


def _real_day(parts: tuple[str, str, str]) -> date | None:
    year, month, day = map(int, parts)
    try:
        return date(year, month, day)
    except ValueError:
        return None
