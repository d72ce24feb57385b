"""One form for the many ways a phone number is written, and how near two of them are.

A mainland mobile has 11 digits and begins with 13 to 19; a landline has 7 or 8 digits after an
area code that people leave out, so it is kept without one.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist


class PhoneLevel(IntEnum):
    """How near two phones are, from nothing alike to the same line."""

    DIFFERENT = 0
    ONE_SLIP = 2
    EQUAL = 3


_EXTENSION = r"^(.*[^0-9])?((?:0[0-9]{2,3}-?)?[2-8][0-9]{6,7})(?:-|转|分机|EXT\.?)[0-9]{1,5}$"
_NOISE = r"[\s\-‐‑‒–—―()\[\].·・_'\"‘’“”\x{200B}-\x{200F}\x{FEFF}]+"
_FLOAT = r"\.0+$"
_RUN = r"(?P<digits>[0-9]{7,})"
_FORMS = (
    (r"^(1[3-9][0-9]{9}|0[0-9]{9,11}|[2-8][0-9]{6,7})1[3-9][0-9]{9}$", r"\1"),  # two in a row
    (r"^(?:00|0)?86(1[3-9][0-9]{9})$", r"\1"),
    (r"^0(1[3-9][0-9]{9})$", r"\1"),
    (r"^(?:00)?860?((?:10|2[0-9]|[3-9][0-9]{2})[2-8][0-9]{6,7})$", r"0\1"),
    (r"^0(?:10|2[0-9]|[3-9][0-9]{2})([2-8][0-9]{6,7})$", r"\1"),
)
"""Each form in which a line can be written with more than its own digits, and what is kept."""
_FILLER = (
    r"^0000|^1234567|^0123456|^9876543|^13800138000$"
    r"|(0{8}|1{8}|2{8}|3{8}|4{8}|5{8}|6{8}|7{8}|8{8}|9{8})$"
    r"|^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+)$"
)
_LONGEST = 15  # ITU-T E.164
_SHORTEST_FOR_A_SLIP = 8


def read_phones(values: pa.Array | pa.ChunkedArray) -> pa.Table:
    """One row per value: the digits of its first phone; null where it names none."""
    text = pc.utf8_upper(pc.utf8_normalize(_whole(values), form="NFKC"))
    text = pc.replace_substring_regex(text, _FLOAT, "")
    text = pc.replace_substring_regex(text, _EXTENSION, r"\1\2")
    digits = pc.struct_field(
        pc.extract_regex(pc.replace_substring_regex(text, _NOISE, ""), _RUN), "digits"
    )
    for written, kept in _FORMS:
        digits = pc.replace_substring_regex(digits, written, kept)
    nobody = pc.or_(
        pc.match_substring_regex(digits, _FILLER),
        pc.greater(pc.binary_length(digits), _LONGEST),
    )
    return pa.table({"value": values, "phone": pc.if_else(nobody, pa.scalar(None), digits)})


def phone_levels(left: pa.Array | pa.ChunkedArray, right: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A PhoneLevel for each pair of phones as read; null where either is null.

    One slip is one digit wrong, lost or added, or two neighbours swapped.
    """
    left, right = _whole(left), _whole(right)
    known = pc.and_(pc.is_valid(left), pc.is_valid(right))
    equal = pc.fill_null(pc.equal(left, right), False)
    levels = np.where(equal.to_numpy(zero_copy_only=False), PhoneLevel.EQUAL, PhoneLevel.DIFFERENT)
    shorter = pc.min_element_wise(pc.binary_length(left), pc.binary_length(right))
    asked = pc.and_(
        pc.and_not(known, equal),
        pc.fill_null(pc.greater_equal(shorter, _SHORTEST_FOR_A_SLIP), False),
    ).to_numpy(zero_copy_only=False)
    distances = cpdist(
        left.filter(asked).to_pylist(),
        right.filter(asked).to_pylist(),
        scorer=OSA.distance,
        score_cutoff=1,
        dtype=np.uint8,
    )
    levels[asked] = np.where(distances <= 1, PhoneLevel.ONE_SLIP, PhoneLevel.DIFFERENT)
    return pc.if_else(known, pa.array(levels, pa.int8()), pa.scalar(None, pa.int8()))


def _whole(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    text = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return text.cast(pa.string())
