"""Names, read and compared once per distinct value: normal form, sound, and what two share."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from matchers.name_characters import PARTIAL_MARKS, clean_characters
from matchers.name_code_points import Strings, code_points
from matchers.name_comparison import compare_names
from matchers.name_forms import read_name
from matchers.name_levels import NameLevel
from matchers.name_plain import is_plain
from matchers.name_sounds import sound_columns

__all__ = ["PARTIAL", "NameLevel", "compare_names", "read_names"]

PARTIAL = f"[{re.escape(PARTIAL_MARKS)}]"
"""A pattern that finds what is missing in a partly missing name; every engine reads it alike."""


def read_names(values: Strings, private_use: Mapping[str, str]) -> pa.Table:
    """One row per value, null where it names nobody.

    Columns: value; name_key, the normal form; name_pinyin; the numbers name_sound, name_bag,
    surname_sound and given_sound; is_partial; parent_name_key. name_bag is the same in whatever
    order the syllables stand. parent_name_key is 张三 where the cell says 张三之子: that is nobody's
    own name, so name_key is null. `private_use` maps private-use code points of old files to the
    real characters.
    """
    text = values.cast(pa.string())
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    keys, parents = _normal_forms(pc.fill_null(text, ""), private_use)
    columns = {"value": values, "name_key": keys, **sound_columns(keys)}
    return pa.table(columns | {"parent_name_key": parents})


def _normal_forms(text: pa.Array, private_use: Mapping[str, str]) -> tuple[pa.Array, pa.Array]:
    """Each person's own name and the parent's; few names are so odd that they must be read."""
    is_odd = pa.array(~is_plain(code_points(text)))
    clean = clean_characters(text.filter(is_odd), private_use)
    bare = pc.replace_substring(clean, " ", "")
    is_noted = pa.array(~is_plain(code_points(bare)))
    read = [read_name(name) for name in clean.filter(is_noted).to_pylist()]
    own, parents = (pa.array([one[side] for one in read], pa.string()) for side in (0, 1))
    nobody = pa.nulls(len(text), pa.string())
    odd = pc.replace_with_mask(bare, is_noted, own)
    odd_parents = pc.replace_with_mask(nobody.slice(0, len(bare)), is_noted, parents)
    return (
        pc.replace_with_mask(text, is_odd, odd),
        pc.replace_with_mask(nobody, is_odd, odd_parents),
    )
