"""The many ways one address is written."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city.luck import Ints, Texts, luck, pick, texts, words
from benchmarks.matching.city.places import Places

PROVINCE, CITY = "湖南省", "株洲市"
DIGITS = "零一二三四五六七八九十"
AWAY = words(
    "广东省东莞市长安镇 广东省深圳市宝安区沙井街道 广东省佛山市顺德区容桂街道 "
    "浙江省宁波市北仑区大碶街道 江苏省昆山市玉山镇 湖南省长沙市雨花区高桥街道 "
    "福建省晋江市陈埭镇 上海市松江区九亭镇 广东省中山市小榄镇 浙江省义乌市江东街道"
)


def write(places: Places, home: Ints, spelling: Ints) -> Texts:
    """Addresses of `home` in one of five spellings (0 fullest, 4 barest) per row."""
    out = np.empty(len(home), dtype=object)
    for style, (country, town) in enumerate(STYLES):
        rows = np.flatnonzero(spelling == style)
        at = home[rows]
        urban = places.urban[at]
        out[rows[urban]] = texts([town(places, h) for h in at[urban]])
        out[rows[~urban]] = texts([country(places, h) for h in at[~urban]])
    return out


def village_of(places: Places, home: Ints) -> Texts:
    """Township and village, as insurance and assistance name the place somebody is insured at."""
    return places.town[home] + places.village[home]


def chinese(number: int) -> str:
    """1 to 99 in Chinese numerals."""
    tens, ones = divmod(int(number), 10)
    front = "" if tens == 0 else ("" if tens == 1 else DIGITS[tens]) + "十"
    return front + (DIGITS[ones] if ones or not tens else "")


def _rural_full(p: Places, h: int) -> str:
    return f"{PROVINCE}{CITY}{p.county[h]}{p.town[h]}{p.village[h]}{p.group[h]}组{p.house[h]}号"


def _rural_official(p: Places, h: int) -> str:
    name = p.official[h]
    full = name if name.endswith("会") else f"{p.village[h].removesuffix('村')}村民委员会"
    return f"{PROVINCE}{p.county[h]}{p.town[h]}{full}{chinese(p.group[h])}组"


def _rural_county(p: Places, h: int) -> str:
    return f"{p.county[h]}{p.town[h]}{p.village[h]}第{chinese(p.group[h])}村民小组{p.house[h]}号"


def _rural_bare(p: Places, h: int) -> str:
    return f"{p.town[h].removesuffix('镇').removesuffix('乡')}{p.village[h]}{p.group[h]}组"


def _rural_town(p: Places, h: int) -> str:
    return f"{p.town[h]}{p.village[h].removesuffix('村')}村{p.group[h]}组{p.house[h]}号"


def _town_full(p: Places, h: int) -> str:
    room = f"{p.building[h]}栋{p.unit[h]}单元{p.room[h]}室"
    return f"{PROVINCE}{CITY}{p.county[h]}{p.town[h]}{p.road[h]}路{p.house[h]}号{p.estate[h]}{room}"


def _town_short(p: Places, h: int) -> str:
    return f"{CITY}{p.county[h]}{p.road[h]}路{p.house[h]}号{p.estate[h]}{p.building[h]}幢{p.unit[h]}单元{p.room[h]}"


def _town_county(p: Places, h: int) -> str:
    return f"{p.county[h]}{p.town[h]}{p.village[h]}{p.estate[h]}{p.building[h]}号楼{p.unit[h]}单元{p.room[h]}室"


def _town_dashes(p: Places, h: int) -> str:
    return f"{p.estate[h]}{p.building[h]}-{p.unit[h]}-{p.room[h]}"


def _town_bare(p: Places, h: int) -> str:
    return f"{p.county[h]}{p.estate[h]}{p.building[h]}栋{p.room[h]}"


STYLES = (
    (_rural_full, _town_full),
    (_rural_official, _town_short),
    (_rural_county, _town_county),
    (_rural_bare, _town_dashes),
    (_rural_town, _town_bare),
)


def elsewhere(seed: int, size: int, purpose: str) -> Texts:
    """Addresses in other provinces, where people work."""
    rng = luck(seed, "elsewhere", purpose)
    rest = texts([f"{a}号{b}栋{c}" for a, b, c in rng.integers(1, 999, (size, 3))])
    return pick(rng, AWAY, size) + pick(rng, ["工业路", "创业路", "振兴路", "人民路"], size) + rest
