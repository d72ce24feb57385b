"""Birth dates and sexes as extracts write them, read without guessing.

What can be read in two ways gives the year only, and a year of two digits gives nothing.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.civil_days import FIRST_OF_THE_LIVING, civil_days, is_year

_Ints = npt.NDArray[np.int64]
_Truths = npt.NDArray[np.bool_]

_INVISIBLE = r"['\"‘’“”`\x{200B}-\x{200F}\x{FEFF}]+"
_LUNAR = r"[(\[]?[农阴旧夏]历[)\]]?"
_DIGITS = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_TENS = ((r"([一二三])十([一二三四五六七八九])", r"\1\2"), (r"([一二三])十", r"\1〇"), (r"十([一二三四五六七八九])", r"一\1"), (r"十", "一〇"))  # fmt: skip

_BETWEEN = r"[-/.,_年月 ]+"
_END = r"(?:[日号TZ +].*)?$"
_YEAR_FIRST = (
    rf"^(?P<year>[0-9]{{4}}){_BETWEEN}(?P<month>[0-9]{{1,2}}){_BETWEEN}(?P<day>[0-9]{{1,2}}){_END}"
)
_PACKED = r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})(?:[0-9]{6}|\.0+|[T ].*)?$"
_YEAR_LAST = (
    rf"^(?P<first>[0-9]{{1,2}})[-/. ]+(?P<second>[0-9]{{1,2}})[-/. ]+(?P<year>[0-9]{{4}}){_END}"
)
_DAY_AND_WORD = r"^(?P<day>[0-9]{1,2})(?:ST|ND|RD|TH)?[-/., ]*(?P<word>[A-Z]{3})[A-Z]*[-/., ]+(?P<year>[0-9]{4})$"
_WORD_AND_DAY = r"^(?P<word>[A-Z]{3})[A-Z]*[-/., ]+(?P<day>[0-9]{1,2})(?:ST|ND|RD|TH)?[-/., ]+(?P<year>[0-9]{4})$"
_YEAR_ALONE = r"^(?P<year>[0-9]{4})(?:\.0+|[-/.年 ]+(?:[0-9]{1,2})?月?)?$"
_YEAR_AND_MONTH = r"^(?P<year>[0-9]{4})(?P<month>[0-9]{2})$"
_SERIAL = r"^(?P<serial>[1-7][0-9]{4})(?:\.[0-9]+)?$"
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_SERIAL_ZERO = -25569  # spreadsheets count days from 1899-12-30
_NOBODY = np.array(
    ["1111-11-11", "1899-12-30", "1899-12-31", "1900-01-01"], "datetime64[D]"
).astype(np.int32)
"""What is typed for no date, or becomes of one on its way through a spreadsheet or database."""


class _Dates(NamedTuple):
    """One date per value, as far as it is known; a year or day of 0 is not."""

    year: _Ints
    days: npt.NDArray[np.int32]
    exists: _Truths


def read_birth_dates(values: pa.Array | pa.ChunkedArray, day_first: bool | None = None) -> pa.Table:
    """One row per value: birth_date, and birth_year wherever the year alone is sure.

    `day_first` says what 02/01/1990 means in this column, if that is known.
    """
    text = _plain(values)
    lunar = _truths(pc.match_substring_regex(text, _LUNAR))
    text = pc.replace_substring_regex(text, _LUNAR, "")
    forms = (
        _year_first(text, _YEAR_FIRST), _year_first(text, _PACKED), _year_last(text, day_first),
        _month_in_words(text, _DAY_AND_WORD), _month_in_words(text, _WORD_AND_DAY),
        _year_alone(text), _serial(text),
    )  # fmt: skip
    year = np.max([form.year for form in forms], axis=0)
    exists = np.any([form.exists for form in forms], axis=0)
    days = np.sum([form.days for form in forms], axis=0, dtype=np.int32)
    nobody = exists & np.isin(days, _NOBODY)
    return pa.table(
        {
            "value": values,
            "birth_date": pa.array(days, pa.int32(), mask=~exists | nobody | lunar).cast(
                pa.date32()
            ),
            "birth_year": pa.array(year, pa.int64(), mask=(year == 0) | nobody),
        }
    )


def _plain(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Half width, capitals, Chinese figures as digits, one blank at most between two words."""
    text = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    text = pc.utf8_upper(pc.utf8_normalize(text.cast(pa.string()), form="NFKC"))
    text = pc.replace_substring_regex(text, _INVISIBLE, "")
    text = pc.utf8_trim_whitespace(pc.replace_substring_regex(text, r"\s+", " "))
    return _with_digits(text)


def _with_digits(text: pa.Array) -> pa.Array:
    """一九九〇年十二月二日 as 1990年12月2日."""
    if not pc.any(pc.match_substring_regex(text, "[〇零一二三四五六七八九]")).as_py():
        return text
    for written, figures in _TENS:
        text = pc.replace_substring_regex(text, written, figures)
    for figure, digit in _DIGITS.items():
        text = pc.replace_substring(text, figure, digit)
    return text


def _figures(text: pa.Array, pattern: str, *names: str) -> list[_Ints]:
    """The groups of a pattern as numbers; 0 where it does not match."""
    found = pc.extract_regex(text, pattern)
    return [
        pc.fill_null(pc.struct_field(found, name).cast(pa.int64()), 0).to_numpy() for name in names
    ]


def _truths(values: pa.Array) -> _Truths:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False), bool)


def _dates(year: _Ints, month: _Ints, day: _Ints) -> _Dates:
    days, exists = civil_days(year, month, day)
    return _Dates(np.where(is_year(year), year, 0), days, exists)


def _year_first(text: pa.Array, pattern: str) -> _Dates:
    return _dates(*_figures(text, pattern, "year", "month", "day"))


def _year_last(text: pa.Array, day_first: bool | None) -> _Dates:
    """Day, month, year or month, day, year: known by the column, or by a figure above 12."""
    first, second, year = _figures(text, _YEAR_LAST, "first", "second", "year")
    is_day_first = (first > 12) | (second == first) | (second <= 12) & (day_first is True)
    is_month_first = (second > 12) | (first <= 12) & (day_first is False)
    day = np.where(is_day_first, first, np.where(is_month_first, second, 0))
    return _dates(year, np.where(is_day_first, second, first), day)


def _month_in_words(text: pa.Array, pattern: str) -> _Dates:
    year, day = _figures(text, pattern, "year", "day")
    word = pc.struct_field(pc.extract_regex(text, pattern), "word")
    month = pc.fill_null(pc.index_in(word, pa.array(_MONTHS), skip_nulls=True), -1).to_numpy() + 1
    return _dates(year, month.astype(np.int64), day)


def _year_alone(text: pa.Array) -> _Dates:
    """A year with or without its month; 200112 may also be 20 Jan 2012 or 1912, so is nothing."""
    (alone,) = _figures(text, _YEAR_ALONE, "year")
    year, month = _figures(text, _YEAR_AND_MONTH, "year", "month")
    is_short_date = (year % 100 >= 1) & (year % 100 <= 12) & (month >= 1) & (month <= 31)
    is_month = (month >= 1) & (month <= 12) & (year >= FIRST_OF_THE_LIVING) & ~is_short_date
    year = np.where(is_month, year, alone)
    nothing = np.zeros(len(year), np.int64)
    return _dates(year, nothing, nothing)


def _serial(text: pa.Array) -> _Dates:
    """The number of a day in a spreadsheet; only those of five digits, 1927 to 2100."""
    (serial,) = _figures(text, _SERIAL, "serial")
    days = np.where(serial > 0, serial + _SERIAL_ZERO, 0)
    year = days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    exists = (serial > 0) & is_year(year)
    return _Dates(np.where(exists, year, 0), np.where(exists, days, 0).astype(np.int32), exists)


def day_comes_first(values: pa.Array | pa.ChunkedArray) -> bool | None:
    """What the unambiguous dates of a column say about 02/01/1990; None if they say nothing."""
    first, second = _figures(_plain(values), _YEAR_LAST, "first", "second")
    days, months = bool(np.any(first > 12)), bool(np.any(second > 12))
    return days if days != months else None
