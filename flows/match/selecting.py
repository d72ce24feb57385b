"""The statements that read the columns of a file as text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.match.headers import Header
from flows.match.words import identifier, literal


def csv_columns(path: Path, header: Header, fields: Mapping[str, int]) -> str:
    """Columns of a UTF-8 text file; empty cells are null. The form is told and never guessed."""
    options = {
        "auto_detect": "false",
        "header": "true",
        "delim": literal(header.delimiter),
        "quote": literal('"'),
        "escape": literal('"'),
        "comment": "''",
        "nullstr": "''",
        "strict_mode": "true",
        "compression": literal("none"),
        "hive_partitioning": "false",
        "columns": _columns(header.cells),
    }
    given = ", ".join(f"{option} = {value}" for option, value in options.items())
    chosen = ", ".join(f"c{at} AS {field}" for field, at in fields.items())
    return f"SELECT {chosen} FROM read_csv({_file(path)}, {given})"


def parquet(path: Path) -> str:
    """A parquet file as a relation."""
    return f"read_parquet({_file(path)}, hive_partitioning = false)"


def parquet_columns(
    path: Path, header: Sequence[str], kinds: Sequence[str], fields: Mapping[str, int]
) -> str:
    """Columns of a parquet file as they would be typed."""
    chosen = ", ".join(
        f"{_typed(header[at], kinds[at])} AS {field}" for field, at in fields.items()
    )
    return f"SELECT {chosen} FROM {parquet(path)}"


def _typed(column: str, kind: str) -> str:
    """Whole numbers have no fraction, and an empty text is nothing."""
    name = identifier(column)
    if kind in ("FLOAT", "DOUBLE"):
        whole = f"TRY_CAST({name} AS HUGEINT)"
        return f"coalesce(CAST(CASE WHEN {name} = {whole} THEN {whole} END AS VARCHAR), CAST({name} AS VARCHAR))"
    return f"nullif(CAST({name} AS VARCHAR), '')"


def _columns(header: Sequence[str]) -> str:
    typed = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(len(header)))
    return f"{{{typed}}}"


def _file(path: Path) -> str:
    """One file and no pattern: what has a meaning in a pattern is put into brackets."""
    return literal(re.sub(r"([*?[])", r"[\1]", str(path)))
