"""The arithmetic of the 18-character number: GB 11643-1999, ISO 7064 MOD 11-2.

Numbers stand as a matrix of bytes, one row of 18 characters each, so that a million are judged at
once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.civil_days import FIRST_OF_THE_LIVING, civil_days

LENGTH = 18
Characters = npt.NDArray[np.uint8]
"""A matrix of bytes, one number in a row."""
Truths = npt.NDArray[np.bool_]

_ZERO, _X = ord("0"), ord("X")
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2], np.int32)
_CHECK_CHARACTERS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_OF_CENTENARIANS = "996"
"""15-digit numbers with an order of 996 to 999 belong to people born in the 1800s."""


def characters(text: pa.Array, length: int = LENGTH) -> Characters:
    """The bytes of texts that are all `length` bytes long; none may be null."""
    rows = text.cast(pa.binary()).cast(pa.binary(length))
    if not len(rows):
        return np.zeros((0, length), np.uint8)
    data = np.frombuffer(rows.buffers()[1], np.uint8).reshape(-1, length)
    return data[rows.offset : rows.offset + len(rows)]


def texts(matrix: Characters) -> pa.Array:
    """The rows of a matrix as texts."""
    count, length = matrix.shape
    offsets = np.arange(0, (count + 1) * length, length, dtype=np.int32)
    data = np.ascontiguousarray(matrix).reshape(-1)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(data))


def is_number(matrix: Characters) -> Truths:
    """17 digits, the first of a region of the mainland or the birthplace of 港澳台, and a check."""
    digits = matrix[:, :17] - np.uint8(_ZERO) <= 9
    last = (matrix[:, 17] - np.uint8(_ZERO) <= 9) | (matrix[:, 17] == _X)
    region = (matrix[:, 0] >= ord("1")) & (matrix[:, 0] <= ord("8"))
    return np.asarray(digits.all(axis=1) & last & region)


def check_characters(matrix: Characters) -> npt.NDArray[np.uint8]:
    """What the 18th character has to be after these 17 digits."""
    figures = matrix[:, :17].astype(np.int32) - _ZERO
    return _CHECK_CHARACTERS[(figures @ _WEIGHTS) % 11]


def check_holds(matrix: Characters) -> Truths:
    """Whether the 18th character fits the 17 before it."""
    return np.asarray(check_characters(matrix) == matrix[:, 17])


def verified(text: pa.Array) -> Truths:
    """Which texts are, as they stand, numbers with a birth date and the right check character."""
    whole = pc.fill_null(pc.equal(pc.binary_length(text), LENGTH), False)
    matrix = characters(text.filter(whole))
    found = np.array(whole.to_numpy(zero_copy_only=False), bool)
    found[found] = is_number(matrix) & check_holds(matrix) & birth_days(matrix)[1]
    return found


def missing_digit(matrix: Characters, place: int) -> npt.NDArray[np.int32]:
    """The digit that has to stand at that place, now 0, for the check to hold; 10 if none can."""
    figures = matrix[:, :17].astype(np.int32) - _ZERO
    check = np.where(matrix[:, 17] == _X, 10, matrix[:, 17].astype(np.int32) - _ZERO)
    lacking = (1 - check - figures @ _WEIGHTS) % 11
    return np.asarray(lacking * pow(int(_WEIGHTS[place]), -1, 11) % 11, np.int32)


def birth_days(matrix: Characters) -> tuple[npt.NDArray[np.int32], Truths]:
    """The day in the number, counted from 1970-01-01, and whether there is such a day."""
    figures = matrix[:, 6:14].astype(np.int64) - _ZERO
    year = figures[:, 0] * 1000 + figures[:, 1] * 100 + figures[:, 2] * 10 + figures[:, 3]
    month = figures[:, 4] * 10 + figures[:, 5]
    days, exists = civil_days(year, month, figures[:, 6] * 10 + figures[:, 7])
    return days, exists & (year >= FIRST_OF_THE_LIVING)


def are_men(matrix: Characters) -> Truths:
    """The order of men is odd, that of women even."""
    return np.asarray((matrix[:, 16] - _ZERO) % 2 == 1)


def completed(old: pa.Array) -> pa.Array:
    """15 digits with their century and check character put in."""
    order = pc.utf8_slice_codeunits(old, 12, 15)
    century = pc.if_else(pc.greater_equal(order, _OF_CENTENARIANS), "18", "19")
    place, rest = pc.utf8_slice_codeunits(old, 0, 6), pc.utf8_slice_codeunits(old, 6, 15)
    body = pc.binary_join_element_wise(place, century, rest, "")
    checks = texts(check_characters(characters(body, 17)).reshape(-1, 1))
    return pc.binary_join_element_wise(body, checks, "")
