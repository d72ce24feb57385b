"""The faulty rows as a file that can be mailed back to the department."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

import duckdb

from flows.excel_csv import excel_csv

_TITLES = ("行号", "原因")
_RUNS_IN_EXCEL = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?[\d.,%\s-]*")
"""A sign before a plain number or nothing but dashes: Excel computes nothing there."""


def quarantine_csv(connection: duckdb.DuckDBPyConnection, header: Sequence[str]) -> bytes:
    """The table `bad` as CSV: line, reasons, and the row as it was delivered."""
    faulty = connection.execute("SELECT line, reason, cells FROM bad ORDER BY row")
    rows = chain.from_iterable(iter(lambda: faulty.fetchmany(10_000), []))
    body = ([line, reason, *map(safe, cells)] for line, reason, cells in rows)
    return excel_csv(chain([[*_TITLES, *map(safe, header)]], body))


def safe(cell: str) -> str:
    """The cell, marked as text where Excel would run it as a formula."""
    if _RUNS_IN_EXCEL.match(cell) and not _HARMLESS.fullmatch(cell):
        return f"'{cell}"
    return cell
