"""The contract of a source, compiled to the one statement that parses and checks its raw rows.

Compiling takes longer than parsing a small file, so a statement is kept for as long as the same
contract meets the same header. The night's date arrives with the rows and not in the statement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import ibis
import ibis.expr.types as ir

from data_contracts.terms import Source
from transforms.columns import cleaned, read, said
from transforms.row_rules import SAID, RowCheck, reasons, row_checks

ARRIVING = "receive_arriving"
"""The rows to be parsed: row, line, the night's date, and the raw cells of declared columns."""

ARRIVING_ON = "arriving_on"

_CLEAN = "clean_"


@dataclass(frozen=True)
class Compiled:
    """The statement that gives row, line, every column of the source and the reasons of a row."""

    sql: str
    checks: tuple[RowCheck, ...]


@dataclass(frozen=True)
class _Layout:
    """One contract as one header delivers it; contracts are told apart by their identity."""

    source: Source = field(compare=False)
    contract: int
    titles: tuple[tuple[str, str], ...]


def compiled(source: Source, titles: Mapping[str, str]) -> Compiled:
    """The statement for a source whose columns a file titles so."""
    return _compiled(_Layout(source, id(source), tuple(titles.items())))


@lru_cache(maxsize=128)
def _compiled(layout: _Layout) -> Compiled:
    source, titles = layout.source, dict(layout.titles)
    numbers = {"row": "int64", "line": "int64", ARRIVING_ON: "date"}
    arriving = ibis.table({**numbers, **dict.fromkeys(titles, "string")}, name=ARRIVING)
    parsed = _parsed(arriving, source, list(numbers))
    checks = row_checks(source, parsed, titles, parsed[ARRIVING_ON])
    kept = parsed.select("row", "line", *source.columns, reason=reasons(checks))
    return Compiled(ibis.to_sql(kept, dialect="duckdb"), checks)


def _parsed(arriving: ir.Table, source: Source, numbers: list[str]) -> ir.Table:
    """What every cell says and its value, in three layers."""
    columns = source.columns
    clean = arriving.select(
        *numbers,
        **{
            _CLEAN + name: cleaned(arriving[name], columns[name])
            if name in arriving.columns
            else ibis.null("string")
            for name in columns
        },
    )
    spoken = clean.select(
        *numbers,
        **{SAID + name: said(clean[_CLEAN + name], column) for name, column in columns.items()},
    )
    return spoken.mutate(
        **{name: read(spoken[SAID + name], column) for name, column in columns.items()}
    )
