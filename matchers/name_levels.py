"""How much two names have in common, best last: the levels that evidence gives a weight each."""

from __future__ import annotations

from enum import IntEnum


class NameLevel(IntEnum):
    """Each pair of names has the highest level that is true of it."""

    DIFFERENT = 0
    SAME_SURNAME = 1
    """Only the surname is equal, or sounds equal: relatives and strangers."""
    SAME_GIVEN = 2
    """Only what follows the surname is equal."""
    ONE_OFF = 3
    """One character of three or more is wrong, lost or added; siblings are often one off."""
    PARTIAL = 4
    """Whatever can be seen of a partly missing, cut or half Latin name agrees."""
    SWAPPED = 5
    """The same characters, or the same parts, in another order."""
    SHAPE = 6
    """One character looks or nearly sounds like the other; two in a name of four or more."""
    SOUND = 7
    """Every syllable is the same in some reading; Latin names one letter apart."""
    VARIANT = 8
    """Only variant forms of a character, dots or spaces differ."""
    EQUAL = 9
