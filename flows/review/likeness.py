"""In which words two records are alike: same sound, similar shape, one digit off. Pure.

The levels are the matcher's own (matchers/*_levels.py), so that the screen says what the model saw.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from flows.reference import similar_characters
from matchers.address_levels import address_levels
from matchers.birth_levels import birth_levels
from matchers.name_comparison import compare_names
from matchers.number_levels import number_levels
from matchers.phones import phone_levels
from matchers.why import words_of

FACTS = {
    "name": "name",
    "number": "number",
    "birth": "birth_date",
    "sex": "sex",
    "phone": "phone",
    "address": "address",
}
"""Each compared field, and beside which fact of a side its words stand."""

Levels = Mapping[str, int]


class Exact(NamedTuple):
    """What of a record is compared, in the matcher's normal forms."""

    name: str | None
    former_name: str | None
    typed_number: str | None
    number: str | None
    birth: int | None
    sex: str | None
    phone: str | None
    address: str | None


def exact(row: Mapping[str, Any]) -> Exact:
    """A row of `identities` as it is compared."""
    return Exact(
        name=row["name_key"],
        former_name=row["former_name_key"],
        typed_number=row["id_text"],
        number=row["id_clean"],
        birth=_digits(row["birth_date"] or row["id_birth_date"]),
        sex=row["sex"] or row["id_sex"],
        phone=row["phone_key"],
        address=row["address"] or row["registered_address"],
    )


def likenesses(pairs: Sequence[tuple[Exact, Exact]]) -> list[Levels]:
    """Of each pair the level of every field of which both sides say something."""
    lefts, rights = [one for one, _ in pairs], [other for _, other in pairs]
    found = {
        "name": _names(lefts, rights),
        "number": _numbers(lefts, rights),
        "birth": birth_levels(
            _of(lefts, "birth", pa.int64()), _of(rights, "birth", pa.int64())
        ).to_pylist(),
        "sex": [
            int(one.sex == other.sex) if one.sex and other.sex else None for one, other in pairs
        ],
        "phone": phone_levels(_of(lefts, "phone"), _of(rights, "phone")).to_pylist(),
        "address": address_levels(_of(lefts, "address"), _of(rights, "address")).to_pylist(),
    }
    return [
        {name: levels[place] for name, levels in found.items() if levels[place] is not None}
        for place in range(len(pairs))
    ]


def in_words(levels: Levels) -> dict[str, str]:
    """The words of each level, by the fact of a side that they belong to."""
    return {FACTS[name]: words_of(name, level) for name, level in levels.items()}


def _names(lefts: Sequence[Exact], rights: Sequence[Exact]) -> list[int | None]:
    """The best of the present names, and of each former name with the other's present one."""
    shapes = similar_characters()
    met = [
        compare_names(_of(lefts, one), _of(rights, other), shapes).to_pylist()
        for one, other in (("name", "name"), ("former_name", "name"), ("name", "former_name"))
    ]
    return [
        max((level for level in levels if level is not None), default=None)
        for levels in zip(*met, strict=True)
    ]


def _numbers(lefts: Sequence[Exact], rights: Sequence[Exact]) -> list[int | None]:
    """What was typed on one side beside the whole number of the other."""
    typed, whole = [], []
    for one, other in zip(lefts, rights, strict=True):
        seeker, known = (one, other) if other.number else (other, one)
        typed.append(seeker.typed_number)
        whole.append(known.number)
    levels = number_levels(pa.array(typed, pa.string()), pa.array(whole, pa.string()))
    return list(levels.to_pylist())


def _of(sides: Sequence[Exact], name: str, kind: pa.DataType | None = None) -> pa.Array:
    return pa.array([getattr(side, name) for side in sides], kind or pa.string())


def _digits(day: date | None) -> int | None:
    return None if day is None else day.year * 10000 + day.month * 100 + day.day
