"""The provinces, cities and counties with which an address begins, and where they lead."""

from __future__ import annotations

import re

from matchers.divisions import CITY, COUNTY, Divisions

IS_A_STREET = re.compile(r"(?:大?路|大?街|大道|道|巷|胡同)")
_MOST_NAMES = 8
"""A written address repeats itself (山东省济宁市曲阜市曲阜市), but not without end."""


def above_townships(text: str, divisions: Divisions) -> tuple[str | None, int]:
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
    is_street = IS_A_STREET.match(text, at + len(short[0]))
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
