"""The names in an address whose numbers are already taken out (a bar stands for each).

Names are kept without the endings that people leave out or exchange: 陈家寨村民委员会, 陈家寨村 and
陈家寨 are one name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from matchers.address_areas import read_area

_VILLAGE = re.compile(
    r"(?P<core>[^|]{1,12}?)(?:村民委员会|村委会|村民委|(?:社区)?居民委员会|(?:社区)?居委会|居民委|社区村?"
    r"|行政村|自然村|村(?![委民])|嘎查|生产大队|大队)"
)
_STREET = re.compile(r"(?P<core>[^|]{1,8}?(?:大道|大街|路|街|巷|胡同|弄|道))(?:[东西南北中]段)?")
_ENDING = re.compile(r"(?:住宅小区|小区|生活区|住宅区|公寓楼|宿舍楼|村民小组|小组|组|队|社)$")
_PEOPLE = re.compile(
    r"^(?:回|满|苗|瑶|侗|壮|彝|藏|畲|白|傣|黎|羌|土家|蒙古|布依|朝鲜|仡佬)族(?=.{2})"
)
"""What is left of a 民族乡 when its 乡 is left out: 中村瑶族康乐村."""
_FILLING = re.compile(
    r"^(?:村民|附近?|之|的|内|号|院|楼|旁边?|对面|[东西南北]侧)+"
    r"|(?:附近|内|旁边?|对面|路口|交叉口|交汇处|[东西南北]侧|门牌号?|号院?)+$"
)
_SHORTEST_NAME = 2


class Names(NamedTuple):
    """The names of one address; empty where not said."""

    province: str = ""
    city: str = ""
    county: str = ""
    either: str = ""
    township: str = ""
    village: str = ""
    hamlet: str = ""
    estate: str = ""
    street: str = ""
    on_street: bool = False
    """The first number follows the street: it is a house in it."""


def read_names_of(text: str) -> Names:
    """The names from the province down to the estate."""
    area, rest = read_area(text)
    places: list[str] = []
    estate, street, on_street = "", "", False
    stretches = rest.split("|")
    for bars_behind, stretch in zip(range(len(stretches) - 1, -1, -1), stretches, strict=True):
        if not stretch:
            continue
        villages, named = _villages(stretch)
        places += villages
        found, named = _street(named)
        street = found or street
        on_street = on_street or bool(found and bars_behind and not (named or estate))
        name = _ENDING.sub("", _FILLING.sub("", named))
        if len(name) >= _SHORTEST_NAME:
            if places or street:
                estate = estate or name
            else:
                places.append(name)
    village, hamlet = (*places, "", "")[:2]
    return Names(*area, village, hamlet, estate, street, on_street)


def _villages(text: str) -> tuple[list[str], str]:
    """The villages that open the text, without their endings, and the text behind them."""
    found = []
    while match := _VILLAGE.match(text):
        name = _PEOPLE.sub("", _without_street(match["core"]))
        found.append(name if len(name) >= _SHORTEST_NAME else match[0])
        text = text[match.end() :]
    return found, text


def _street(text: str) -> tuple[str, str]:
    """The last of the streets that open the text, and the text behind it."""
    street = ""
    while match := _STREET.match(text):
        street, text = match["core"], text[match.end() :]
    return street, text


def _without_street(core: str) -> str:
    """解放路向阳社区: the community without the street that it lies on."""
    found = _STREET.match(core)
    rest = core[found.end() :] if found else ""
    return rest if len(rest) >= _SHORTEST_NAME else core
