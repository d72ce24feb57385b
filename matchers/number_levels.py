"""How well a broken or masked number fits a whole one.

What was typed is no verified number: a digit is wrong, lost or hidden, or a spreadsheet rounded it.
The whole number has 18 characters.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from matchers.number_digits import LENGTH
from matchers.number_masks import CONTRADICTS, FITS_LONG, FITS_SHORT, mask_fits
from matchers.number_rounding import digits_alike, rounded_alike
from matchers.number_texts import FILLER, MASK, SCIENTIFIC, looks_like


class NumberLevel(IntEnum):
    """How near the typed number is to the whole one."""

    DIFFERENT = 0
    TWO_EDITS = 2
    """Two digits off, or a mask or rounding of which little is left fits."""
    ONE_EDIT = 3
    """One digit wrong, lost or added, two swapped, or rounded with 15 digits left."""
    MASK_FITS_LONG = 4
    """Every digit that a mask shows agrees, and it shows the last four or 14 of them."""
    EQUAL = 5


_Levels = npt.NDArray[np.int8]
_NOTHING = -1
_RUN = r"(?P<run>[0-9]{14,}X?)"
_LIKE_A_NUMBER = r"^[0-9]{13,18}[0-9X][0-9]?$"
_OLD = 15
_FEW, _MOST = 10, 14
"""Digits left by a spreadsheet: fewer than the first say little, the second is nearly all."""


def number_levels(typed: pa.Array | pa.ChunkedArray, whole: pa.Array | pa.ChunkedArray) -> pa.Array:
    """A NumberLevel (int8) for each pair; null where what was typed says nothing of a number.

    `typed` is the `text` of read_numbers, `whole` a verified number of 18 characters.
    """
    typed, whole = _combined(typed), _combined(whole)
    levels = np.full(len(typed), _NOTHING, np.int8)
    open_ = looks_like(whole, r"^[0-9]{17}[0-9X]$")
    for pattern, judge in _KINDS.items():
        asked = pc.and_(open_, looks_like(typed, pattern))
        open_ = pc.and_not(open_, asked)
        if pc.any(asked).as_py():
            levels[_truths(asked)] = judge(typed.filter(asked), whole.filter(asked))
    return pa.array(levels, pa.int8(), mask=levels == _NOTHING)


def _nothing(typed: pa.Array, whole: pa.Array) -> _Levels:
    return np.full(len(typed), _NOTHING, np.int8)


def _slips(typed: pa.Array, whole: pa.Array) -> _Levels:
    """Digits throughout: wrong, swapped, lost, added, of the old form, or rounded."""
    distance = _distance(typed, whole)
    levels = np.select(
        [distance == 0, distance == 1, distance == 2],
        [NumberLevel.EQUAL, NumberLevel.ONE_EDIT, NumberLevel.TWO_EDITS],
        NumberLevel.DIFFERENT,
    ).astype(np.int8)
    length = pc.binary_length(typed).to_numpy()
    old, rest = length == _OLD, (length == LENGTH) & (distance > 1)
    levels[old] = np.maximum(levels[old], _old_slips(typed.filter(old), whole.filter(old)))
    rounded = rounded_alike(typed.filter(rest), whole.filter(rest))
    levels[rest] = np.where(rounded, NumberLevel.ONE_EDIT, levels[rest])
    return levels


def _old_slips(typed: pa.Array, whole: pa.Array) -> _Levels:
    """15 digits: those of before 1999, without century and check character, or the first of 18."""
    place, rest = pc.utf8_slice_codeunits(whole, 0, 6), pc.utf8_slice_codeunits(whole, 8, 17)
    distance = _distance(typed, pc.binary_join_element_wise(place, rest, ""))
    first = pc.utf8_slice_codeunits(whole, 0, _OLD)
    levels = np.select(
        [(distance == 0) | _truths(pc.equal(typed, first)), distance == 1],
        [NumberLevel.ONE_EDIT, NumberLevel.TWO_EDITS],
        NumberLevel.DIFFERENT,
    )
    return levels.astype(np.int8)


def _masked(typed: pa.Array, whole: pa.Array) -> _Levels:
    fits = mask_fits(typed, whole)
    cases = {
        CONTRADICTS: NumberLevel.DIFFERENT,
        FITS_SHORT: NumberLevel.TWO_EDITS,
        FITS_LONG: NumberLevel.MASK_FITS_LONG,
    }
    return np.select([fits == fit for fit in cases], list(cases.values()), _NOTHING).astype(np.int8)


def _scientific(typed: pa.Array, whole: pa.Array) -> _Levels:
    """3.70881199001012E+17: as many digits as are left have to agree."""
    alike, left = digits_alike(typed, whole)
    levels = np.select(
        [~alike, left < _FEW, left < _MOST],
        [NumberLevel.DIFFERENT, _NOTHING, NumberLevel.TWO_EDITS],
        NumberLevel.ONE_EDIT,
    )
    return levels.astype(np.int8)


def _within(typed: pa.Array, whole: pa.Array) -> _Levels:
    """Something else with a run of digits in it, or two numbers in one cell."""
    found = pc.struct_field(pc.extract_regex(typed, _RUN), "run")
    levels = _slips(found, whole)
    holds = [one in text for text, one in zip(typed.to_pylist(), whole.to_pylist(), strict=True)]
    return np.where(holds, NumberLevel.EQUAL, levels).astype(np.int8)


_KINDS: dict[str, Callable[[pa.Array, pa.Array], _Levels]] = {
    FILLER: _nothing,
    _LIKE_A_NUMBER: _slips,
    rf"[0-9].*({MASK})|({MASK}).*[0-9]": _masked,
    SCIENTIFIC: _scientific,
    _RUN: _within,
}
"""The kinds of broken numbers by their look; the first that fits decides, others say nothing."""


def _distance(left: pa.Array, right: pa.Array) -> npt.NDArray[np.uint8]:
    """Digits wrong, lost or added, or neighbours swapped; 3 for more than two."""
    return np.asarray(
        cpdist(
            left.to_pylist(), right.to_pylist(), scorer=OSA.distance, score_cutoff=2, dtype=np.uint8
        )
    )


def _combined(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return whole.cast(pa.string())


def _truths(values: pa.Array) -> npt.NDArray[np.bool_]:
    return np.asarray(values.to_numpy(zero_copy_only=False), bool)
