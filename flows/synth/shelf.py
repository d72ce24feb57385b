"""The small tables the synthetic county is drawn from; their origin stands in data/README.md."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl

from flows import files

_FOLDER = Path(__file__).parent / "data"


@cache
def table(name: str) -> pl.DataFrame:
    """One table of the data folder, every column as text."""
    return pl.read_csv(files.read(_FOLDER / f"{name}.csv"), infer_schema=False)
