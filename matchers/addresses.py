"""Where an address lies: in the county or not, in which township and village.

Read from left to right, the longest name first. A village name alone never decides a township,
because villages share names; and nothing said is unknown, not elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from matchers.division_path import IS_A_STREET, above_townships
from matchers.divisions import COUNTY, TOWNSHIP, VILLAGE, Divisions, has_village_ending
from matchers.spellings import Spellings

_SEPARATORS = r"[\s,，。.、;；:：'\"“”|/\\_\-—()（）\[\]【】\x{200B}\x{FEFF}]+"
_OPENING = re.compile(
    r"\A(?:中华人民共和国|中国)?(?:现居住地址?|现住址|现住|户籍地址?|家庭住址|住址|地址|居住地|家住|住)?"
)
_LEVELS_NOT_NAMED = re.compile(r"(?:00)+$")
_IS_A_TOWNSHIP = re.compile(r"镇|乡")
_IS_A_VILLAGE = re.compile(r".{0,2}?(?:村|庄|社区|屯)")


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
        is_above = divisions.county_code.startswith(_LEVELS_NOT_NAMED.sub("", code[:COUNTY]))
        return _UNKNOWN if is_above else _ELSEWHERE
    township = code[:TOWNSHIP] if code[:TOWNSHIP] in divisions.townships else None
    return Place(True, township, code if code in villages else None)


def _place(text: str, divisions: Divisions) -> Place:
    address = _OPENING.sub("", text, count=1)
    reached, start = above_townships(address, divisions)
    if reached is None:
        return _UNKNOWN
    if not divisions.county_code.startswith(reached):
        return _ELSEWHERE
    in_county = reached == divisions.county_code
    township, end = _township(address, start, divisions, in_county)
    if not township:
        return Place(in_county=True) if in_county else _UNKNOWN
    spellings = divisions.village_spellings[township]
    again = end + end - start if address.startswith(address[start:end], end) else end
    village = _village(address, end, spellings) or _village(address, again, spellings)
    return Place(True, township, village)


def _township(text: str, at: int, divisions: Divisions, in_county: bool) -> tuple[str, int]:
    """The township named here and where its name ends; an empty code if there is none."""
    name, codes = divisions.township_spellings.longest(text, at)
    if not name:
        name, codes = divisions.township_short_names.longest(text, at)
        codes = codes if _short_name_counts(text, at, name, divisions, in_county) else frozenset()
    return "".join(codes), at + len(name)


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
    other = IS_A_STREET.match(text, end) or _IS_A_VILLAGE.match(text, end)
    return in_county and not village_here and not other


def _village(text: str, at: int, spellings: Spellings) -> str | None:
    """The village named here; 陈家寨 is not meant where 陈家寨北村 is written."""
    name, codes = spellings.longest(text, at)
    end = at + len(name)
    is_other_village = not has_village_ending(name) and _IS_A_VILLAGE.match(text, end)
    if not name or is_other_village or _IS_A_TOWNSHIP.match(text, end):
        return None
    return "".join(codes)
