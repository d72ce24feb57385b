"""How near two addresses are, however each is written and whatever each leaves out."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.address_latin import latin_levels
from matchers.address_pairs import AddressPairs
from matchers.address_parts import read_parts
from matchers.address_text import is_latin, normal_addresses


class AddressLevel(IntEnum):
    """How near two addresses are; the nearest that applies."""

    DIFFERENT = 0
    SAME_COUNTY = 1
    """The same county, or one says no more than the other allows."""
    SAME_TOWNSHIP = 2
    SAME_PLACE = 3
    """The same village, community, estate or house in a street."""
    SAME_DOOR = 4
    """There the same group, house, or building and room."""
    SAME_TEXT = 5


_Levels = npt.NDArray[np.int8]
_Rows = npt.NDArray[np.int64]
_NOTHING = -1


def address_levels(left: pa.Array | pa.ChunkedArray, right: pa.Array | pa.ChunkedArray) -> pa.Array:
    """An AddressLevel (int8) for each pair; null where either says nothing.

    Chinese against Latin letters says nothing either.
    """
    text, one, other = _written(left, right)
    levels = np.full(len(one), _NOTHING, np.int8)
    known = (one >= 0) & (other >= 0)
    levels[known & (one == other)] = AddressLevel.SAME_TEXT
    latin = is_latin(text).to_numpy(zero_copy_only=False)
    asked = np.flatnonzero(known & (one != other))
    asked = asked[latin[one[asked]] == latin[other[asked]]]
    in_latin = latin[one[asked]]
    for judge, rows in ((latin_levels, asked[in_latin]), (_in_chinese, asked[~in_latin])):
        if len(rows):
            levels[rows] = judge(text, one[rows], other[rows])
    return pa.array(levels, pa.int8(), mask=levels == _NOTHING)


def _written(
    left: pa.Array | pa.ChunkedArray, right: pa.Array | pa.ChunkedArray
) -> tuple[pa.Array, _Rows, _Rows]:
    """The distinct addresses in one way of writing, and which each side has; -1 for none."""
    one, other = (_combined(side).dictionary_encode() for side in (left, right))
    raw = pc.unique(pa.concat_arrays([one.dictionary, other.dictionary]))
    normal = normal_addresses(raw)
    text = pc.unique(normal.drop_null())
    place = _places(normal, text)
    sides = []
    for side in (one, other):
        of_raw = np.append(place[_places(side.dictionary, raw)], -1)
        sides.append(of_raw[pc.fill_null(side.indices, len(of_raw) - 1).to_numpy()])
    return text, sides[0], sides[1]


def _places(values: pa.Array, among: pa.Array) -> _Rows:
    found = pc.fill_null(pc.index_in(values, among, skip_nulls=True), -1)
    return np.asarray(found.to_numpy(), np.int64)


def _combined(values: pa.Array | pa.ChunkedArray) -> pa.Array:
    whole = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return whole.cast(pa.string())


def _in_chinese(text: pa.Array, one: _Rows, other: _Rows) -> _Levels:
    needed, rows = np.unique(np.concatenate([one, other]), return_inverse=True)
    parts = read_parts(text.take(pa.array(needed)))
    pairs = AddressPairs(parts.taken(rows[: len(one)]), parts.taken(rows[len(one) :]))
    cases = {
        AddressLevel.SAME_DOOR: pairs.same_door,
        AddressLevel.SAME_PLACE: pairs.same_place,
        AddressLevel.SAME_TOWNSHIP: pairs.same_township,
        AddressLevel.SAME_COUNTY: pairs.same_county | pairs.compatible,
    }
    return np.select(list(cases.values()), list(cases), AddressLevel.DIFFERENT).astype(np.int8)
