"""A second opinion on a trained model: EM on records that no number proves.

m is counted from pairs that a verified number proves. Records without one may be dirtier, so EM
(`by_em`) splits their candidate pairs into matches and others, knowing nothing of numbers, and its
m is laid beside the counted one. Candidates share a value by choice, so a field is judged only on
pairs that were brought together by other fields: one block on the birth date, one on the name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from matchers.birth_levels import BirthLevel
from matchers.candidates import Key, same
from matchers.learning import by_em
from matchers.model import SHIPPED
from matchers.name_levels import NameLevel

BLOCKS: Mapping[str, Key] = {
    "birth": same("birth date", "birth_date", bound=200),
    "name": same("name", "name_bag", bound=30),
}
"""How candidates are gathered, by the field that the block makes agree."""

CHECKED: Mapping[str, Sequence[str]] = {
    "birth": ("name", "sex", "phone", "address"),
    "name": ("birth",),
}
"""The fields whose m is taken from each block."""

EVIDENCE: Mapping[str, Sequence[str]] = {
    "birth": ("name", "sex", "phone", "address"),
    "name": ("birth", "sex", "phone", "address"),
}
"""The fields that EM looks at in each block."""

ENOUGH = 500
"""Candidate pairs below which nothing is said."""


def em_check(proven: pa.Table, candidates: Mapping[str, pa.Table]) -> dict[str, Any]:
    """How far EM's m lies from the counted m, by field and level; JSON-able and sorted.

    Both sides are level patterns (`<field>_level`, null: nothing to say) with `pairs`; `proven` of
    pairs that share a verified number, `candidates` of unnumbered records by block.
    """
    counted = counted_m(_of_one_person(proven))
    blocks: dict[str, dict[str, Any]] = {}
    fields: dict[str, dict[str, dict[str, float]]] = {}
    for block, patterns in candidates.items():
        evidence = [name for name in EVIDENCE[block] if _is_said(patterns, name)]
        pairs = _pairs(patterns)
        if pairs < ENOUGH or len(evidence) < 3:
            blocks[block] = {"pairs": pairs, "matches": None}
            continue
        learned = by_em(patterns, {name: _levels(name) for name in evidence})
        blocks[block] = {"pairs": pairs, "matches": round(learned.matches, 4)}
        for name in CHECKED[block]:
            if name in evidence and name in counted:
                fields[name] = _compared(counted[name], learned.m[name])
    largest = [abs(one["difference"]) for levels in fields.values() for one in levels.values()]
    return {
        "blocks": dict(sorted(blocks.items())),
        "fields": dict(sorted(fields.items())),
        "largest_difference": max(largest, default=None),
    }


def counted_m(patterns: pa.Table) -> dict[str, dict[int, float]]:
    """The share of pairs on each level, of those that say something about a field."""
    found = {}
    for name in SHIPPED:
        if _is_said(patterns, name):
            said = patterns.filter(patterns[f"{name}_level"].is_valid())
            level, pairs = said[f"{name}_level"].to_numpy(), said["pairs"].to_numpy()
            total = float(pairs.sum())
            found[name] = {one: float(pairs[level == one].sum()) / total for one in _levels(name)}
    return found


def _compared(counted: Mapping[int, float], em: Mapping[int, float]) -> dict[str, dict[str, float]]:
    """By level, as text: counted m, EM's m, and how much larger EM's is."""
    return {
        str(level): {
            "counted": round(counted[level], 4),
            "em": round(em[level], 4),
            "difference": round(em[level] - counted[level], 4),
        }
        for level in sorted(counted)
    }


def _of_one_person(proven: pa.Table) -> pa.Table:
    """Without the pairs whose number is somebody else's: name and birth date both deny it."""
    name = proven["name_level"].to_numpy(zero_copy_only=False).astype(float)
    birth = proven["birth_level"].to_numpy(zero_copy_only=False).astype(float)
    other_birth = np.isnan(birth) | (birth <= BirthLevel.SAME_YEAR)
    return proven.filter(pa.array(~((name <= NameLevel.SAME_GIVEN) & other_birth)))


def _is_said(patterns: pa.Table, name: str) -> bool:
    column = f"{name}_level"
    if column not in patterns.column_names:
        return False
    return bool(patterns[column].null_count < patterns.num_rows)


def _levels(name: str) -> list[int]:
    return sorted(int(level) for level in SHIPPED[name])


def _pairs(patterns: pa.Table) -> int:
    return int(patterns["pairs"].to_numpy().sum())
