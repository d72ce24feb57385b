"""Since when a finding has been known, and when it ceased to be true for long enough to begin anew.

A household that was in arrears years ago and is so again has not waited for years. One whose finding
was away for a few nights has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from flows.engine import Engine
from transforms.signals import SIGNALS

LAPSE_DAYS = 180
"""A finding is over when it has been away for longer: as long as the slowest source (90 days) is waited
for before it counts as late, so that every department has been heard of in between."""


@dataclass(frozen=True, kw_only=True)
class Noted:
    """What the ledger takes of tonight's findings: those that are new, and those that came or went.

    new: person_id, signal, first_found. lapses: person_id, signal, first_found, gone_on, is_over.
    """

    new: pl.DataFrame
    lapses: pl.DataFrame


def recall_seen(engine: Engine, seen: pl.DataFrame, person_into: Mapping[str, str]) -> None:
    """Make `seen` of `Ledger.seen`, by present ids beside those it was `noted_of`; and `seen_open`.

    What was seen of people whose ids were merged away was seen of the people they are. `seen_open`
    has what is not over: person_id, signal, first_found.
    """
    present = seen.with_columns(
        noted_of="person_id", person_id=pl.col("person_id").replace(dict(person_into))
    )
    engine.register("seen", present.to_arrow())
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE seen_open AS "
        "SELECT person_id, signal, min(first_found) AS first_found "
        "FROM seen WHERE NOT is_over GROUP BY person_id, signal"
    )


def note_findings(engine: Engine, on: date, late: Collection[str], *, is_past: bool) -> Noted:
    """Make `finding`: tonight's findings with the night they were first found.

    `late`: the records that are late; of a signal that reads one, absence says nothing. Of a past
    day that is asked about again, it says nothing of any.
    """
    engine.duckdb.execute(_FINDING, {"on": on})
    silent = [name for name in SIGNALS if _reads(name, late)]
    asked = {"on": on, "silent": silent, "days": LAPSE_DAYS}
    lapses = _frame(engine, _LAPSES, asked)
    return Noted(new=_frame(engine, _NEW), lapses=lapses.clear() if is_past else lapses)


def _reads(signal: str, late: Collection[str]) -> bool:
    """Whether a signal reads a late record, itself or in what other signals found."""
    reads = set(SIGNALS[signal].reads)
    return bool(late) and ("found" in reads or not reads.isdisjoint(late))


def _frame(engine: Engine, sql: str, values: Mapping[str, Any] | None = None) -> pl.DataFrame:
    frame: Any = pl.from_arrow(engine.duckdb.execute(sql, values).to_arrow_table())
    return frame


_FINDING = """
CREATE OR REPLACE TEMP TABLE finding AS
SELECT tonight.*, coalesce(seen_open.first_found, $on) AS first_found,
       seen_open.first_found IS NULL AS is_new
FROM finding_tonight AS tonight LEFT JOIN seen_open USING (person_id, signal)
"""
_NEW = """
SELECT person_id, signal, strftime(first_found, '%Y-%m-%d') AS first_found
FROM finding WHERE is_new ORDER BY ALL
"""
_LAPSES = """
WITH told AS (
  SELECT seen.*, finding.person_id IS NOT NULL AS is_back
  FROM seen LEFT JOIN finding USING (person_id, signal) WHERE NOT is_over
), now AS (
  SELECT told.* REPLACE (
    CASE WHEN NOT is_back THEN coalesce(gone_on, $on) END AS gone_on,
    NOT is_back AND coalesce(gone_on < $on - to_days($days), false) AS is_over
  ), gone_on AS gone_before
  FROM told WHERE is_back OR NOT list_contains($silent::VARCHAR[], signal)
)
SELECT noted_of AS person_id, signal, strftime(first_found, '%Y-%m-%d') AS first_found,
       strftime(gone_on, '%Y-%m-%d') AS gone_on, is_over
FROM now WHERE is_over OR gone_on IS DISTINCT FROM gone_before ORDER BY ALL
"""
