"""Which names are hard to write or to compare: rare characters, long names, lost characters.

Rare is what GB 2312-1980 (6,763 characters) does not hold: systems of departments could not write
it. Minority is a name with a middle dot or of more than four characters; shorter transcribed names
look like any other and are not found.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa

from matchers.name_characters import MIDDLE_DOT, PARTIAL_MARKS
from matchers.name_code_points import Numbers, code_points

LONGEST_HAN = 4
_POINTS = 0x110000
_ORDINARY, _RARE, _MARK, _DOT, _LATIN = range(5)
_FIRST_HAN = 0x2E80


def name_kinds(questions: pa.Table) -> pa.Table:
    """From distinct `name_key` (no null) to `name_key` and `name_kind` (see terms.NAME_GROUPS)."""
    names = questions["name_key"]
    points = code_points(names)
    kinds = _characters()[points.flat]
    has_mark, has_dot, has_rare = (~points.all_of(kinds != one) for one in (_MARK, _DOT, _RARE))
    conditions = [
        has_mark,
        points.all_of(kinds == _LATIN),
        has_dot | (points.lengths > LONGEST_HAN),
        has_rare,
    ]
    kind = np.select(conditions, ["partial", "latin", "minority", "rare"], "ordinary")
    return pa.table({"name_key": names, "name_kind": pa.array(kind.astype(object), pa.string())})


@cache
def _characters() -> Numbers:
    """The kind of every code point."""
    kinds = np.full(_POINTS, _RARE, np.int8)
    kinds[:_FIRST_HAN] = _LATIN
    kinds[[ord(one) for one in _gb2312()]] = _ORDINARY
    kinds[[ord(one) for one in PARTIAL_MARKS]] = _MARK
    kinds[ord(MIDDLE_DOT)] = _DOT
    return kinds


def _gb2312() -> str:
    """The Han characters of GB 2312: rows 16 to 87, cells 1 to 94."""
    cells = bytes(
        part for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF) for part in (row, cell)
    )
    return cells.decode("gb2312", "ignore")
