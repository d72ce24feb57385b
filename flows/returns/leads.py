"""A household that no order named: written below the list because it stood in need next door.

What the inbox would refuse of a lead is left out here, and told, so that one ruined cell never costs
a family the whole row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from stdnum.iso7064 import mod_11_2

from data_contracts.sources.field_lead import field_lead
from flows.returns.days import day_of
from flows.returns.header import TITLES
from flows.returns.rows import Row
from flows.returns.spoilt import is_spoilt
from flows.returns.taken import Fault, Lead
from transforms.cells import UNKNOWN

_ID_NUMBER = re.compile(r"\d{17}[\dX]")
_TOWNSHIP = re.compile(r"\d{9}")
_THIS_LONG = timedelta(days=364)
_ROOM_FOR_THE_TOWNSHIP = 20
_LONGEST = {
    **{name: field_lead.columns[name].max_length for name in ("name", "phone", "address")},
    "village": field_lead.columns["village"].max_length - _ROOM_FOR_THE_TOWNSHIP,
}
_KEPT = "线索已登记,不用重报;下次走访时再核对"
_NO_PHONE = Fault(TITLES["phone"][0], "电话被表格软件改坏或太长,没有采用", _KEPT)
_CUT = {
    name: Fault(TITLES[name][0], f"文字太长,只采用前 {_LONGEST[name]} 个字", _KEPT)
    for name in ("village", "address")
}


def is_lead(row: Row) -> bool:
    """Whether a row without a number names somebody, and what is needed or where."""
    told = _needs(row) or _address(row)
    return bool(told and _is_name(row.cells["name"])) and not row.is_printed


def lead_of(row: Row, on: date, township_code: str | None) -> Lead:
    """The lead of a row; `township_code` is where the rest of its file belongs."""
    cells = row.cells
    day = day_of(cells["visited_on"], on - _THIS_LONG, on)
    own_township = _TOWNSHIP.fullmatch(cells["township_code"])
    return Lead(
        name=cells["name"],
        village=cells["village"][: _LONGEST["village"]],
        address=_address(row)[: _LONGEST["address"]],
        phone=next(filter(_is_phone, _phones(row)), ""),
        id_number=_id_number(cells["id_number"]),
        needs=_needs(row),
        note=";".join(filter(None, (_concluded(row), cells["note"]))),
        reported_on=on if isinstance(day, Fault) else day,
        visitor=cells["visitor"],
        township_code=own_township[0] if own_township else township_code,
        sheet=row.sheet,
        line=row.line,
    )


def left_out(row: Row) -> Iterator[Fault]:
    """What of a lead's row is not taken along."""
    phones = _phones(row)
    if any(phones) and not any(map(_is_phone, phones)):
        yield _NO_PHONE
    for name, text in (("village", row.cells["village"]), ("address", _address(row))):
        if len(text) > _LONGEST[name]:
            yield _CUT[name]


def _is_name(text: str) -> bool:
    return 0 < len(text) <= _LONGEST["name"] and text not in UNKNOWN


def _phones(row: Row) -> tuple[str, str]:
    return row.cells["phone"], row.cells["registered_phone"]


def _is_phone(text: str) -> bool:
    return 0 < len(text) <= _LONGEST["phone"] and not is_spoilt(text)


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
