"""Where an address lies: in the county or not, in which township and village.

Read from left to right, the longest name first. A village name alone never decides a township,
because villages share names; and nothing said is unknown, not elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from matchers.divisions import CITY, COUNTY, TOWNSHIP, VILLAGE, Divisions, has_village_ending
from matchers.spellings import Spellings

_SEPARATORS = r"[\s,，。.、;；:：'\"“”|/\\_\-—()（）\[\]【】\x{200B}\x{FEFF}]+"
_OPENING = re.compile(
    r"\A(?:中华人民共和国|中国)?(?:现居住地址?|现住址|现住|户籍地址?|家庭住址|住址|地址|居住地|家住|住)?"
)
_IS_A_STREET = re.compile(r"(?:大?路|大?街|大道|道|巷|胡同)")
_IS_A_TOWNSHIP = re.compile(r"镇|乡")
_IS_A_VILLAGE = re.compile(r".{0,2}?(?:村|庄|社区|屯)")
_MOST_NAMES = 8
"""A written address repeats itself (山东省济宁市曲阜市曲阜市), but not without end."""


@dataclass(frozen=True)
class Place:
    """What is known of where an address lies; null is unknown."""

    in_county: bool | None = None
    township_code: str | None = None
    village_code: str | None = None


_UNKNOWN = Place()
_ELSEWHERE = Place(in_county=False)


def read_addresses(values: pa.Array | pa.ChunkedArray, divisions: Divisions) -> pa.Table:
    """One row per value: in_county, township_code and village_code, null where unknown."""
    text = pc.utf8_normalize(values.cast(pa.string()), form="NFKC")
    plain = pc.replace_substring_regex(text, _SEPARATORS, "").to_pylist()
    return _table(values, [_place(one, divisions) if one else _UNKNOWN for one in plain])


def read_place_codes(values: pa.Array | pa.ChunkedArray, divisions: Divisions) -> pa.Table:
    """The same of a division code of 6, 9 or 12 digits; trailing zeros name no deeper level."""
    text = pc.utf8_normalize(values.cast(pa.string()), form="NFKC")
    plain = pc.replace_substring_regex(text, r"[\s'‘’]+|\.0+$", "").to_pylist()
    villages = frozenset(village.code for village in divisions.villages)
    return _table(values, [_place_of_code(one or "", divisions, villages) for one in plain])


def _table(values: pa.Array | pa.ChunkedArray, places: list[Place]) -> pa.Table:
    return pa.table(
        {
            "value": values,
            "in_county": pa.array([place.in_county for place in places], pa.bool_()),
            "township_code": pa.array([place.township_code for place in places], pa.string()),
            "village_code": pa.array([place.village_code for place in places], pa.string()),
        }
    )


def _place_of_code(code: str, divisions: Divisions, villages: frozenset[str]) -> Place:
    digits = code.isascii() and code.isdigit() and code[0] != "0"
    if not digits or len(code) not in (COUNTY, TOWNSHIP, VILLAGE):
        return _UNKNOWN
    if not code.startswith(divisions.county_code):
        return _ELSEWHERE
    township = code[:TOWNSHIP] if code[:TOWNSHIP] in divisions.townships else None
    return Place(True, township, code if code in villages else None)


def _place(text: str, divisions: Divisions) -> Place:
    address = _OPENING.sub("", text, count=1)
    reached, at = _above_townships(address, divisions)
    if reached is None:
        return _UNKNOWN
    if not divisions.county_code.startswith(reached):
        return _ELSEWHERE
    in_county = reached == divisions.county_code
    township, at = _township(address, at, divisions, in_county)
    if township:
        return Place(True, township, _village(address, at, divisions.village_spellings[township]))
    return Place(in_county=True) if in_county else _UNKNOWN


def _above_townships(text: str, divisions: Divisions) -> tuple[str | None, int]:
    """The code that provinces, cities and counties lead to, and where the names end.

    Empty where none is named, null where they contradict each other.
    """
    reached, at = "", 0
    for _ in range(_MOST_NAMES):
        name, codes = _next_name(text, at, divisions)
        own = codes & divisions.own
        if own:
            reached, at = max((reached, *own), key=len), at + len(name)
        elif not name or reached == divisions.county_code:
            break
        else:
            return _abroad(text, at, reached, divisions), at
    return reached, at


def _next_name(text: str, at: int, divisions: Divisions) -> tuple[str, frozenset[str]]:
    """The longest name of a province, city or county here; 北京路 is a street and not Beijing."""
    official = divisions.official.longest(text, at)
    short = divisions.short.longest(text, at)
    if len(official[0]) >= len(short[0]):
        return official
    is_street = _IS_A_STREET.match(text, at + len(short[0]))
    is_township = divisions.township_spellings.longest(text, at)[0]
    return ("", frozenset()) if is_street or is_township else short


def _abroad(text: str, at: int, reached: str, divisions: Divisions) -> str | None:
    """The code of a place that is not ours; what was reached before, if the name proves nothing."""
    name, codes = _next_name(text, at, divisions)
    inside = sorted(code for code in codes if code.startswith(reached))
    if not inside:
        return None
    if name in divisions.official:
        return reached if _is_common(name, inside, reached, divisions) else inside[0]
    _following, deeper = _next_name(text, at + len(name), divisions)
    proven = (code for code in inside for one in deeper if one.startswith(code) and one != code)
    return next(proven, reached)


def _is_common(name: str, codes: list[str], reached: str, divisions: Divisions) -> bool:
    """城区 or 新城区 without its city may be a quarter of any town."""
    city = divisions.county_code[:CITY]
    bare = not reached and name.endswith("区") and len(codes[0]) == COUNTY
    return bare and (len(name) == 2 or not any(code.startswith(city) for code in codes))


def _township(text: str, at: int, divisions: Divisions, in_county: bool) -> tuple[str, int]:
    """The township named here and where its name ends; an empty code if there is none."""
    name, codes = divisions.township_spellings.longest(text, at)
    if not name:
        name, codes = divisions.township_short_names.longest(text, at)
        codes = codes if _short_name_counts(text, at, name, divisions, in_county) else frozenset()
    while name and text.startswith(name, at):
        at += len(name)
    return "".join(codes), at


def _short_name_counts(
    text: str, at: int, name: str, divisions: Divisions, in_county: bool
) -> bool:
    """姚村 is the township before one of its villages, or after the county if no village is."""
    (code,) = divisions.township_short_names.codes(name) or ("",)
    end = at + len(name)
    village_here, _codes = divisions.any_village.longest(text, at)
    if not code or len(village_here) > len(name):
        return False
    if divisions.village_spellings[code].longest(text, end)[0]:
        return True
    other = _IS_A_STREET.match(text, end) or _IS_A_VILLAGE.match(text, end)
    return in_county and not village_here and not other


def _village(text: str, at: int, spellings: Spellings) -> str | None:
    """The village named here; 陈家寨 is not meant where 陈家寨北村 is written."""
    name, codes = spellings.longest(text, at)
    end = at + len(name)
    is_other_village = not has_village_ending(name) and _IS_A_VILLAGE.match(text, end)
    if not name or is_other_village or _IS_A_TOWNSHIP.match(text, end):
        return None
    return "".join(codes)
