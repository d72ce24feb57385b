"""What an address says, part by part, without a table of places.

Mainland addresses run from large to small and every part may be missing. Numbers are found in all
addresses at once; names are read once per distinct text without numbers, of which there are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from matchers.address_names import Names, read_names_of
from matchers.address_numbers import NUMBERS, read_numbers_of, without_numbers

Codes = npt.NDArray[np.int32]

_AREAS = ("city", "county", "either")
_NAMES = ("township", "village", "hamlet", "estate")
_STREET_NUMBER = "street_number"
_KINDS = (_AREAS, _NAMES, *((part,) for part in ("province", "street", _STREET_NUMBER, *NUMBERS)))


class AddressParts(NamedTuple):
    """One address in a row: each part as a code, 0 for not said.

    Equal text has equal codes within city, county and either, and within the names of places: a
    village may be a hamlet to somebody else.
    """

    codes: Mapping[str, Codes]
    names: list[str]
    """The text of the codes of places."""

    def taken(self, rows: npt.NDArray[np.integer]) -> AddressParts:
        """The addresses in these rows."""
        return AddressParts({part: codes[rows] for part, codes in self.codes.items()}, self.names)


def read_parts(text: pa.Array) -> AddressParts:
    """The parts of each address, as normal_addresses writes it; none may be null."""
    columns = part_texts(text)
    codes: dict[str, Codes] = {}
    names: list[str] = []
    for parts in _KINDS:
        words = pc.unique(pa.concat_arrays([columns[part] for part in parts]).drop_null())
        for part in parts:
            found = pc.index_in(columns[part], words, skip_nulls=True)
            codes[part] = pc.fill_null(found, -1).to_numpy() + 1
        names = ["", *words.to_pylist()] if parts == _NAMES else names
    return AddressParts(codes, names)


def part_texts(text: pa.Array) -> dict[str, pa.Array]:
    """Every part of each address as text; null where not said."""
    bare = without_numbers(text).dictionary_encode()
    read = [read_names_of(one) for one in bare.dictionary.to_pylist()] or [Names()]
    columns = {}
    for name, values in zip(Names._fields, zip(*read, strict=True), strict=True):
        kind = pa.bool_() if name == "on_street" else pa.string()
        column = pa.array([value or None for value in values], kind)
        columns[name] = column.take(bare.indices)
    on_street = pc.fill_null(columns.pop("on_street"), False)
    numbers = read_numbers_of(text, on_street)
    house = pc.replace_substring_regex(numbers["house"], "-.*", "")
    columns[_STREET_NUMBER] = pc.if_else(on_street, house, pa.scalar(None, pa.string()))
    return columns | numbers
