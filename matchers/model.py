"""The numbered model of a matcher: what each agreement level is worth, and when that is enough.

A weight is log2(m / u) in thousandths of a bit, so that sums are exact on every engine: m is how
often two records of one person agree so, u how often strangers do (Fellegi and Sunter 1969).
Where u depends on how common the value is, the weight holds log2(m) or log2(m / u given the
surname), and the rarity of the record's own name is added: log2(people / bearers).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from matchers.address_levels import AddressLevel
from matchers.birth_levels import BirthLevel
from matchers.kin import KinLevel
from matchers.name_levels import NameLevel
from matchers.number_levels import NumberLevel
from matchers.phones import PhoneLevel

BIT = 1000
"""Weights are whole thousandths of a bit."""


def bits(value: float) -> int:
    """A weight in bits as it is stored."""
    return round(value * BIT)


def ratio(m: float, u: float) -> int:
    """log2(m / u) as it is stored."""
    return bits(math.log2(m / u))


RARITY_OF_LEVEL = {
    NameLevel.EQUAL: "name",
    NameLevel.VARIANT: "bag",
    NameLevel.SOUND: "bag",
    NameLevel.SWAPPED: "bag",
    NameLevel.SHAPE: "surname",
    NameLevel.PARTIAL: "surname",
    NameLevel.ONE_OFF: "surname",
    NameLevel.SAME_SURNAME: "surname",
}
"""Which rarity is added at which level of the name."""

SHIPPED: Mapping[str, Mapping[int, int]] = {
    "name": {
        NameLevel.EQUAL: ratio(0.95, 1),
        NameLevel.VARIANT: ratio(0.003, 0.01),
        NameLevel.SOUND: ratio(0.01, 1),
        NameLevel.SHAPE: ratio(0.004, 0.00015),
        NameLevel.SWAPPED: ratio(0.002, 1),
        NameLevel.PARTIAL: ratio(0.004, 0.005),
        NameLevel.ONE_OFF: ratio(0.004, 0.02),
        NameLevel.SAME_GIVEN: ratio(0.001, 0.0005),
        NameLevel.SAME_SURNAME: ratio(0.004, 1),
        NameLevel.DIFFERENT: ratio(0.004, 1),
    },
    "birth": {
        BirthLevel.EQUAL: ratio(0.96, 1 / 20_000),
        BirthLevel.SWAPPED: ratio(0.002, 1 / 50_000),
        BirthLevel.ONE_DIGIT: ratio(0.008, 0.001),
        BirthLevel.LUNAR: bits(3),
        BirthLevel.PLACEHOLDER: ratio(0.008, 1 / 500),
        BirthLevel.SAME_YEAR: ratio(0.003, 0.03),
        BirthLevel.DIFFERENT: ratio(0.004, 1),
    },
    "number": {
        NumberLevel.EQUAL: bits(16),
        NumberLevel.ONE_EDIT: bits(14),
        NumberLevel.MASK_FITS_LONG: bits(14),
        NumberLevel.TWO_EDITS: bits(6),
        NumberLevel.DIFFERENT: ratio(0.008, 1),
    },
    "sex": {1: ratio(0.99, 0.5), 0: ratio(0.01, 0.5)},
    "phone": {
        PhoneLevel.EQUAL: bits(13),
        PhoneLevel.ONE_SLIP: bits(8),
        PhoneLevel.DIFFERENT: ratio(0.3, 1),
    },
    "address": {
        AddressLevel.SAME_TEXT: bits(12),
        AddressLevel.SAME_DOOR: bits(12),
        AddressLevel.SAME_PLACE: bits(8),
        AddressLevel.SAME_TOWNSHIP: bits(3),
        AddressLevel.SAME_COUNTY: 0,
        AddressLevel.DIFFERENT: ratio(0.25, 0.9),
    },
    "kin": {
        KinLevel.NUMBER: 0,
        KinLevel.NAME_AND_PHONE: bits(13),
        KinLevel.NAME: bits(9),
        KinLevel.PHONE: bits(6),
        KinLevel.NONE: 0,
    },
}
"""Weights before anything was learned; by hand from the dirt rates of published systems."""


@dataclass(frozen=True, kw_only=True)
class Model:
    """Frozen weights, thresholds and population; `number` 0 is the one that is shipped."""

    number: int = 0
    weights: Mapping[str, Mapping[int, int]] = field(default_factory=lambda: SHIPPED)
    people: int = 500_000
    right_number: int = ratio(0.99, 0.008)
    """A verified number is its bearer's, over that it is somebody else's."""
    relative: int = ratio(0.2, 1)
    """Somebody else's number or name is that of one certain member of the household."""
    child_apart: int = ratio(0.2, 1)
    """A child lives in a household without the parent who is named."""
    contact_says: int = bits(5)
    """Name and number are of two people, and the contact is one of them."""
    most_household: int = bits(16)
    """Phone, address and kin together prove a household and not a person."""
    own_phone: int = bits(3)
    """A phone is the candidate's own, over that it is another's of the household."""
    of_another: int = bits(3)
    """What is said of the candidate's home is the candidate's own, over that it is another's there."""
    most_rarity: int = bits(20)
    registered: int = ratio(0.97, 0.03)
    """That a record's person is among those who can be found, over that it is nobody known."""
    decided: float = 0.9
    doubtful: float = 0.2
    """Less likely than that, nobody is asked."""
    settled: float = 0.995
    """So sure after strong keys that weaker ones are not tried."""

    @property
    def population(self) -> int:
        """log2(people) as a weight: what a record that could be anybody's has to overcome."""
        return ratio(self.people, 1)

    candidate_prior: int | None = None
    """Log odds that a candidate pair matches, where EM learned it."""

    @property
    def prior(self) -> int:
        """What a candidate starts with: one of so many people, most of whom can be found."""
        if self.candidate_prior is not None:
            return self.candidate_prior
        return self.registered - self.population
