"""How near two birth dates are, in the ways in which birth dates go wrong."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.civil_days import civil_days
from matchers.lunar_calendar import lunar_dates


class BirthLevel(IntEnum):
    """How near two birth dates are; the nearest that applies."""

    DIFFERENT = 0
    SAME_YEAR = 1
    """The same year, or one year apart."""
    PLACEHOLDER = 2
    """The same year, and the same month or the first of a month, which stands for any day."""
    LUNAR = 3
    """One is the lunar date of the other, written as a date of the civil calendar."""
    ONE_DIGIT = 4
    """One digit of yyyymmdd is another, or two neighbours are swapped."""
    SWAPPED = 5
    """Day and month have changed places."""
    EQUAL = 6


_Truths = npt.NDArray[np.bool_]


class _Dates(NamedTuple):
    """Dates as they are written: each digit of yyyymmdd in four bits, so 0x19900102."""

    written: npt.NDArray[np.uint32]
    lunar: npt.NDArray[np.uint32]

    def taken(self, places: npt.NDArray[np.int32]) -> _Dates:
        return _Dates(self.written[places], self.lunar[places])


def birth_levels(left: pa.Array | pa.ChunkedArray, right: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A BirthLevel (int8) for each pair; null where either is null.

    Both sides are dates, or both numbers yyyymmdd (birth_digits), which may be no day at all.
    """
    left, right = _digits(left), _digits(right)
    distinct = pc.unique(pa.concat_arrays([left, right]).drop_null())
    dates = _read(distinct.to_numpy())
    one, other = (_places(digits, distinct) for digits in (left, right))
    levels = np.full(len(one), BirthLevel.EQUAL, np.int8)
    asked = np.flatnonzero((one != other) & (one >= 0) & (other >= 0))
    levels[asked] = _unequal(dates.taken(one[asked]), dates.taken(other[asked]))
    return pa.array(levels, pa.int8(), mask=(one < 0) | (other < 0))


def _digits(dates: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Dates as numbers yyyymmdd."""
    whole = dates.combine_chunks() if isinstance(dates, pa.ChunkedArray) else dates
    if pa.types.is_integer(whole.type):
        return whole.cast(pa.int64())
    year, month, day = (pc.cast(part(whole), pa.int64()) for part in (pc.year, pc.month, pc.day))
    days = pc.add(pc.multiply(month, 100), day)
    return pc.add(pc.multiply(year, 10000), days)


def _places(digits: pa.Array, distinct: pa.Array) -> npt.NDArray[np.int32]:
    """Where each date stands among the distinct ones; -1 for null."""
    return np.asarray(pc.fill_null(pc.index_in(digits, distinct, skip_nulls=True), -1).to_numpy())


def _read(digits: npt.NDArray[np.int64]) -> _Dates:
    days, exists = civil_days(digits // 10000, digits // 100 % 100, digits % 100)
    lunar = np.where(exists, lunar_dates(days.astype(np.int64)), 0)
    return _Dates(_in_four_bits(digits), _in_four_bits(lunar))


def _in_four_bits(numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    packed = np.zeros(len(numbers), np.int64)
    for place in range(8):
        packed |= numbers // 10**place % 10 << 4 * place
    return packed.astype(np.uint32)


def _unequal(one: _Dates, other: _Dates) -> npt.NDArray[np.int8]:
    left, right = one.written, other.written
    years_apart = np.abs(_years(left) - _years(right))
    cases = {
        BirthLevel.SWAPPED: left == _day_and_month_swapped(right),
        BirthLevel.ONE_DIGIT: _one_digit(left, right),
        BirthLevel.LUNAR: _is_lunar_date(one, right) | _is_lunar_date(other, left),
        BirthLevel.PLACEHOLDER: (years_apart == 0) & _month_agrees(left, right),
        BirthLevel.SAME_YEAR: years_apart <= 1,
    }
    return np.select(list(cases.values()), list(cases), BirthLevel.DIFFERENT).astype(np.int8)


def _years(written: npt.NDArray[np.uint32]) -> npt.NDArray[np.int32]:
    figures = written.view(np.int32) >> 16
    tens = (figures >> 4 & 15) * 10 + (figures & 15)
    return (figures >> 12) * 1000 + (figures >> 8 & 15) * 100 + tens


def _day_and_month_swapped(written: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    month_and_day = (written & 0xFF) << 8 | written >> 8 & 0xFF
    return (written & 0xFFFF0000 | month_and_day).astype(np.uint32)


def _one_digit(left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> _Truths:
    """Exactly one digit differs, or two neighbours stand the other way round."""
    changed = left ^ right
    places = (changed | changed >> 1 | changed >> 2 | changed >> 3) & 0x11111111
    last = places & -places
    digit = last * 15
    neighbours = places == last | last << 4
    swapped = ((changed >> 4 & digit) == (changed & digit)) & (
        ((left ^ left >> 4) & digit) == (changed & digit)
    )
    return (places == last) | (neighbours & swapped)


def _is_lunar_date(dates: _Dates, written: npt.NDArray[np.uint32]) -> _Truths:
    """The lunar month and day, with the year of either calendar."""
    same_day = (dates.lunar > 0) & ((dates.lunar & 0xFFFF) == (written & 0xFFFF))
    year = written >> 16
    return same_day & ((year == dates.lunar >> 16) | (year == dates.written >> 16))


def _month_agrees(left: npt.NDArray[np.uint32], right: npt.NDArray[np.uint32]) -> _Truths:
    first_of_month = ((left & 0xFF) == 1) | ((right & 0xFF) == 1)
    return first_of_month | (left >> 8 == right >> 8)
