"""Numbers of work orders: they survive Excel, a phone call and a sloppy typist.

A number reads ZF370881-20261122-0137-K: the county, the night, a sequence and a check character
(ISO 7064 Mod 37,36) that catches every single wrong character. The leading letters keep Excel from
taking it for a number or a date.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from stdnum.iso7064 import mod_37_36

_COMPACT = re.compile(r"ZF(?P<county>\d{6})(?P<night>\d{8})(?P<sequence>\d{4,6})[0-9A-Z]")
_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212\u200b-\u200f\ufeff]")


def order_number(county_code: str, on: date, sequence: int) -> str:
    """The number of the order that is `sequence` (from 1) among those of a county and night."""
    if not re.fullmatch(r"[0-9]{6}", county_code):
        raise ValueError("a county code has six digits")
    if not 1 <= sequence <= 999_999:
        raise ValueError("a sequence runs from 1 to 999999")
    night, place_in_night = f"{on:%Y%m%d}", f"{sequence:04d}"
    check = mod_37_36.calc_check_digit(f"ZF{county_code}{night}{place_in_night}")
    return f"ZF{county_code}-{night}-{place_in_night}-{check}"


def canonical_order_number(text: str) -> str | None:
    """What somebody typed as we write it, or nothing if it is no order number of ours."""
    compact = _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).upper()
    match = _COMPACT.fullmatch(compact) if compact.isascii() else None
    if match is None or not mod_37_36.is_valid(compact) or not _is_day(match["night"]):
        return None
    return f"ZF{match['county']}-{match['night']}-{match['sequence']}-{compact[-1]}"


def is_order_number(text: str) -> bool:
    """Whether this is an order number, however it was spaced, cased or typed in full width."""
    return canonical_order_number(text) is not None


def _is_day(eight_digits: str) -> bool:
    try:
        datetime.strptime(eight_digits, "%Y%m%d")  # noqa: DTZ007 - a calendar day has no zone
    except ValueError:
        return False
    return True
