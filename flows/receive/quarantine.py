"""The faulty rows as a file that can be mailed back to the department."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

import duckdb

_TITLES = ("行号", "原因")
_RUNS_IN_EXCEL = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?[\d.,%\s-]*")
"""A sign before a plain number or nothing but dashes: Excel computes nothing there."""


def quarantine_csv(connection: duckdb.DuckDBPyConnection, header: Sequence[str]) -> bytes:
    """The table `bad` as CSV: line, reasons, and the row as it was delivered."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*_TITLES, *map(safe, header)])
    faulty = connection.execute("SELECT line, reason, cells FROM bad ORDER BY row")
    while rows := faulty.fetchmany(10_000):
        writer.writerows([line, reason, *map(safe, cells)] for line, reason, cells in rows)
    return out.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """The cell, marked as text where Excel would run it as a formula."""
    if _RUNS_IN_EXCEL.match(cell) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell
