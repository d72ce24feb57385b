"""Names, read and compared once per distinct value: normal form, sound, and whether two agree."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz.distance import OSA

from matchers.name_forms import MIDDLE_DOT, PARTIAL_MARKS, normaliser
from matchers.name_sounds import sound_of

PARTIAL = f"[{re.escape(PARTIAL_MARKS)}]"
"""A pattern that finds what is missing in a partly missing name; every engine reads it alike."""

_RUN_OF_MARKS = re.compile(f"({PARTIAL}+)")
_SHORTEST_CUT = 4
"""A register that cuts long names leaves at least this many characters."""
_MOST_GAPS = 3
"""With more gaps nothing is left to compare, and a hostile name could take for ever."""


def read_names(values: pa.Array | pa.ChunkedArray, private_use: Mapping[str, str]) -> pa.Table:
    """One row per value: normal form and toneless pinyin, both null where it names nobody.

    `private_use` maps private-use code points of old files to the real characters.
    """
    typed = pc.utf8_upper(pc.utf8_normalize(values.cast(pa.string()), form="NFKC")).to_pylist()
    normal = normaliser((name for name in typed if name), private_use)
    keys = [normal(name) if name else None for name in typed]
    return pa.table(
        {
            "value": values,
            "name_key": pa.array(keys, pa.string()),
            "name_pinyin": pa.array([key and sound_of(key) for key in keys], pa.string()),
        }
    )


def is_partial(names: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Does a mark stand in place of a character?"""
    return pc.match_substring_regex(names, PARTIAL)


def names_agree(left: pa.Array | pa.ChunkedArray, right: pa.Array | pa.ChunkedArray) -> pa.Array:
    """For each pair of normal forms: could both be the name of one person? Null stays null.

    It is asked of people who share a verified number, so it forgives what a keyboard does to a
    name and no more; who it says no to is a relative or a stranger.
    """
    pairs = zip(left.to_pylist(), right.to_pylist(), strict=True)
    return pa.array([_agree(*pair) if all(pair) else None for pair in pairs], pa.bool_())


def _agree(left: str, right: str) -> bool:
    first, second = left.replace(MIDDLE_DOT, ""), right.replace(MIDDLE_DOT, "")
    short, long = sorted((first, second), key=lambda name: (len(name), name))
    if _RUN_OF_MARKS.search(short + long):
        return _visible_parts_agree(short, long)
    return (
        sound_of(short) == sound_of(long)
        or (len(short) >= _SHORTEST_CUT and long.startswith(short))
        or _is_slip(short, long)
    )


def _visible_parts_agree(short: str, long: str) -> bool:
    """A run of marks stands for one character up to its length; what can be seen must be equal."""
    if len(short) == len(long) and any(
        a == b and a not in PARTIAL_MARKS for a, b in zip(short, long, strict=True)
    ):
        return all(a == b or {a, b} & set(PARTIAL_MARKS) for a, b in zip(short, long, strict=True))
    return _fits(short, long) or _fits(long, short)


def _fits(partial: str, whole: str) -> bool:
    """Can `whole` be what `partial` was before characters were lost?"""
    pieces = _RUN_OF_MARKS.split(partial)
    if not 1 <= len(pieces) // 2 <= _MOST_GAPS:
        return False
    pattern = (
        f".{{1,{len(p)}}}" if p[:1] and p[0] in PARTIAL_MARKS else re.escape(p) for p in pieces
    )
    return re.fullmatch("".join(pattern), whole) is not None


def _is_slip(short: str, long: str) -> bool:
    """One character wrong, lost, added or swapped in three or more; two in a long name."""
    allowed = 0 if len(long) < 3 else 1 if len(long) < 6 else 2
    if len(short) != len(long) and short[0] != long[0]:
        return False
    return bool(OSA.distance(short, long, score_cutoff=allowed) <= allowed)
