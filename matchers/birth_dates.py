"""Birth dates as extracts write them, read without guessing.

What can be read in two ways gives the year only, and a year of two digits gives nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers import birth_forms
from matchers.birth_forms import written_dates
from matchers.civil_days import civil_days, is_year

_INVISIBLE = r"['\"‘’“”`\x{200B}-\x{200F}\x{FEFF}]+"
_LUNAR = r"[(\[]?[农阴旧夏]历[)\]]?"
_FIGURES = dict(zip("〇零一二三四五六七八九", "00123456789", strict=True))
_TENS = (
    (r"([一二三])十([一二三四五六七八九])", r"\1\2"),
    (r"([一二三])十", r"\1〇"),
    (r"十([一二三四五六七八九])", r"一\1"),
    (r"十", "一〇"),
)
_NOBODY = (11111111, 18991230, 18991231, 19000101)
"""What is typed for no date, or becomes of one on its way through a spreadsheet or database."""


def read_birth_dates(values: pa.Array | pa.ChunkedArray, day_first: bool | None = None) -> pa.Table:
    """One row per value: birth_date; birth_year wherever the year alone is sure; birth_digits.

    birth_digits is the date as typed, a number yyyymmdd, also where there is no such day: one wrong
    digit often makes one that does not exist. `day_first` says what 02/01/1990 means in this
    column, if that is known.
    """
    text = _plain(values)
    lunar = _truths(pc.match_substring_regex(text, _LUNAR))
    year, month, day = written_dates(pc.replace_substring_regex(text, _LUNAR, ""), day_first)
    days, exists = civil_days(year, month, day)
    digits = year * 10000 + month * 100 + day
    no_year = ~is_year(year) | np.isin(digits, _NOBODY)
    no_digits = no_year | lunar | ((month == 0) & (day == 0))
    born = pa.array(days, pa.int32(), mask=no_digits | ~exists)
    return pa.table(
        {
            "value": values,
            "birth_date": born.cast(pa.date32()),
            "birth_year": pa.array(year, pa.int64(), mask=no_year),
            "birth_digits": pa.array(digits, pa.int64(), mask=no_digits),
        }
    )


def day_comes_first(values: pa.Array | pa.ChunkedArray) -> bool | None:
    """What the unambiguous dates of a column say about 02/01/1990; None if they say nothing."""
    return birth_forms.day_comes_first(_plain(values))


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
    for figure, digit in _FIGURES.items():
        text = pc.replace_substring(text, figure, digit)
    return text


def _truths(values: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.fill_null(values, False).to_numpy(zero_copy_only=False), bool)
