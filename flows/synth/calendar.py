"""The days of a synthetic county: a backfill of two years, then one night after another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from flows.synth.draws import Ints

BACKFILL_DAYS = 730
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """When the county's story begins and ends, in days since 1970."""

    first_night: date
    nights: int

    @property
    def start(self) -> int:
        """The first day of the backfill."""
        return day_number(self.first_night) - BACKFILL_DAYS

    @property
    def end(self) -> int:
        """The last night's date; nothing of this day is known yet."""
        return day_number(self.first_night) + self.nights

    @property
    def years(self) -> float:
        """The length of the story."""
        return (self.end - self.start) / 365.25

    @property
    def dates(self) -> list[date]:
        """The date of the baseline and of every night."""
        return [self.first_night + timedelta(days=night) for night in range(self.nights + 1)]

    @property
    def story_day(self) -> int:
        """The last night but one: what happens on it is known on the last night."""
        return self.end - 1


def day_number(day: date) -> int:
    """Days since 1970."""
    return (day - _EPOCH).days


def day_date(number: int) -> date:
    """The date of a day number."""
    return _EPOCH + timedelta(days=int(number))


def dates(numbers: Ints) -> pl.Series:
    """Day numbers as dates; a negative number (nobody here was born before 1910) is no date."""
    days = pl.Series(np.asarray(numbers, dtype=np.int32)).cast(pl.Date)
    known = pl.Series(np.asarray(numbers) > NEVER)
    return pl.select(pl.when(known).then(days)).to_series()


def month_start(numbers: Ints) -> Ints:
    """The first day of each day's month."""
    return (
        numbers.astype("datetime64[D]")
        .astype("datetime64[M]")
        .astype("datetime64[D]")
        .astype(np.int64)
    )


NEVER = -(2**30)
"""The day of what did not happen."""
