"""Addresses in Latin letters: a number and a street, in any order and with the usual short forms."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

_SHORT_FORMS = {
    "STREET": "ST", "ROAD": "RD", "AVENUE": "AVE", "AV": "AVE", "DRIVE": "DR", "PLACE": "PL",
    "COURT": "CT", "LANE": "LN", "CRESCENT": "CRES", "CLOSE": "CL", "CIRCUIT": "CCT",
    "BOULEVARD": "BLVD", "PARADE": "PDE", "TERRACE": "TCE", "SQUARE": "SQ", "HIGHWAY": "HWY",
    "MOUNT": "MT", "SAINT": "ST",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_SAME, _ALIKE, _SIMILAR, _SHARED = 95, 88, 75, 60
"""Percent of characters in common (RapidFuzz's ratio of the words in order of the alphabet)."""


def latin_levels(
    text: pa.Array, one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]
) -> npt.NDArray[np.int8]:
    """For pairs of rows of `text`: 4 for number and street alike, 3 for the street, down to 0."""
    numbers, streets = latin_parts(text)
    words = np.array(streets.to_pylist(), object)
    likeness = cpdist(words[one].tolist(), words[other].tolist(), scorer=ratio, dtype=np.float32)
    likeness[words[one] == ""] = 0
    number = numbers.dictionary_encode().indices.to_numpy()
    numbered = pc.not_equal(numbers, "").to_numpy(zero_copy_only=False)[one]
    same_number = number[one] == number[other]
    cases = [
        same_number & (likeness >= np.where(numbered, _ALIKE, _SAME)),
        likeness >= _ALIKE,
        likeness >= _SIMILAR,
        likeness >= _SHARED,
    ]
    return np.select(cases, [4, 3, 2, 1], 0).astype(np.int8)


def latin_parts(text: pa.Array) -> tuple[pa.Array, pa.Array]:
    """The first number of each address, and its words in order of the alphabet."""
    found = pc.extract_regex(text, r"\b(?P<number>[0-9]+[A-Z]?)\b")
    numbers = pc.fill_null(pc.struct_field(found, "number"), "")
    streets = [
        " ".join(sorted(_SHORT_FORMS.get(word, word) for word in _WORD.findall(address)))
        for address in text.to_pylist()
    ]
    return numbers, pa.array(streets, pa.string())
