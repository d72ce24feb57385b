"""The official division table as one county sees it, and the ways its places are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from matchers.spellings import Spellings, gathered, unambiguous

PROVINCE, CITY, COUNTY, TOWNSHIP, VILLAGE = 2, 4, 6, 9, 12
"""How many digits of a code name each level."""

_NO_NAMES = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
_PROVINCE_ENDING = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
_CITY_ENDING = re.compile(r"(?:市|地区|盟)$")
_COUNTY_ENDING = re.compile(r"(?:市|县|区|旗)$")
_TOWNSHIP_ENDING = re.compile(r"(?:街道办事处|街道办|办事处|街道|镇|乡)$")
_TOWNSHIP_ENDINGS = ("街道办事处", "街道办", "办事处", "街道", "镇", "乡")
_VILLAGE_ENDING = re.compile(
    r"(?:社区?居民委员会|社区居委会|居民委员会|居委会|村民委员会|村委会|行政村|社区|村)$"
)
_VILLAGE_ENDINGS = (
    *("村民委员会", "村委会", "行政村", "村", "社区居民委员会", "社区居委会", "居民委员会"),
    *("居委会", "社区", ""),
)


@dataclass(frozen=True)
class Division:
    """A province, city, county or township of the division table."""

    code: str
    name: str


@dataclass(frozen=True)
class Village:
    """A village or residents' committee of the county."""

    code: str
    name: str
    short_name: str
    township_code: str


@dataclass(frozen=True, kw_only=True)
class Divisions:
    """Everything an address can name: the country down to counties, one county down to villages."""

    county_code: str
    divisions: tuple[Division, ...]
    villages: tuple[Village, ...]

    @classmethod
    def of_county(cls, county_code: str, divisions: pa.Table, villages: pa.Table) -> Divisions:
        """From the division table (code, name, ...) and the county's villages.

        Townships and villages of other counties may be in the tables; they are left out.
        """
        named = (Division(row["code"], row["name"]) for row in divisions.to_pylist())
        fields = ("code", "name", "short_name", "township_code")
        housed = (Village(*(row[field] for field in fields)) for row in villages.to_pylist())
        return cls(
            county_code=county_code,
            divisions=tuple(
                one for one in named if len(one.code) < TOWNSHIP or one.code.startswith(county_code)
            ),
            villages=tuple(one for one in housed if one.code.startswith(county_code)),
        )

    @cached_property
    def own(self) -> frozenset[str]:
        """The codes of the county, its city and its province."""
        return frozenset(self.county_code[:digits] for digits in (PROVINCE, CITY, COUNTY))

    @cached_property
    def townships(self) -> dict[str, str]:
        """Code to name of the county's townships."""
        return {one.code: one.name for one in self.divisions if len(one.code) == TOWNSHIP}

    @cached_property
    def official(self) -> Spellings:
        """Full names of provinces, cities and counties."""
        return Spellings(gathered((one.name, one.code) for one in self._above_townships()))

    @cached_property
    def short(self) -> Spellings:
        """Names of provinces and cities, and of the own county, without their endings."""
        endings = {PROVINCE: _PROVINCE_ENDING, CITY: _CITY_ENDING, COUNTY: _COUNTY_ENDING}
        shortened = (
            (endings[len(one.code)].sub("", one.name), one.code)
            for one in self._above_townships()
            if len(one.code) < COUNTY or one.code == self.county_code
        )
        return Spellings(gathered(pair for pair in shortened if len(pair[0]) > 1))

    def _above_townships(self) -> Iterable[Division]:
        return (d for d in self.divisions if len(d.code) < TOWNSHIP and d.name not in _NO_NAMES)

    @cached_property
    def township_spellings(self) -> Spellings:
        """Official names, and unambiguous ones with another ending (时庄镇 for 时庄街道)."""
        official = {name: frozenset({code}) for code, name in self.townships.items()}
        other = gathered(
            (_TOWNSHIP_ENDING.sub("", name) + ending, code)
            for code, name in self.townships.items()
            for ending in _TOWNSHIP_ENDINGS
        )
        return Spellings(unambiguous(other) | official)

    @cached_property
    def township_short_names(self) -> Spellings:
        """姚村 for 姚村镇."""
        pairs = ((_TOWNSHIP_ENDING.sub("", name), code) for code, name in self.townships.items())
        return Spellings(unambiguous(gathered(pair for pair in pairs if len(pair[0]) > 1)))

    @cached_property
    def village_spellings(self) -> dict[str, Spellings]:
        """By township code: every way in which its villages are written."""
        return {code: Spellings(_village_spellings(self._of(code))) for code in self.townships}

    @cached_property
    def any_village(self) -> Spellings:
        """Every way in which any village of the county is written."""
        every = (_village_spellings(self._of(code)).items() for code in self.townships)
        return Spellings(gathered((name, c) for some in every for name, cs in some for c in cs))

    def _of(self, township_code: str) -> list[Village]:
        return [one for one in self.villages if one.township_code == township_code]


def _village_spellings(villages: list[Village]) -> dict[str, frozenset[str]]:
    written = gathered((name, v.code) for v in villages for name in (v.name, v.short_name))
    varied = gathered(
        (_VILLAGE_ENDING.sub("", village.short_name) + ending, village.code)
        for village in villages
        for ending in _VILLAGE_ENDINGS
        if _VILLAGE_ENDING.sub("", village.short_name)[1:] or ending
    )
    return unambiguous(varied) | unambiguous(written)


def has_village_ending(name: str) -> bool:
    """陈家寨村 and 陈家寨社区 have one, 陈家寨 has none."""
    return _VILLAGE_ENDING.search(name) is not None
