"""What is counted about a delivery, by the names of the rules that bound the counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data_contracts.terms import Source
from flows.receive import rules
from flows.receive.chunks import DeliveredTable


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What became of the rows; `by_check` counts the faulty rows of each row check."""

    rows: int
    loaded: int
    quarantined: int
    duplicate: int
    conflicting: int
    by_check: Mapping[str, int]


def summary_of(
    source: Source, table: DeliveredTable, counts: Counts, dropped: int = 0
) -> dict[str, float]:
    """One number for every rule about the rows."""
    accounted = counts.loaded + counts.quarantined + counts.duplicate
    found: dict[str, float] = {
        rules.ENOUGH: counts.rows,
        rules.RECONCILE: counts.rows - accounted,
        rules.CONTROL: counts.rows + dropped,
        rules.TOTAL: counts.rows + dropped,
        rules.QUARANTINE: counts.quarantined,
        rules.CONFLICTS: counts.conflicting,
        rules.BAND: counts.rows,
        rules.SAME_END: table.ended_with_newline is False,
    }
    for name in source.columns:
        found[rules.filled_rule(name)] = counts.by_check.get(f"{name}_is_filled", 0)
        found[rules.known_rule(name)] = counts.by_check.get(f"{name}_is_readable", 0)
    return found
