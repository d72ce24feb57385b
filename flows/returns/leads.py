"""A household that no order named: written below the list because it stood in need next door."""

from __future__ import annotations

import re
from datetime import date, timedelta

from stdnum.iso7064 import mod_11_2

from flows.returns.days import day_of
from flows.returns.rows import Row
from flows.returns.taken import Fault, Lead

_ID_NUMBER = re.compile(r"\d{17}[\dX]")
_TOWNSHIP = re.compile(r"\d{9}")
_THIS_LONG = timedelta(days=364)


def is_lead(row: Row) -> bool:
    """Whether a row without a number names somebody, and what is needed or where."""
    return bool(row.cells["name"] and (_needs(row) or _address(row))) and not row.is_printed


def lead_of(row: Row, on: date, township_code: str | None) -> Lead:
    """The lead of a row; `township_code` is where the rest of its file belongs."""
    cells = row.cells
    day = day_of(cells["visited_on"], on - _THIS_LONG, on)
    own_township = _TOWNSHIP.fullmatch(cells["township_code"])
    return Lead(
        name=cells["name"],
        village=cells["village"],
        address=_address(row),
        phone=cells["phone"] or cells["registered_phone"],
        id_number=_id_number(cells["id_number"]),
        needs=_needs(row),
        note=";".join(filter(None, (_concluded(row), cells["note"]))),
        reported_on=on if isinstance(day, Fault) else day,
        visitor=cells["visitor"],
        township_code=own_township[0] if own_township else township_code,
        sheet=row.sheet,
        line=row.line,
    )


def _needs(row: Row) -> str:
    return row.cells["needs"] or row.cells["why"]


def _address(row: Row) -> str:
    return row.cells["address"] or row.cells["registered_address"]


def _concluded(row: Row) -> str:
    """A conclusion about somebody who has no order is told and decides nothing."""
    return f"核实结论:{row.cells['conclusion']}" if row.cells["conclusion"] else ""


def _id_number(text: str) -> str | None:
    number = re.sub(r"[\s-]", "", text).upper()
    return number if _ID_NUMBER.fullmatch(number) and mod_11_2.is_valid(number) else None
