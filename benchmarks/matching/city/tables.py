"""Where the committed tables lie, and the confusions of characters."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

ROOT = Path(__file__).parents[3]
SYNTH = ROOT / "flows" / "synth" / "data"
REFERENCE = ROOT / "data_contracts" / "reference"

Confusions = dict[str, tuple[list[str], np.ndarray]]


@cache
def confusions(kind: str) -> Confusions:
    """Per character: what it is mistaken for, and the running share of each."""
    table = pl.read_csv(
        Path(__file__).parent / "confusions.csv", schema_overrides={"char": pl.String}
    )
    grouped = table.filter(pl.col("kind") == kind).group_by("char", maintain_order=True)
    out: Confusions = {}
    for key, rows in grouped:
        weights = np.cumsum(rows["weight"].to_numpy().astype(float))
        out[str(key[0])] = (rows["written"].to_list(), weights / weights[-1])
    return out
