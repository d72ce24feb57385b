"""What a household could bear, and what it bore: the latent means that decide who is in need."""

from __future__ import annotations

import polars as pl

from flows.synth.world import World

YEAR = 365
_LARGE_BILL = 26_000.0


def large_bills(world: World) -> pl.DataFrame:
    """Households whose year's medical bills are large, with what they bore and when it began."""
    since = world.calendar.end - YEAR
    sign = pl.when("refund").then(-1.0).otherwise(1.0)
    return (
        with_means(world, world.bills.filter(pl.col("settled_on") >= since))
        .group_by("household", maintain_order=True)
        .agg(
            bore=(pl.col("personal") * sign).sum(),
            since=pl.col("settled_on").max(),
            capacity=capacity().first(),
        )
        .filter(pl.col("bore") >= _LARGE_BILL)
    )


def capacity() -> pl.Expr:
    """What a household could bear in a year without need, in yuan."""
    spare = (pl.col("income") - 7_000.0).clip(0.0) * pl.col("size") * 0.6
    return spare + 0.6 * pl.col("assets") + 15_000.0 * pl.col("kin") - 0.5 * pl.col("debts")


def with_means(world: World, events: pl.DataFrame) -> pl.DataFrame:
    """Events with the household and the latent means of their person."""
    means = world.people.select(
        "person",
        "household",
        "group",
        "income",
        "assets",
        "debts",
        "kin",
        size=pl.len().over("household"),
    )
    taken = (set(events.columns) - {"person"}) & set(means.columns)
    families = means.filter(pl.col("group") != "collective").drop(taken)
    return events.join(families, on="person", how="inner", maintain_order="left")


def poor(frame: pl.DataFrame) -> pl.DataFrame:
    """Those with little income and little saved."""
    return frame.filter((pl.col("income") < 15_000.0) & (pl.col("assets") < 40_000.0))
