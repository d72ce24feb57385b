"""What the linkage report counts from, and into which groups it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import ibis.expr.types as ir

from matchers.model import Model

DECIDED, DOUBTFUL, NEW = OUTCOMES = ("decided", "doubtful", "new")
UNKNOWN = "unknown"
MILLION = 1_000_000
"""Probabilities are added as whole millionths, so that no order of rows changes a sum."""

AGE_BANDS = ((0, 1), (2, 17), (18, 44), (45, 59), (60, 74), (75, 120))
"""Years at the night, both ends included; whoever is older is a slip."""

NUMBER_GROUPS = {
    "usable": ("valid", "converted15"),
    "damaged": (
        "bad_checksum", "masked", "scientific", "dropped", "several", "bad_shape", "bad_date",
    ),
    "foreign": ("foreign",),
    "missing": ("missing", "placeholder"),
}  # fmt: skip
"""The statuses of matchers/identity_number.py, four groups of them."""

NAME_GROUPS = ("ordinary", "rare", "minority", "partial", "latin", "missing")

GROUPINGS = ("department", "age", "sex", "township", "name", "number")
"""By what the rates are told apart; every one a column of the table `linkage_judged`."""


@dataclass(frozen=True, kw_only=True)
class Linkage:
    """The tables and facts of one night.

    rows: matchers/rows.py INPUTS with record_key. decision, link: as flows/identify.py makes them
    (of decision: rid, record_key, founder, candidate, decision, how, weight, second_weight).
    places: record_key and township_code as the record itself says it. before: record_key, decision
    and person_id of the night before. merged: person_id, into_person_id. truth: record_key and
    truth_person, for a synthetic HOME. review: what flows/review/measures.py measures and what waits.
    """

    night: date
    model: Model
    rows: ir.Table
    decision: ir.Table
    link: ir.Table
    places: ir.Table
    before: ir.Table | None = None
    merged: ir.Table | None = None
    truth: ir.Table | None = None
    review: Mapping[str, Any] | None = None
    waiting: Mapping[str, Any] | None = None
    titles: Mapping[str, str] = field(default_factory=dict)
    townships: Mapping[str, str] = field(default_factory=dict)


def rate(hits: int, total: int) -> float | None:
    """A share with six decimals; None of nothing."""
    return round(hits / total, 6) if total else None
