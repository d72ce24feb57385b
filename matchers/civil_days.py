"""Year, month and day as one day of the civil calendar, if there is such a day."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FIRST_YEAR, LAST_YEAR = 1000, 2100
"""Registers of history go back far; a year of three digits is a slip."""
FIRST_OF_THE_LIVING = 1850
"""Nobody who has an identity number was born before."""

_DAYS_IN_MONTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0])


def civil_days(
    year: npt.NDArray[np.int64], month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.bool_]]:
    """Days since 1970-01-01 and whether the day exists; 0 where it does not."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    known = np.where((month < 1) | (month > 12), 0, month)
    last = _DAYS_IN_MONTH[known] + (leap & (known == 2))
    exists = is_year(year) & (day >= 1) & (day <= last)
    months = ((year - 1970) * 12 + known - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]").astype(np.int64) + day - 1
    return np.where(exists, days, 0).astype(np.int32), exists


def is_year(year: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether somebody can have been born in that year."""
    return (year >= FIRST_YEAR) & (year <= LAST_YEAR)
