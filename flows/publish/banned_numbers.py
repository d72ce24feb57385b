"""Numbers that may not go out: whole identity numbers, bank cards, telephones where none belongs.

Order numbers are ours and dates are harmless; both are set aside before anything long is suspected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from flows.publish.order_numbers import is_order_number
from flows.publish.seen import read_as_digits, seen

IDENTITY, TELEPHONE, LONG = "含完整证件号码", "含电话号码", "含长号码"

_SET_ASIDE = "。"
"""Keeps apart the digits that stood on either side."""

_ORDER = re.compile(r"ZF\d{6}-?\d{8}-?\d{4,6}-?[0-9A-Z]")
_MONTH, _DAY = r"(?:0?[1-9]|1[0-2])", r"(?:0?[1-9]|[12]\d|3[01])"
_A_DATE = rf"(?<!\d)(?:19|20)\d\d[-./年]{_MONTH}(?:[-./月]{_DAY})?(?!\d)"
_DATE = re.compile(_A_DATE)
_DATES = re.compile(rf"{_A_DATE}(?:[^\w]+{_A_DATE})+")
"""An identity number holds one date; several in a row are no number."""

_GAPS = re.compile(r"(?<=\d)(?:[^\w*]|_){1,4}(?=[\dX])")
"""Anything between two digits but a letter; a star hides digits, so nothing is joined across it."""

_NARROW_GAPS = re.compile(r"(?<=\d)[\s\-.·_\u2010-\u2015\u2212]{1,4}(?=[\dX])")
"""What stands inside one number; a comma or slash stands between two."""

_BORN_18 = re.compile(
    r"[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]"
)
_BORN_15 = re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_AS_LONG = re.compile(r"(?<!\d)(?:\d{17}[\dX]|\d{15})(?!\d)")
_TRAVEL = re.compile(r"(?<![A-Z0-9])[A-Z]{1,2}\d{7,9}(?![A-Z0-9])")
_PHONE = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}[-) ]?\d{7,8})(?!\d)"
)
_CONTIGUOUS, _JOINED = re.compile(r"\d{12,}"), re.compile(r"\d{15,}")


@dataclass(frozen=True)
class Numbers:
    """What a text holds: a whole identity number, a travel document's, telephones, a long one."""

    identity: bool
    travel: bool
    phones: int
    long: bool


@lru_cache(maxsize=64)
def numbers_in(text: str) -> Numbers:
    """The numbers of a text, in figures or in words, whatever stands between their digits."""
    shown = _ORDER.sub(_without_ours, seen(text))
    readings = (shown, read_as_digits(shown))
    return Numbers(
        identity=any(map(_has_identity, readings)),
        travel=bool(_TRAVEL.search(shown)),
        phones=max(map(_phones, readings)),
        long=any(map(_has_long, readings)),
    )


def _has_identity(text: str) -> bool:
    closed = _GAPS.sub("", _DATES.sub(_SET_ASIDE, text))
    in_one = _NARROW_GAPS.sub("", _others(text))
    told = _BORN_18.search(closed) or _BORN_15.search(closed) or _BORN_15.search(text)
    return bool(told or _AS_LONG.search(in_one))


def _has_long(text: str) -> bool:
    rest = _others(text)
    return bool(_CONTIGUOUS.search(rest) or _JOINED.search(_NARROW_GAPS.sub("", rest)))


def _phones(text: str) -> int:
    undated = _DATE.sub(_SET_ASIDE, text)
    return len(_PHONE.findall(undated)) or len(_PHONE.findall(_NARROW_GAPS.sub("", undated)))


def _others(text: str) -> str:
    """What is neither a date nor a telephone."""
    return _PHONE.sub(_SET_ASIDE, _DATE.sub(_SET_ASIDE, text))


def _without_ours(found: re.Match[str]) -> str:
    return _SET_ASIDE if is_order_number(found[0]) else found[0]
