"""Which counts tell too much about too few, for every page and table of the house."""

MOST_HIDDEN = 7
"""Counts of 1 to 7 are not told: the limit of OpenSAFELY's output checking."""


def is_small(count: int) -> bool:
    """Whether a count tells too much about too few."""
    return 0 < count <= MOST_HIDDEN
