"""What a city holds: rows, HARD rows and pairs, each kind's share."""

from __future__ import annotations

from pathlib import Path

import polars as pl


def summary(truth: pl.DataFrame, folder: Path) -> str:
    """A few lines of counts; no row."""
    per = truth.group_by("person").agg(
        n=pl.len().cast(pl.Int64), easy=(~pl.col("hard")).sum().cast(pl.Int64)
    )
    pairs = per.select((pl.col("n") * (pl.col("n") - 1) // 2).sum()).item()
    easy = per.select((pl.col("easy") * (pl.col("easy") - 1) // 2).sum()).item()
    lines = [f"{folder}: {truth.height:,} rows about {per.height:,} people"]
    tables = truth.group_by("table", maintain_order=True).agg(
        rows=pl.len(), hard=pl.col("hard").mean()
    )
    lines += [
        f"  {name:<11}{rows:>10,} rows, HARD {hard:.4f}" for name, rows, hard in tables.iter_rows()
    ]
    lines.append(
        f"HARD rows {truth['hard'].mean():.4f}; HARD pairs {1 - easy / pairs:.4f} of {pairs:,}"
    )
    kinds = (
        truth.select("dirt")
        .explode("dirt")
        .drop_nulls()
        .group_by("dirt")
        .len()
        .sort("len", descending=True)
    )
    lines += [
        f"  {kind:<22}{count:>9,}  {count / truth.height:.5f}" for kind, count in kinds.iter_rows()
    ]
    return "\n".join(lines)
