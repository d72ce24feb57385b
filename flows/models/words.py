"""The names of fields and levels: English in a model's file, Chinese for who reads its weights."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from matchers import why
from matchers.address_levels import AddressLevel
from matchers.birth_levels import BirthLevel
from matchers.kin import KinLevel
from matchers.name_levels import NameLevel
from matchers.number_levels import NumberLevel
from matchers.phones import PhoneLevel
from matchers.text_levels import TextLevel


class SexLevel(IntEnum):
    """The sexes are the same, or not."""

    DIFFERENT = 0
    SAME = 1


LEVELS: Mapping[str, type[IntEnum]] = {
    "name": NameLevel,
    "birth": BirthLevel,
    "number": NumberLevel,
    "sex": SexLevel,
    "phone": PhoneLevel,
    "address": AddressLevel,
    "kin": KinLevel,
}

FIELDS: Mapping[str, str] = {
    "name": "姓名",
    "birth": "出生日期",
    "number": "残缺证号",
    "sex": "性别",
    "phone": "电话",
    "address": "地址",
    "kin": "同户亲属",
}


def levels_of(field: str) -> type[IntEnum]:
    """The levels of a field; whatever is not known by name is compared as plain text."""
    return LEVELS.get(field, TextLevel)


def field_words(field: str) -> str:
    """A field as a person calls it."""
    return FIELDS.get(field, field)


def level_words(field: str, level: int) -> str:
    """A level as a person calls it: 姓名同音."""
    if field in LEVELS:
        return why._WORDS[field].get(level, "无亲属印证" if field == "kin" else str(level))
    return f"{field} {why._TEXT_WORDS[TextLevel(level)]}"
