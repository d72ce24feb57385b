"""What people and programs write where a number should stand, and how to tell it apart."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

_INVISIBLE = r"[\s\x{200B}-\x{200F}\x{2060}\x{FEFF}'\"‘’“”`´=:;,()\[\]{}<>《》【】。]+"
_SINGLE_MARK = r"([0-9])[-–—−·./\\_]([0-9X])"
_FLOAT = r"\.0+$"
_LOOK_ALIKE = ("ХΧ", "XX")  # Cyrillic and Greek; × is a mask as often as it is an X

SAYS_NOTHING = (
    r"^(|无|没有|暂无|不详|未知|空|不明|不清|不知道|无证|无证件|无身份证|无身份证号|无号码|未办理|未办"
    r"|未提供|未登记|未填|未采集|待补|待补录|待办|拒绝提供|新生儿|其他|NULL|NONE|NAN|N/?A|UNKNOWN|-+|/+|\.+)$"
)
SCIENTIFIC = r"^[0-9](\.[0-9]+)?E\+?[0-9]{1,2}$"
MASK = r"[*#?●•□■×_★☆○◯◎※◆◇▲△~…]|X{2,}|[-–—.·]{2,}"
FILLER = (
    r"^(0+|1+|2+|3+|4+|5+|6+|7+|8+|9+|X+)[0-9X]?$|^0{6}|^1234567"
    r"|^[0-9]{6}(0{8}|19000101)[0-9]{3}[0-9X]$"  # a county, then nobody's birthday
    r"|^([*#?●•□■×_★☆○◯◎※◆◇▲△~…]|[-–—.·])+$"
)
DIGITS_LOST = r"^[0-9]{15}000$"
CUT_OFF = r"^[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])"
"""15 digits that begin like 18: rather cut off than the old form of somebody born in 1919 or 1920."""
DATE = r"^(18|19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]$"
PHONE = r"^1[3-9][0-9]{9}$"
"""What else is typed into the cell of the number."""
FOREIGN = (
    r"^[A-Z]{1,2}[0-9]{6,9}[0-9A]?$"  # passports, Hong Kong and Macau permits and cards
    r"|^[A-Z]{3}[0-9]{12}$"  # foreign permanent resident, before 2023
    r"|^9[0-9]{16}[0-9X]$"  # foreign permanent resident, since 2023
    r"|^[0-9]{8}([0-9]{2}[A-Z])?$"  # Taiwan permits
)


def plain(values: pa.Array) -> pa.Array:
    """Half width, upper case, without blanks, quotation marks, brackets and single dashes."""
    text = pc.utf8_upper(pc.utf8_normalize(values, form="NFKC"))
    for look_alike, letter in zip(*_LOOK_ALIKE, strict=True):
        text = pc.replace_substring(text, look_alike, letter)
    text = pc.replace_substring_regex(text, _INVISIBLE, "")
    text = pc.replace_substring_regex(text, _FLOAT, "")
    parted = pc.replace_substring_regex(text, _SINGLE_MARK, r"\1\2")
    return pc.if_else(pc.match_substring_regex(text, SCIENTIFIC), text, parted)


def looks_like(text: pa.Array, pattern: str) -> pa.Array:
    """Whether each text has the pattern; null has none."""
    return pc.fill_null(pc.match_substring_regex(text, pattern), False)
