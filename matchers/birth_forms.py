"""The ways in which extracts write a date: year, month and day as typed, 0 for what is not said."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.civil_days import FIRST_OF_THE_LIVING

Ints = npt.NDArray[np.int64]

_BETWEEN = r"[-/.,_年月 ]+"
_ONE, _TWO, _YEAR = "[0-9]{1,2}", "[0-9]{2}", "(?P<year>[0-9]{4})"
_END = r"(?:[日号TZ +].*)?$"
_ORDINAL = r"(?:ST|ND|RD|TH)?[-/., ]"
_YEAR_FIRST = rf"^{_YEAR}{_BETWEEN}(?P<month>{_ONE}){_BETWEEN}(?P<day>{_ONE}){_END}"
_PACKED = rf"^{_YEAR}(?P<month>{_TWO})(?P<day>{_TWO})(?:[0-9]{{6}}|\.0+|[T ].*)?$"
_YEAR_LAST = rf"^(?P<first>{_ONE})[-/. ]+(?P<second>{_ONE})[-/. ]+{_YEAR}{_END}"
_DAY_AND_WORD = rf"^(?P<day>{_ONE}){_ORDINAL}*(?P<word>[A-Z]{{3}})[A-Z]*[-/., ]+{_YEAR}$"
_WORD_AND_DAY = rf"^(?P<word>[A-Z]{{3}})[A-Z]*[-/., ]+(?P<day>{_ONE}){_ORDINAL}+{_YEAR}$"
_YEAR_ALONE = rf"^{_YEAR}(?:\.0+|[-/.年 ]+(?:{_ONE})?月?)?$"
_YEAR_AND_MONTH = rf"^{_YEAR}(?P<month>{_TWO})$"
_SERIAL = r"^(?P<serial>[1-7][0-9]{4})(?:\.[0-9]+)?$"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_SERIAL_ZERO = np.datetime64("1899-12-30")


class Written(NamedTuple):
    """Dates as typed, possible or not."""

    year: Ints
    month: Ints
    day: Ints


def written_dates(text: pa.Array, day_first: bool | None) -> Written:
    """What each text says in the one form that it has."""
    forms = (
        Written(*_figures(text, _YEAR_FIRST, "year", "month", "day")),
        Written(*_figures(text, _PACKED, "year", "month", "day")),
        _year_last(text, day_first),
        _month_in_words(text, _DAY_AND_WORD),
        _month_in_words(text, _WORD_AND_DAY),
        _year_alone(text),
        _serial(text),
    )
    found = [form.year > 0 for form in forms]
    return Written(*(np.select(found, parts, 0) for parts in zip(*forms, strict=True)))


def day_comes_first(text: pa.Array) -> bool | None:
    """What the unambiguous dates of a column say about 02/01/1990; None if they say nothing."""
    first, second = _figures(text, _YEAR_LAST, "first", "second")
    days, months = bool(np.any(first > 12)), bool(np.any(second > 12))
    return days if days != months else None


def _figures(text: pa.Array, pattern: str, *names: str) -> list[Ints]:
    """The groups of a pattern as numbers; 0 where it does not match."""
    found = pc.extract_regex(text, pattern)
    return [
        pc.fill_null(pc.struct_field(found, name).cast(pa.int64()), 0).to_numpy() for name in names
    ]


def _year_last(text: pa.Array, day_first: bool | None) -> Written:
    """Day, month, year or month, day, year: known by the column, or by a figure above 12."""
    first, second, year = _figures(text, _YEAR_LAST, "first", "second", "year")
    is_day_first = (first > 12) | (second == first) | (second <= 12) & (day_first is True)
    is_month_first = ~is_day_first & ((second > 12) | (day_first is False))
    month = np.select([is_day_first, is_month_first], [second, first], 0)
    return Written(year, month, np.select([is_day_first, is_month_first], [first, second], 0))


def _month_in_words(text: pa.Array, pattern: str) -> Written:
    year, day = _figures(text, pattern, "year", "day")
    word = pc.struct_field(pc.extract_regex(text, pattern), "word")
    month = pc.fill_null(pc.index_in(word, pa.array(_MONTHS), skip_nulls=True), -1).to_numpy() + 1
    return Written(np.where(month > 0, year, 0), month.astype(np.int64), day)


def _year_alone(text: pa.Array) -> Written:
    """A year with or without its month; 200112 may also be 12 Jan 1920 or 2020, so is nothing."""
    (alone,) = _figures(text, _YEAR_ALONE, "year")
    year, month = _figures(text, _YEAR_AND_MONTH, "year", "month")
    is_short_date = (year % 100 >= 1) & (year % 100 <= 12) & (month >= 1) & (month <= 31)
    is_month = (month >= 1) & (month <= 12) & (year >= FIRST_OF_THE_LIVING) & ~is_short_date
    nothing = np.zeros(len(year), np.int64)
    return Written(np.where(is_month, year, alone), nothing, nothing)


def _serial(text: pa.Array) -> Written:
    """The number of a day in a spreadsheet; only those of five digits, 1927 to 2119."""
    (serial,) = _figures(text, _SERIAL, "serial")
    day = _SERIAL_ZERO + serial
    month = day.astype("datetime64[M]")
    year, of_year = np.divmod(month.astype(np.int64), 12)
    known = serial > 0
    parts = (year + 1970, of_year + 1, (day - month).astype(np.int64) + 1)
    return Written(*(np.where(known, part, 0) for part in parts))
