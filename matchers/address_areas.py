"""The upper part of a mainland address: province, city, county and township, each optional."""

from __future__ import annotations

import re
from typing import NamedTuple

_NOT_A_STREET = r"(?![路街巷里村庄镇乡])"
_PROVINCE = re.compile(
    r"(?:(?P<municipality>北京|天津|上海|重庆)(?:市辖区|市(?:市辖区|县(?=.{2,}[镇乡]))?)?"
    r"|(?P<region>内蒙古|广西|西藏|宁夏|新疆)(?:壮族|回族|维吾尔族?)?(?:自治区)?"
    r"|(?P<province>河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南"
    r"|四川|贵州|云南|陕西|甘肃|青海|台湾)(?:省|(?!市|藏族|蒙古族)))" + _NOT_A_STREET
)
_WITH_A_MARKER_INSIDE = r"景德镇|新乡|萍乡|湘乡|宁乡|桐乡|周村|津市|沙市|市[中南北]"
_NO_MARKER = r"[^省市县区镇乡村路街巷号0-9]"
_AREA = re.compile(
    rf"(?P<core>{_WITH_A_MARKER_INSIDE}|.{_NO_MARKER}{{0,9}}?)"
    r"(?P<kind>自治州|自治县|自治旗|(?<!和平里)地区(?!办)|(?<=郭勒)盟|(?<=兴安)盟|(?<=阿拉善)盟|(?:特区|林区|矿区|新区)(?!\|)"
    r"|市(?![场政民委府直区第医镇乡村|])|县(?!城(?!关)|[医政委府前后镇乡]|人民)|(?<![小社园校库景片街厂院业活属宅发居住置能护物商贸])区(?![间镇乡村|])"
    r"|(?<=[^红军国彩锦战]{2})旗(?![街路村镇乡社大小帜]))"
)
_CITIES = ("自治州", "地区", "盟")
_COUNTIES = ("自治县", "自治旗", "县", "区", "旗", "特区", "林区", "矿区", "新区")
_MOST_AREAS = 3
_TOWNSHIP = re.compile(
    r"(?P<core>[^号0-9]{1,9}?)"
    r"(?:(?P<urban>街道办事处|街道办|街道|地区办事处|办事处)"
    r"|民族乡|民族苏木|苏木|民族镇|(?<!小)镇(?!政府|村民|村委)|(?<!水)乡(?!间|村民|村委)"
    r"|农场|林场|牧场|渔场|茶场|原种场|(?:经济|高新|技术|产业|工业)*(?:开发区|园区|管理区|示范区)(?:管委会)?)"
)
_IS_LOWER = re.compile(r"社区|村委会|居委会|小区|街道")
_ON_A_STREET = re.compile(r".[路弄巷]")
_PEOPLES = re.compile(
    r"(?:(?:各|壮|回|满|苗|瑶|侗|土家|彝|藏|蒙古?|维吾尔|布依|朝鲜|白|哈尼|哈萨克|黎|傣|畲|傈僳|仡佬|东乡|拉祜|水|佤"
    r"|纳西|羌|土|仫佬|锡伯|柯尔克孜|达斡尔|景颇|毛南|撒拉|布朗|塔吉克|普米|鄂温克|怒|保安|裕固|鄂伦春|独龙)族)+$"
)
"""江华瑶族自治县 is 江华 to its people."""


class Area(NamedTuple):
    """Names without their endings; empty where not said."""

    province: str = ""
    city: str = ""
    county: str = ""
    either: str = ""
    """A single 市, which may be the city or a county of its own."""
    township: str = ""


def read_area(text: str) -> tuple[Area, str]:
    """The area that opens an address, and the text behind it."""
    province, text = _province(text)
    names, text = _cities_and_county(text)
    township, text = _township(text)
    return Area(province, *_city_and_county(names), township), text


def without_people(name: str) -> str:
    """The name without the peoples that an autonomous county or township is named after."""
    return _PEOPLES.sub("", name) or name


def _province(text: str) -> tuple[str, str]:
    found = _PROVINCE.match(text)
    if not found:
        return "", text
    return next(name for name in found.groups() if name), text[found.end() :]


def _cities_and_county(text: str) -> tuple[list[tuple[str, str]], str]:
    """Names with their kinds, down to the first county; one said twice counts once."""
    names: list[tuple[str, str]] = []
    while found := _AREA.match(text):
        name = (without_people(found["core"]), found["kind"])
        if name not in names:
            if len(names) == _MOST_AREAS or (names and names[-1][1] in _COUNTIES):
                break
            names.append(name)
        text = text[found.end() :]
    return names, text


def _city_and_county(names: list[tuple[str, str]]) -> tuple[str, str, str]:
    cities = [name for name, kind in names if kind in ("市", *_CITIES)]
    counties = [name for name, kind in names if kind in _COUNTIES]
    if counties:
        return (cities or [""])[0], counties[-1], ""
    if len(cities) > 1 or (names and names[0][1] in _CITIES):
        return cities[0], (cities[1:] or [""])[-1], ""
    return "", "", (cities or [""])[0]


def _township(text: str) -> tuple[str, str]:
    found = _TOWNSHIP.match(text)
    if not found or _IS_LOWER.search(found["core"]):
        return "", text
    if _ON_A_STREET.search(found["core"]) and not found["urban"]:
        return "", text
    core, rest = without_people(found["core"]), text[found.end() :]
    if rest.startswith(("镇", "乡")):  # 马镇镇
        return found[0], rest[1:]
    return core, rest
