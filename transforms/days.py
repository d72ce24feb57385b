"""How a day or a month is read, in the many forms that departments write them.

A day that does not exist is null, never the next one.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

NO_DAY = frozenset(
    ["0", "00000000", "00000000000000", "0000-00-00", "0000-00-00 00:00:00", "99999999"]
)
"""Fillers that systems write where there is no day."""

_MARKS = dict.fromkeys("年月/.。—–−／－．", "-") | dict.fromkeys("时分：", ":")
_BLANKS = dict.fromkeys("日T\u3000\xa0\t\r\n", " ")
_DIGITS = {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_SPELLING = _MARKS | _BLANKS | _DIGITS

_YEAR = "[1-9][0-9]{3}"
_TIME = "(?: *[0-9]{1,2}:[0-9]{1,2}(?::(?:[0-9]{1,2})?)?(?:-[0-9]+)?秒?)?"
_MARKED = f"^({_YEAR})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME} *$"
_PACKED = f"^({_YEAR})([0-9]{{2}})([0-9]{{2}})(?:[0-9]{{6}}|-0|{_TIME}) *$"
_MARKED_MONTH = f"^({_YEAR})-([0-9]{{1,2}})-? *$"
_PACKED_MONTH = f"^({_YEAR})([0-9]{{2}})(?:-0)?$"
_DIGITS_ONLY = f"^{_YEAR}[0-9]{{4}}$"
_ISO = f"^{_YEAR}-[0-9]{{2}}-[0-9]{{2}}$"
_LOST_ZERO = "^[0-9]{4}[.][0-9]$"


def day(cell: ir.StringValue) -> ir.DateValue:
    """The day that a cell names, with or without a time of day."""
    return _iso_day(cell).try_cast("date")


def month(cell: ir.StringValue) -> ir.DateValue:
    """The first day of the month that a cell names, whether it names a month or a day of it."""
    spelled = _spelled(cell)
    first = ibis.cases(
        # A spreadsheet turns 2024.10 into 2024.1: nobody knows which month that is.
        (cell.re_search(_LOST_ZERO), ibis.null("string")),
        (spelled.re_search(_MARKED_MONTH), _joined(spelled, _MARKED_MONTH, 2) + "-01"),
        (spelled.re_search(_PACKED_MONTH), _joined(spelled, _PACKED_MONTH, 2) + "-01"),
        else_=ibis.cases((day(cell).notnull(), _iso_day(cell).left(8) + "01")),
    )
    return first.try_cast("date")


def _iso_day(cell: ir.StringValue) -> ir.StringValue:
    spelled = _spelled(cell)
    return ibis.cases(
        (cell.re_search(_ISO), cell),
        (
            cell.re_search(_DIGITS_ONLY),
            cell.left(4) + "-" + cell.substr(4, 2) + "-" + cell.substr(6, 2),
        ),
        (spelled.re_search(_MARKED), _joined(spelled, _MARKED, 3)),
        (spelled.re_search(_PACKED), _joined(spelled, _PACKED, 3)),
    )


def _spelled(cell: ir.StringValue) -> ir.StringValue:
    return cell.translate("".join(_SPELLING), "".join(_SPELLING.values()))


def _joined(cell: ir.StringValue, form: str, parts: int) -> ir.StringValue:
    found = [cell.re_extract(form, part) for part in range(1, parts + 1)]
    return ibis.literal("-").join([found[0], *(part.lpad(2, "0") for part in found[1:])])
