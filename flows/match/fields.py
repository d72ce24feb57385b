"""The fields that a spec may give to the columns of a table, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

EXTRA = "extra"


class Reading(StrEnum):
    """How the values of a field are read; those read alike are read together, once."""

    NAME = "name"
    NUMBER = "number"
    SEX = "sex"
    BIRTH = "birth"
    PHONE = "phone"
    RELATION = "relation"
    TEXT = "text"
    CODE = "code"
    AS_TYPED = "as_typed"


FIELDS: Mapping[str, Reading] = {
    "name": Reading.NAME,
    "former_name": Reading.NAME,
    "id_number": Reading.NUMBER,
    "sex": Reading.SEX,
    "birth_date": Reading.BIRTH,
    "address": Reading.AS_TYPED,
    "phone": Reading.PHONE,
    "household": Reading.CODE,
    "relation": Reading.RELATION,
    "contact_name": Reading.NAME,
    "contact_phone": Reading.PHONE,
    "guardian_name": Reading.NAME,
    "guardian_number": Reading.NUMBER,
    "guardian_phone": Reading.PHONE,
    "given_name": Reading.TEXT,
    "surname": Reading.TEXT,
    "postcode": Reading.TEXT,
}
"""Every field and its reading; `extra` besides names a list of columns, each read as text."""

PARTS = ("given_name", "surname")
NAMES = ("name", *PARTS)
"""A table has at least one of these."""


def extra_field(place: int) -> str:
    """The field of the extra column at a place of the list: extra_1, extra_2 ..."""
    return f"{EXTRA}_{place + 1}"
