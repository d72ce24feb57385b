"""Names of which a part is missing or in other letters, against any name: do the rest agree?"""

from __future__ import annotations

from functools import cache

import numpy as np

from matchers.name_characters import MISSING
from matchers.name_code_points import Numbers
from matchers.name_levels import NameLevel
from matchers.name_readings import readings
from matchers.name_units import HAN, units

_LONGEST = 40
"""Units; what is longer is nobody's name and could take for ever."""
_SHORTEST_MARKED = 2
"""Units before a mark that may stand for nothing."""


def compare_partial_names(left: list[str], right: list[str]) -> Numbers:
    """A NameLevel for each pair of normal forms."""
    return np.array([_level(*pair) for pair in zip(left, right, strict=True)], np.int8)


def _level(left: str, right: str) -> NameLevel:
    """PARTIAL where each visible unit has its like in the other name, in order."""
    ones, others = units(left), units(right)
    if max(len(ones), len(others)) > _LONGEST:
        return NameLevel.DIFFERENT
    if _fit(ones, others):
        return NameLevel.PARTIAL
    if MISSING not in (ones[0], others[0]) and _agree(ones[0], others[0]):
        return NameLevel.SAME_SURNAME
    is_given = len(ones) == len(others) and _fit(ones[1:], others[1:])
    return NameLevel.SAME_GIVEN if is_given else NameLevel.DIFFERENT


def _fit(ones: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """A run of marks stands for one unit up to its length; something must be seen in both."""

    @cache
    def fits(one: int, other: int, seen: bool) -> bool:
        if one == len(ones) and other == len(others):
            return seen
        if one < len(ones) and other < len(others) and _agree(ones[one], others[other]):
            shown = _is_seen(ones[one]) and _is_seen(others[other])
            if fits(one + 1, other + 1, seen or shown):
                return True
        return (_is_spare(ones, one) and fits(one + 1, other, seen)) or (
            _is_spare(others, other) and fits(one, other + 1, seen)
        )

    return fits(0, 0, False)


def _is_spare(some: tuple[str, ...], at: int) -> bool:
    """The second mark of a run and those after it may stand for nothing.

    So may one at the end of a name, where it can as well be a mark of the clerk's (何邦英*).
    """
    in_a_run = 0 < at < len(some) and some[at] == some[at - 1] == MISSING
    return in_a_run or (_SHORTEST_MARKED <= at == len(some) - 1 and some[at] == MISSING)


def _agree(one: str, other: str) -> bool:
    return one == other or not _is_seen(one) or not _is_seen(other) or _is_spelled(one, other)


def _is_seen(unit: str) -> bool:
    return unit != MISSING


def _is_spelled(one: str, other: str) -> bool:
    """YAN for 艳."""
    return (HAN.match(one) is not None and other in readings().of(one)) or (
        HAN.match(other) is not None and one in readings().of(other)
    )
