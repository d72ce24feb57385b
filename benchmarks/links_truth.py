"""How right the links of a synthetic HOME are, against its truth tables.

    python benchmarks/links_truth.py HOME

Prints the share of decided links that are right, the share of rows about registered people that
were attached, and what the wrong and the missing ones have in common. Counts only, no row.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from flows import files
from flows.home import existing_home
from flows.ledger import Ledger


def main() -> None:
    """Compare and print."""
    home = existing_home(Path(sys.argv[1]))
    rows = judged(home.root)
    register = rows.filter(pl.col("source") == "resident_register")
    holder = register.group_by("person_id").agg(holder=pl.col("truth_person").mode().sort().first())
    others = rows.filter(pl.col("source") != "resident_register").join(
        holder, on="person_id", how="left"
    )
    registered = register["truth_person"].drop_nulls().unique()
    attachable = others.filter(pl.col("truth_person").is_in(registered.implode()))
    decided = others.filter(pl.col("decision") == "decided")
    right = decided.filter(pl.col("holder") == pl.col("truth_person"))
    attached = attachable.filter(pl.col("decision") == "decided")
    print(f"rows compared                         {rows.height}")
    print(f"decided links, other than register    {decided.height}")
    print(f"  right                               {right.height / max(decided.height, 1):.5f}")
    print(f"rows of registered people             {attachable.height}")
    print(
        f"  attached                            {attached.height / max(attachable.height, 1):.5f}"
    )
    wrong = decided.filter(pl.col("holder").ne_missing(pl.col("truth_person")))
    _table("wrong links by how and dirt", wrong.group_by("source", "how", "dirt").len())
    missing = attachable.filter(pl.col("decision") != "decided")
    _table("not attached by how and dirt", missing.group_by("how", "dirt").len())
    doubled = register.group_by("truth_person").agg(pl.col("person_id").n_unique().alias("n"))
    print(f"registered people with two ids        {doubled.filter(pl.col('n') > 1).height}")
    shared = register.group_by("person_id").agg(pl.col("truth_person").n_unique().alias("n"))
    print(f"ids that hold two registered people   {shared.filter(pl.col('n') > 1).height}")


def judged(root: Path) -> pl.DataFrame:
    """Every loaded row that the truth knows, with its link."""
    home = existing_home(root)
    names = pl.DataFrame(
        [(one.delivery, one.source, one.file_name) for one in Ledger(home.ledger).deliveries()],
        schema=["delivery", "source", "file_name"],
        orient="row",
    )
    connection = files.duckdb_database(home.snapshot, read_only=True)
    try:
        link = connection.execute("FROM link").pl()
    finally:
        connection.close()
    truth = pl.read_parquet(root / "truth" / "rows.parquet").with_columns(
        pl.col("dirt").list.sort().list.join("+").alias("dirt")
    )
    return link.join(names, on=["delivery", "source"]).join(
        truth, on=["source", "file_name", "row"], how="inner"
    )


def _table(title: str, counted: pl.DataFrame) -> None:
    print(f"\n{title}")
    for row in counted.sort("len", descending=True).head(25).iter_rows():
        print("   ", *row)


if __name__ == "__main__":
    main()
