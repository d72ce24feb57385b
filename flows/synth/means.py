"""What a household could bear: the latent means, in no register, that decide who is in need."""

from __future__ import annotations

import polars as pl

from flows.synth.calendar import NEVER
from flows.synth.world import World

YEAR = 365
_LIVING = 5_000.0
"""What one person needs in a year for food, heating and clothes, in yuan."""
_SPARED, _SOLD, _LENT, _OWED = 0.8, 1.0, 60_000.0, 0.35
"""Of the income above living, for a year; of what is saved; by the best kin; of debts, in a year."""


def means(world: World) -> pl.DataFrame:
    """One row per family with living members: `capacity`, what it can bear in a year, in yuan.

    Income, savings, kin and debts count, and standing aid as the income it is. Below nothing, the
    household is in want although nothing has befallen it.
    """
    families = (
        world.people.filter((pl.col("group") != "collective") & (pl.col("died_on") == NEVER))
        .group_by("household", maintain_order=True)
        .agg(pl.col("income", "assets", "debts", "kin").first(), size=pl.len())
        .join(_aid(world), on="household", how="left", maintain_order="left")
    )
    spare = (pl.col("income") - _LIVING) * pl.col("size") + pl.col("aid").fill_null(0.0)
    lent = _LENT * pl.col("kin")
    capacity = _SPARED * spare + _SOLD * pl.col("assets") + lent - _OWED * pl.col("debts")
    return families.select("household", "income", "size", capacity=capacity)


def _aid(world: World) -> pl.DataFrame:
    """What standing aid pays each household in a year."""
    end = world.calendar.end
    paid = world.standing_help.filter((pl.col("exit_on") == NEVER) | (pl.col("exit_on") > end))
    return paid.group_by("household", maintain_order=True).agg(aid=12.0 * pl.col("amount").sum())
