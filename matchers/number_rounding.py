"""What a spreadsheet or a floating-point number leaves of 18 digits."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.number_digits import LENGTH

_Truths = npt.NDArray[np.bool_]
_Ints = npt.NDArray[np.int64]
_KEPT = 15
"""Significant digits that a spreadsheet keeps; zeros stand for the rest."""
_BODY = 17
"""The characters of a number that are always digits."""


def rounded_alike(typed: pa.Array, whole: pa.Array) -> _Truths:
    """Whether 18 typed digits can be the whole number rounded, by a spreadsheet or to a double."""
    whole = pc.replace_substring(whole, "X", "9")  # no sheet can round an X, but people retype
    digits = pc.and_(_is_digits(typed), _is_digits(whole))
    one, other = _numbers(typed, digits), _numbers(whole, digits)
    spare = 10 ** (LENGTH - _KEPT)
    cut = (one % spare == 0) & (other - one < spare) & (one - other <= spare // 2)
    double = other.astype(np.float64) == one.astype(np.float64)
    is_double = one.astype(np.float64).astype(np.int64) == one
    return (cut | (double & is_double)) & np.asarray(digits.to_numpy(zero_copy_only=False), bool)


def digits_alike(typed: pa.Array, whole: pa.Array) -> tuple[_Truths, _Ints]:
    """Of numbers like 3.7088E+17: whether the digits left agree, and how many are left."""
    parts = pc.extract_regex(typed, r"^(?P<one>[0-9])\.?(?P<more>[0-9]*)E\+?(?P<power>[0-9]{1,2})$")
    one, more, power = (pc.struct_field(parts, name) for name in ("one", "more", "power"))
    kept = pc.utf8_slice_codeunits(pc.binary_join_element_wise(one, more, ""), 0, _BODY)
    left = pc.binary_length(kept).to_numpy().astype(np.int64)
    body = pc.utf8_slice_codeunits(whole, 0, _BODY).cast(pa.int64()).to_numpy()
    figures = kept.cast(pa.int64()).to_numpy()
    step = 10 ** (_BODY - left)
    cut, rounded = body // step, (body + step // 2) // step
    right_size = power.cast(pa.int64()).to_numpy() == LENGTH - 1
    return ((figures == cut) | (figures == rounded)) & right_size, left


def _is_digits(text: pa.Array) -> pa.Array:
    return pc.match_substring_regex(text, rf"^[0-9]{{{LENGTH}}}$")


def _numbers(text: pa.Array, known: pa.Array) -> _Ints:
    return np.asarray(pc.if_else(known, text, "0").cast(pa.int64()).to_numpy())
