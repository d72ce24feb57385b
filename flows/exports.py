"""What analysts take away from the published snapshot: links and findings as Parquet."""

from __future__ import annotations

from pathlib import Path

from flows import files
from flows.audit.noting import note_export
from flows.errors import UsageError
from flows.home import Home

_EXPORTS = {
    "links": "SELECT source, delivery, row, record_key, person_id, household_id, how, probability "
    "FROM link ORDER BY ALL",
    "findings": "SELECT household_id, person_id, signal, severity, measure, occurred_on, "
    "first_found FROM finding ORDER BY ALL",
}


def export_links(home: Home, out: Path) -> str:
    """One line per row of every delivery that is known now: which person it belongs to."""
    return _export(home, "links", out)


def export_findings(home: Home, out: Path) -> str:
    """One line per finding of the last published night."""
    return _export(home, "findings", out)


def _export(home: Home, what: str, out: Path) -> str:
    if not home.snapshot.exists():
        raise UsageError("还没有已发布的数据。请先运行 doorstep nightly。")
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        rows = connection.execute(_EXPORTS[what]).pl()
    finally:
        connection.close()
    files.write_parquet(out, rows)
    note_export(home, out, what, "最近一夜,全部", rows.height)
    return f"已写出 {rows.height} 行:{out}"
