"""Whether two addresses, read into parts, can be one county, township, place or door."""

from __future__ import annotations

from functools import reduce
from itertools import product
from operator import or_

import numpy as np
import numpy.typing as npt

from matchers.address_name_pairs import (
    ANYTHING,
    LEFT,
    NO,
    RIGHT,
    what_stands_before,
    which_is_cut_off,
)
from matchers.address_numbers import NUMBERS
from matchers.address_parts import AddressParts, Codes

Truths = npt.NDArray[np.bool_]

_PLACES = ("village", "hamlet", "estate")
_LONG_NAME = 3
"""Characters. Names of hamlets are short and come again in other villages; estates' are longer."""


class AddressPairs:
    """Pairs of addresses, row by row; each answer is one truth per pair."""

    def __init__(self, left: AddressParts, right: AddressParts) -> None:
        self._left, self._right = left, right
        elsewhere = self._area_differs()
        township_alike = self._township_alike()
        elsewhere_in_county = self._differ("township") & ~township_alike
        village_alike = self._village_alike()
        apart = self._differ("village") & ~village_alike
        place = village_alike | self._lower_name_alike(apart) | (self._house_alike() & ~apart)
        self.same_place = place & ~elsewhere & ~elsewhere_in_county
        self.same_door = self.same_place & ~apart & ~self._names_part() & self._door_alike()
        self.same_township = township_alike & ~elsewhere
        self.same_county = self._county_alike() & ~elsewhere
        self.compatible = ~elsewhere & ~elsewhere_in_county & self._nothing_denied()

    @property
    def _sides(self) -> tuple[AddressParts, AddressParts]:
        return self._left, self._right

    def _same(self, part: str, other: str | None = None) -> Truths:
        return _same(self._left.codes[part], self._right.codes[other or part])

    def _differ(self, part: str) -> Truths:
        return _differ(self._left.codes[part], self._right.codes[part])

    def _meet(self, parts: tuple[str, ...], others: tuple[str, ...]) -> Truths:
        """Any of the parts on one side is any of the others on the other side."""
        pairs = {*product(parts, others), *product(others, parts)}
        return reduce(or_, [self._same(*pair) for pair in sorted(pairs)])

    def _area_differs(self) -> Truths:
        """A 市 alone may be city or county; it contradicts only who names both."""
        apart = self._differ("province") | self._differ("city") | self._differ("county")
        for one, other in (self._sides, self._sides[::-1]):
            either, city, county = (
                one.codes["either"], other.codes["city"], other.codes["county"],
            )  # fmt: skip
            apart |= _differ(either, city) & _differ(either, county)
        return apart

    def _county_alike(self) -> Truths:
        return self._same("county") | self._meet(("either",), ("either", "county"))

    def _township_alike(self) -> Truths:
        """曲阜姚村镇 is 姚村镇 with the county before it."""
        left, right = (side.codes["township"] for side in self._sides)
        before = what_stands_before(left, right, self._left.names, sure=2)
        return self._same("township") | (before != NO)

    def _village_alike(self) -> Truths:
        """The same village; or it is the other's estate; or its name is longer or cut off."""
        alike = [self._same("village"), self._meet(("village",), ("hamlet", "estate"))]
        for pair in product(("village", "estate"), repeat=2):
            alike += [self._name_is_longer(*pair), self._name_is_cut_off(*pair)]
        return reduce(or_, alike)

    def _name_is_longer(self, part: str, other: str) -> Truths:
        """陵城西关村 is 西关村 with the township before it; 泉源天元新城 is 天元新城."""
        before = what_stands_before(
            self._left.codes[part], self._right.codes[other], self._left.names
        )
        townships = [side.codes["township"] for side in self._sides]
        is_township = (before == townships[0]) | (before == townships[1])
        return (before == ANYTHING) | ((before > ANYTHING) & is_township)

    def _name_is_cut_off(self, part: str, other: str) -> Truths:
        """One address ends within a name of the other."""
        shorter = which_is_cut_off(
            self._left.codes[part], self._right.codes[other], self._left.names
        )
        ends = [
            ~reduce(or_, [side.codes[number] > 0 for number in NUMBERS]) for side in self._sides
        ]
        return ((shorter == LEFT) & ends[0]) | ((shorter == RIGHT) & ends[1])

    def _lower_name_alike(self, apart: Truths) -> Truths:
        """The same hamlet or estate, unless it is a short name in another village."""
        lengths = np.array([len(name) for name in self._left.names])
        long = lengths[self._left.codes["estate"]] >= _LONG_NAME
        return self._meet(("hamlet", "estate"), ("hamlet", "estate")) & (~apart | long)

    def _house_alike(self) -> Truths:
        return self._same("street") & self._same("street_number")

    def _names_part(self) -> Truths:
        """Two estates of one community, or two streets."""
        estates = self._differ("estate") & ~self._meet(("estate",), ("village", "hamlet"))
        return estates | self._differ("street")

    def _door_alike(self) -> Truths:
        """The finest number that either says is said by both, and no number is denied."""
        denied = reduce(or_, [self._differ(part) for part in NUMBERS])
        finest = [_finest(side) for side in self._sides]
        buildings = [side.codes["building"] > 0 for side in self._sides]
        said = (finest[0] == finest[1]) & (finest[0] > 0) & (buildings[0] == buildings[1])
        return said & ~denied

    def _nothing_denied(self) -> Truths:
        """One leaves out what the other says."""
        named = [reduce(or_, [side.codes[part] > 0 for part in _PLACES]) for side in self._sides]
        denied = (named[0] & named[1]) | self._differ("street") | self._differ("street_number")
        return ~denied


def _finest(side: AddressParts) -> npt.NDArray[np.int8]:
    """Which of NUMBERS is the finest that is said, from 1; 0 for none."""
    finest = np.zeros(len(side.codes["room"]), np.int8)
    for place, number in enumerate(NUMBERS, 1):
        finest[side.codes[number] > 0] = place
    return finest


def _same(left: Codes, right: Codes) -> Truths:
    """Both say it and say the same."""
    return np.asarray((left == right) & (left > 0))


def _differ(left: Codes, right: Codes) -> Truths:
    """Both say it and say something else."""
    return np.asarray((left != right) & (left > 0) & (right > 0))
