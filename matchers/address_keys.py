"""Keys by which addresses of one place, or of one door, find each other."""

from __future__ import annotations

from hashlib import blake2b

import pyarrow as pa
import pyarrow.compute as pc

from matchers.address_latin import latin_parts
from matchers.address_parts import part_texts
from matchers.address_text import is_latin, normal_addresses


def address_keys(values: pa.Array | pa.ChunkedArray) -> pa.Table:
    """One row per value: place and door as stable 63-bit integers.

    place is null where nothing below the township is named, door where there is no number. Neither
    holds the township, which people leave out: a shared key is a reason to compare, no more.
    """
    typed = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    text = normal_addresses(typed.cast(pa.string()))
    chinese = pc.and_(pc.is_valid(text), pc.invert(is_latin(text)))
    keys = {"value": values}
    for name, in_latin, in_chinese in zip(
        ("place", "door"),
        _latin_keys(text.filter(is_latin(text))),
        _chinese_keys(text.filter(chinese)),
        strict=True,
    ):
        key = pa.nulls(len(text), pa.int64())
        key = pc.replace_with_mask(key, is_latin(text), _hashed(in_latin))
        keys[name] = pc.replace_with_mask(key, chinese, _hashed(in_chinese))
    return pa.table(keys)


def _latin_keys(text: pa.Array) -> tuple[pa.Array, pa.Array]:
    numbers, streets = latin_parts(text)
    streets = _where(pc.not_equal(streets, ""), streets)
    return streets, _where(pc.not_equal(numbers, ""), _joined(streets, numbers, " "))


def _chinese_keys(text: pa.Array) -> tuple[pa.Array, pa.Array]:
    parts = part_texts(text)
    house_in_street = _joined(parts["street"], parts["street_number"], "")
    place = pc.coalesce(parts["estate"], house_in_street, parts["village"])
    building, unit, room = (pc.fill_null(parts[part], "") for part in ("building", "unit", "room"))
    within = _joined(building, unit, room, "/")
    inside = pc.or_(pc.is_valid(parts["building"]), pc.is_valid(parts["room"]))
    group = _joined(parts["group"], "组", "")
    number = pc.coalesce(_where(inside, within), parts["house"], group)
    return place, _joined(place, number, " ")


def _joined(*texts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*texts)


def _where(condition: pa.Array, text: pa.Array) -> pa.Array:
    return pc.if_else(condition, text, pa.scalar(None, pa.string()))


def _hashed(text: pa.Array) -> pa.Array:
    distinct = text.dictionary_encode()
    hashes = [_hash(one) for one in distinct.dictionary.to_pylist()]
    return pa.array(hashes, pa.int64()).take(distinct.indices)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big") >> 1
