"""Addresses in one way of writing: half width, simplified signs, numbers in digits."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

_TRADITIONAL, _SIMPLIFIED = (
    "號樓區縣鎮鄉單棟層門組隊莊東華國園灣廣嶺溝橋陳張劉趙黃吳馬鄭龍長興濱開壹貳贰叁參肆伍陸陆柒捌玖拾佰兩两",
    "号楼区县镇乡单栋层门组队庄东华国园湾广岭沟桥陈张刘赵黄吴马郑龙长兴滨开一二二三三四五六六七八九十百二二",
)
_SEPARATORS = r"[\s,，。.、;；:：'\"“”‘’|/\\()（）\[\]【】<>《》·\x{200B}-\x{200F}\x{FEFF}]+"
_DASHES = r"[-‐-―_~−]+"
_LOOSE_DASH = r"(^|[^0-9A-Z])-+|-+($|[^0-9A-Z])"
_OPENING = (
    r"^(中华人民共和国|中国|现居住地址?|现住址|现住|户籍所在地|户籍地址?|户口所在地|家庭住址|家庭地址"
    r"|联系地址|常住地址|住所地?|住址|地址|居住地|家住|住)+"
)
_SAYS_NOTHING = (
    r"^(|无|没有|暂无|不详|未知|不明|空|未填|未登记|同上|同户籍地?址?|同户籍所在地|本地|本市|本县|本村|其他"
    r"|详见身份证|见身份证|NULL|NONE|NAN|N/?A|UNKNOWN|[-*?#0]+)$"
    r"|^[^省县区镇乡村号0-9]*(公司|集团|工厂|合作社|经营部|门市部|工商户|就业|职业|大学|中学|小学|医院|银行)$"
)
"""Words for nothing, and employers, which stand in the column of the address and are no place."""
_FIGURES = "一二三四五六七八九十百"
_UNITS = "号|栋|幢|座|单元|室|户|房|层|楼|村民小组|小组|组|队|社|弄|期"
_SPELLED = re.compile(rf"(?:第)?([〇零{_FIGURES}]{{1,5}})(?={_UNITS})(?!社区|社会)")
_STREETS = "路|大街|街|大道|巷"
_OF_STREET = re.compile(rf"[0-9]+(?={_STREETS})")
"""纬12路: a number that is a name."""
_DIGITS = {figure: digit for digit, figure in enumerate("零一二三四五六七八九")} | {"〇": 0}


_UNUSUAL = rf"[ -]|[{_TRADITIONAL}]|[〇零{_FIGURES}]({_UNITS})|第[0-9]|[0-9]({_STREETS})|{_OPENING}"
"""What most addresses have not; only those that have it are rewritten."""


def normal_addresses(values: pa.Array) -> pa.Array:
    """Each address in one way of writing; null where it says nothing."""
    text = pc.utf8_upper(pc.utf8_normalize(values, form="NFKC"))
    text = _replaced(text, _SEPARATORS, " ")
    text = _replaced(text, _DASHES, "-")
    asked = pc.and_(looks_like(text, _UNUSUAL), pc.invert(is_latin(text)))
    text = pc.replace_with_mask(text, asked, _joined(text.filter(asked)))
    text = pc.utf8_trim_whitespace(text)
    nothing = pc.fill_null(pc.match_substring_regex(text, _SAYS_NOTHING), True)
    return pc.if_else(nothing, pa.scalar(None, pa.string()), text)


def looks_like(text: pa.Array, pattern: str) -> pa.Array:
    """Whether each address has the pattern; false for null."""
    return pc.fill_null(pc.match_substring_regex(text, pattern), False)


def is_latin(text: pa.Array) -> pa.Array:
    """Whether an address has no Chinese character; false for null."""
    return pc.invert(pc.fill_null(pc.match_substring_regex(text, r"\p{Han}"), True))


def _joined(text: pa.Array) -> pa.Array:
    """Without blanks, without words that open an address, and numbers in digits."""
    text = _replaced(text, r"([0-9A-Z]) ([0-9])", r"\1-\2")
    text = _replaced(text, " ", "")
    text = _without_loose_dashes(text)
    text = _without_loose_dashes(_changed(text, rf"[0-9]({_STREETS})", _in_figures))
    text = _changed(text, f"[{_TRADITIONAL}]", _simplified)
    text = _changed(text, rf"[〇零{_FIGURES}]({_UNITS})", _in_digits)
    text = _replaced(text, r"第+([0-9])", r"\1")
    return pc.replace_substring_regex(text, _OPENING, "")


def _without_loose_dashes(text: pa.Array) -> pa.Array:
    """Dashes stay between numbers only; neighbours share a sign, so it takes two rounds."""
    once = _replaced(text, _LOOSE_DASH, r"\1\2")
    return _replaced(once, _LOOSE_DASH, r"\1\2")


def _replaced(text: pa.Array, pattern: str, by: str) -> pa.Array:
    """The pattern replaced; asking first is cheaper, since few texts have it."""
    asked = looks_like(text, pattern)
    return pc.replace_with_mask(
        text, asked, pc.replace_substring_regex(text.filter(asked), pattern, by)
    )


def _changed(text: pa.Array, pattern: str, change: Callable[[str], str]) -> pa.Array:
    """The texts that have the pattern, changed together as one long text of many lines."""
    asked = looks_like(text, pattern)
    lines = text.filter(asked).to_pylist()
    changed = change("\n".join(lines)).split("\n") if lines else []
    return pc.replace_with_mask(text, asked, pa.array(changed, pa.string()))


def _simplified(text: str) -> str:
    return text.translate(_SIMPLE)


_SIMPLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def _in_digits(text: str) -> str:
    return _SPELLED.sub(lambda found: str(_number(found[1])), text)


def _in_figures(text: str) -> str:
    return _OF_STREET.sub(lambda found: "".join(_FIGURE[digit] for digit in found[0]), text)


_FIGURE = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


@cache
def _number(figures: str) -> int:
    """Chinese figures up to 999: 二十三, 一百零五, and digit by digit 一二〇."""
    if not re.search("[十百]", figures):
        return int("".join(str(_DIGITS[figure]) for figure in figures))
    total, last = 0, 0
    for figure in figures:
        if figure in "十百":
            total += (last or 1) * (10 if figure == "十" else 100)
            last = 0
        else:
            last = _DIGITS[figure]
    return total + last
