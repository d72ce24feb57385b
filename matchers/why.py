"""Why a record was given to a person: every field's weight, in one Chinese sentence.

姓名同音(少见)+6.1;生日差一位 -0.4;同村 +2.0;合计 97%
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matchers.address_levels import AddressLevel
from matchers.birth_levels import BirthLevel
from matchers.kin import KinLevel
from matchers.model import BIT
from matchers.name_levels import NameLevel
from matchers.number_levels import NumberLevel
from matchers.phones import PhoneLevel
from matchers.text_levels import TextLevel

RARE, COMMON = 15 * BIT, 11 * BIT
"""Rarities (log2 people per bearer) above and below which a name is called rare or common."""

_WORDS: Mapping[str, Mapping[int, str]] = {
    "name": {
        NameLevel.EQUAL: "姓名相同",
        NameLevel.VARIANT: "姓名为异体字",
        NameLevel.SOUND: "姓名同音",
        NameLevel.SHAPE: "姓名有一字形近",
        NameLevel.SWAPPED: "姓名次序颠倒",
        NameLevel.PARTIAL: "姓名可见部分相同",
        NameLevel.ONE_OFF: "姓名差一字",
        NameLevel.SAME_GIVEN: "名同姓不同",
        NameLevel.SAME_SURNAME: "仅同姓",
        NameLevel.DIFFERENT: "姓名不同",
    },
    "birth": {
        BirthLevel.EQUAL: "生日相同",
        BirthLevel.SWAPPED: "生日月日颠倒",
        BirthLevel.ONE_DIGIT: "生日差一位",
        BirthLevel.LUNAR: "生日为农历",
        BirthLevel.PLACEHOLDER: "生日同年同月或只填年份",
        BirthLevel.SAME_YEAR: "出生年相近",
        BirthLevel.DIFFERENT: "生日不同",
    },
    "number": {
        NumberLevel.EQUAL: "证号相同",
        NumberLevel.ONE_EDIT: "证号差一处",
        NumberLevel.MASK_FITS_LONG: "证号可见部分相符",
        NumberLevel.TWO_EDITS: "证号差两处",
        NumberLevel.DIFFERENT: "证号不符",
    },
    "sex": {1: "性别相同", 0: "性别不同"},
    "phone": {
        PhoneLevel.EQUAL: "电话相同",
        PhoneLevel.ONE_SLIP: "电话差一位",
        PhoneLevel.DIFFERENT: "电话不同",
    },
    "address": {
        AddressLevel.SAME_TEXT: "地址相同",
        AddressLevel.SAME_DOOR: "门牌相同",
        AddressLevel.SAME_PLACE: "同村或同小区",
        AddressLevel.SAME_TOWNSHIP: "同乡镇",
        AddressLevel.SAME_COUNTY: "同县",
        AddressLevel.DIFFERENT: "地址不同",
    },
    "kin": {
        KinLevel.NUMBER: "填的是同户亲属的证号",
        KinLevel.NAME_AND_PHONE: "联系人和电话是同户亲属的",
        KinLevel.NAME: "联系人是同户亲属",
        KinLevel.PHONE: "电话是同户亲属的",
    },
}
_TEXT_WORDS = {
    TextLevel.EQUAL_VERY_RARE: "相同(极少见)",
    TextLevel.EQUAL_RARE: "相同(少见)",
    TextLevel.EQUAL_UNCOMMON: "相同(较少见)",
    TextLevel.EQUAL: "相同",
    TextLevel.CLOSE: "差一处",
    TextLevel.SIMILAR: "相近",
    TextLevel.SHARED: "部分相同",
    TextLevel.DIFFERENT: "不同",
}


def sentence(decision: Mapping[str, Any]) -> str:
    """One sentence for a decision's `<field>_level`, `<field>_weight`, `probability`."""
    parts = [_claim(decision)]
    for column in decision:
        name = column.removesuffix("_level")
        level = decision[column]
        if column != name and level is not None:
            parts.append(_part(name, int(level), decision))
    parts.append(_of_home(decision))
    said = ";".join(part for part in parts if part)
    return f"{said};合计 {_percent(decision['probability'])}"


def words_of(name: str, level: int) -> str:
    """What a level of a field is called; empty where it says nothing."""
    if name in _WORDS:
        return _WORDS[name].get(level, "")
    return f"{name} {_TEXT_WORDS[TextLevel(level)]}"


def _part(name: str, level: int, decision: Mapping[str, Any]) -> str:
    words = words_of(name, level)
    if name == "name" and level >= NameLevel.PARTIAL:
        words += _how_common(decision)
    return f"{words} {_bits(decision[f'{name}_weight'])}" if words else ""


def _how_common(decision: Mapping[str, Any]) -> str:
    rarity = decision.get("name_rarity")
    if rarity is None:
        return ""
    return "(少见)" if rarity >= RARE else "(常见)" if rarity <= COMMON else ""


def _claim(decision: Mapping[str, Any]) -> str:
    if decision.get("claim") is None:
        return ""
    own = decision["claim"] == decision.get("entity")
    return "所填证号是此人的" if own else "所填证号是他人的"


def _of_home(decision: Mapping[str, Any]) -> str:
    weight = decision.get("home_weight")
    return f"另有线索指向同户 {_bits(weight)}" if weight else ""


def _bits(weight: int) -> str:
    return f"{weight / BIT:+.1f}"


def _percent(probability: float) -> str:
    """Never rounded up to certainty."""
    return f"{min(int(probability * 1000), 999) / 10:g}%"
