"""The small tables the synthetic county is drawn from; their origin stands in data/README.md."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import polars as pl


@cache
def table(name: str) -> pl.DataFrame:
    """One table of the package's data folder, every column as text."""
    content = files("flows.synth").joinpath("data", f"{name}.csv").read_bytes()
    return pl.read_csv(content, infer_schema=False)
