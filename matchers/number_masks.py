"""Which whole numbers a masked one can stand for, whatever the pattern of the mask."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.number_digits import LENGTH, Characters, characters

NOTHING, CONTRADICTS, FITS_SHORT, FITS_LONG = 0, 1, 2, 3
"""What a mask says of a number, from nothing at all to nearly everything."""

_SIGNS = r"[#?●•□■×_★☆○◯◎※◆◇▲△~…]"
_DASHES = r"[-–—.·]"
_HIDDEN = ord("*")
_PLACE = 6
"""The first characters name a county, which tens of thousands of people share."""
_TAIL, _NEARLY_ALL, _TOO_LITTLE = 4, 14, 2
_OLD = 15
_SHOWN = re.compile(r"\A([0-9]*)\*.*?([0-9]*X?)\Z", re.DOTALL)


def mask_fits(typed: pa.Array, whole: pa.Array) -> npt.NDArray[np.int8]:
    """For each pair of a masked and a whole number: does what is shown agree, and is it much?"""
    masks, numbers = _starred(typed), characters(whole)
    fits = _fits(characters(_of_full_length(masks)), numbers)
    old = pc.equal(pc.utf8_length(masks), _OLD).to_numpy(zero_copy_only=False)
    as_old = _fits(characters(_modernised(masks.filter(old))), numbers[old])
    fits[old] = np.where(fits[old] == CONTRADICTS, as_old, fits[old])
    return fits


def _starred(typed: pa.Array) -> pa.Array:
    """A star for every hidden character; a single X at the end is shown."""
    text = pc.replace_substring_regex(typed, _SIGNS, "*")
    text = pc.replace_substring_regex(text, rf"{_DASHES}{{2}}", "**")
    text = pc.replace_substring_regex(text, _DASHES, "*")
    by_letters = pc.replace_substring_regex(text, r"([0-9])X$", r"\1x")
    by_letters = pc.replace_substring(pc.replace_substring(by_letters, "X", "*"), "x", "X")
    text = pc.if_else(pc.match_substring(text, "XX"), by_letters, text)
    return pc.replace_substring_regex(text, r"[^0-9X*]", "")


def _of_full_length(masks: pa.Array) -> pa.Array:
    """Masks of another length with as many stars as are missing between their two ends."""
    other = pc.not_equal(pc.binary_length(masks), LENGTH)
    stretched = [_stretched(mask) for mask in masks.filter(other).to_pylist()]
    return pc.replace_with_mask(masks, other, pa.array(stretched, pa.string()))


def _stretched(mask: str) -> str:
    found = _SHOWN.match(mask)
    start, end = (found[1], found[2]) if found else ("", "")
    hidden = LENGTH - len(start) - len(end)
    return start + "*" * hidden + end if hidden > 0 else "*" * LENGTH


def _modernised(masks: pa.Array) -> pa.Array:
    """A mask over 15 digits as one over 18: century and check character are not shown."""
    place, rest = pc.utf8_slice_codeunits(masks, 0, _PLACE), pc.utf8_slice_codeunits(masks, _PLACE)
    return pc.binary_join_element_wise(place, "**", rest, "*", "")


def _fits(masks: Characters, numbers: Characters) -> npt.NDArray[np.int8]:
    shown = masks != _HIDDEN
    contradicts = (shown & (masks != numbers)).any(axis=1)
    nothing = shown[:, _PLACE:].sum(axis=1) < _TOO_LITTLE
    long = shown[:, -_TAIL:].all(axis=1) | (shown.sum(axis=1) >= _NEARLY_ALL)
    cases = [contradicts, nothing, long]
    return np.select(cases, [CONTRADICTS, NOTHING, FITS_LONG], FITS_SHORT).astype(np.int8)
