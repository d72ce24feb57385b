"""A character that a keyboard or a system does not have, written as the characters it is made of."""

from __future__ import annotations

from functools import cache

import numpy as np

from matchers.name_code_points import Numbers

MOST_PARTS = 3


def taken_apart(left: list[str], right: list[str]) -> Numbers:
    """Of pairs of Han names: is one the other with a rare character in parts (张頔文, 张由页文)?"""
    return np.array(
        [_is_in_parts(*sorted(pair, key=len)) for pair in zip(left, right, strict=True)]
    )


def _is_in_parts(whole: str, parted: str) -> bool:
    """All but the rare character agrees; of two characters its parts must be one and the same."""
    parts = len(parted) - len(whole) + 1
    if not 2 <= parts <= MOST_PARTS or parted[0] != whole[0]:
        return False
    for place in range(1, len(whole)):
        inside = parted[place : place + parts]
        around = parted[:place] + parted[place + parts :]
        if around == whole[:place] + whole[place + 1 :] and not _is_common(whole[place]):
            return len(whole) > 2 or len(set(inside)) == 1
    return False


@cache
def _is_common(character: str) -> bool:
    """One of the 6,763 of GB/T 2312-1980, which every system has."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
