"""What an identity number says, whatever has been done to it on the way here.

A number is 17 digits and a check character (GB 11643-1999, ISO 7064 MOD 11-2); before 1999 it had
15 digits. Place codes are not judged: the code of an abolished county stays valid for life.
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

STATUSES = (
    "valid",
    "converted15",
    "bad_checksum",
    "masked",
    "placeholder",
    "scientific",
    "foreign",
    "bad_shape",
    "bad_date",
    "missing",
)
USABLE = ("valid", "converted15")
"""Only with these is there a number to compare by equality."""

_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
_CHECK_CHARACTERS = np.frombuffer(b"10X98765432", dtype=np.uint8)
_DAYS_IN_MONTH = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0, 0, 0, 0, 0, 0, 0])
_FIRST_YEAR, _LAST_YEAR = 1850, 2100
_OF_CENTENARIANS = 996
"""15-digit numbers with an order of 996 to 999 belong to people born in the 1800s."""

_NOISE = r"[\s\x{200B}-\x{200F}\x{FEFF}'\"‘’“”`´=:;,]+"
_SAYS_NOTHING = r"^(|无|没有|暂无|不详|未知|空|NULL|NONE|NAN|N/?A|-+|/+|\.+)$"
_SCIENTIFIC = r"^[0-9](\.[0-9]+)?E\+?[0-9]{1,2}$"
_MASK = r"[*#?●•□■×_]|X{2,}"
_FILLER = r"^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|X+)[0-9X]?$|^0{6}|^1234567|^[*#?●•□■×_]+$"
_DIGITS_LOST = r"^[0-9]{15}000$"
_FOREIGN = (
    r"^[A-Z]{1,2}[0-9]{6,9}[0-9A]?$"  # passports, Hong Kong and Macau permits and cards
    r"|^[A-Z]{3}[0-9]{12}$"  # foreign permanent resident, before 2023
    r"|^9[0-9]{16}[0-9X]$"  # foreign permanent resident, since 2023
    r"|^[0-9]{8}([0-9]{2}[A-Z])?$"  # Taiwan permits
)


def read_numbers(values: pa.Array | pa.ChunkedArray) -> pa.Table:
    """One row per value: its status and, where it is usable, the number and what it says."""
    text = _plain(values)
    whole = _eighteen(text)
    digits = _bytes_of(whole)
    born, is_date = _birth_dates(digits)
    usable = pc.and_(pc.is_valid(whole), pa.array(is_date & _check_holds(digits)))
    status = _status(text, whole, pa.array(is_date), usable)
    trusted = pc.is_in(status, pa.array(USABLE))
    male = pa.array((digits[:, 16] - ord("0")) % 2 == 1)
    nothing = pa.scalar(None)
    return pa.table(
        {
            "value": values,
            "status": status,
            "number": pc.if_else(trusted, whole, nothing),
            "birth_date": pc.if_else(trusted, pa.array(born, pa.date32()), nothing),
            "sex": pc.if_else(trusted, pc.if_else(male, "male", "female"), nothing),
        }
    )


def _plain(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    """Half width, upper case, without spaces and quotation marks."""
    text = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    text = pc.utf8_upper(pc.utf8_normalize(text.cast(pa.string()), form="NFKC"))
    return pc.replace_substring_regex(pc.replace_substring_regex(text, _NOISE, ""), r"\.0+$", "")


def _eighteen(text: pa.Array) -> pa.Array:
    """The text as an 18-character number where it has the shape of one, or of its old form."""
    modern = _looks_like(text, r"^[1-8][0-9]{16}[0-9X]$")
    old = _looks_like(text, r"^[1-8][0-9]{14}$")
    whole = pc.if_else(modern, text, pa.scalar(None, pa.string()))
    return pc.replace_with_mask(whole, old, _completed(text.filter(old)))


def _completed(old: pa.Array) -> pa.Array:
    """15 digits with their century and check character put in."""
    order = pc.utf8_slice_codeunits(old, 12, 15).cast(pa.int32())
    century = pc.if_else(pc.greater_equal(order, _OF_CENTENARIANS), "18", "19")
    place, rest = pc.utf8_slice_codeunits(old, 0, 6), pc.utf8_slice_codeunits(old, 6, 15)
    body = pc.binary_join_element_wise(place, century, rest, "")
    return pc.binary_join_element_wise(body, _check_characters(body), "")


def _check_characters(body: pa.Array) -> pa.Array:
    digits = np.array(body.to_pylist(), dtype="S17").view(np.uint8).reshape(-1, 17)
    found = _CHECK_CHARACTERS[_remainders(digits)]
    return pa.array(found.view("S1").astype("U1"), pa.string())


def _bytes_of(whole: pa.Array) -> np.ndarray:
    """The characters as a matrix; a row of zeros where there is no number."""
    filled = pc.fill_null(whole, "0" * 18).to_pylist()
    return np.array(filled, dtype="S18").view(np.uint8).reshape(-1, 18)


def _remainders(digits: np.ndarray) -> np.ndarray:
    return (digits[:, :17].astype(np.int64) - ord("0")) @ _WEIGHTS % 11


def _check_holds(digits: np.ndarray) -> np.ndarray:
    return _CHECK_CHARACTERS[_remainders(digits)] == digits[:, 17]


def _birth_dates(digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The day in the number, and whether there is such a day."""
    figures = digits[:, 6:14].astype(np.int64) - ord("0")
    year = figures[:, :4] @ np.array([1000, 100, 10, 1])
    month = figures[:, 4:6] @ np.array([10, 1])
    day = figures[:, 6:] @ np.array([10, 1])
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _DAYS_IN_MONTH[np.minimum(month, 13)] + (leap & (month == 2))
    exists = (year >= _FIRST_YEAR) & (year <= _LAST_YEAR) & (day >= 1) & (day <= last)
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    born = months.astype("datetime64[D]") + (day - 1)
    return np.where(exists, born, np.datetime64("1970-01-01")), exists


def _status(text: pa.Array, whole: pa.Array, is_date: pa.Array, usable: pa.Array) -> pa.Array:
    """Usable as it is or as its old form; else what is wrong, asked of the faulty values alone."""
    good = pc.if_else(pc.equal(text, whole), "valid", "converted15")
    faulty = pc.invert(usable)
    faults = _faults(text.filter(faulty), whole.filter(faulty), is_date.filter(faulty))
    return pc.replace_with_mask(good, faulty, faults)


def _faults(text: pa.Array, whole: pa.Array, is_date: pa.Array) -> pa.Array:
    """The first of these that applies; the order is the meaning."""
    cases = {
        "missing": pc.or_(pc.is_null(text), _looks_like(text, _SAYS_NOTHING)),
        "scientific": _looks_like(text, _SCIENTIFIC),
        "placeholder": _looks_like(text, _FILLER),
        "masked": pc.and_(_looks_like(text, _MASK), _looks_like(text, r"[0-9]")),
        "foreign": _looks_like(text, _FOREIGN),
        "bad_shape": pc.is_null(whole),
        "bad_date": pc.invert(is_date),
    }
    conditions = pc.make_struct(*cases.values(), field_names=list(cases))
    rounded_or_wrong = pc.if_else(_looks_like(text, _DIGITS_LOST), "scientific", "bad_checksum")
    return pc.case_when(conditions, *cases, rounded_or_wrong)


def _looks_like(text: pa.Array, pattern: str) -> pa.Array:
    return pc.fill_null(pc.match_substring_regex(text, pattern), False)
