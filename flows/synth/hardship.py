"""Who is really in need: whose blows of a year cost more than the household could bear.

Need is the gap between latent means (flows/synth/means.py) and true costs (flows/synth/shocks.py).
No office's column, code or threshold decides it; what a file shows only makes it likelier.
"""

from __future__ import annotations

import polars as pl

from flows.synth.calendar import dates
from flows.synth.means import YEAR, means
from flows.synth.shocks import HIDDEN_KINDS, shocks
from flows.synth.world import World

WANT = "want"
"""The kind of a household whose means do not suffice although nothing has befallen it."""
_A_GRADE = 12_000.0
"""Yuan short for each further grade of severity."""


def hardship(world: World) -> pl.DataFrame:
    """One row per household in need: its kind, since when, how grave (1 to 3), whether a source shows it.

    The kind is that of the dearest blow; want and the hidden kinds show in no source.
    """
    borne = shocks(world).join(means(world), on="household", maintain_order="left")
    blows = pl.concat(
        [_without_blow(world), borne.select("household", "kind", "day", "cost", "capacity")]
    )
    short = blows.sort("household", "day", "kind", "cost").with_columns(
        short=pl.col("cost").cum_sum().over("household") - pl.col("capacity")
    )
    need = short.filter(pl.col("short").max().over("household") > 0.0)
    told = need.group_by("household", maintain_order=True).agg(
        kind=pl.col("kind").get(pl.col("cost").arg_max()),
        since=pl.col("day").filter(pl.col("short") > 0.0).first(),
        short=pl.col("short").max(),
        poor=(pl.col("capacity") < 0.0).first(),
    )
    kind = pl.when("poor").then(pl.lit(WANT)).otherwise("kind")
    return told.select(
        "household",
        kind=kind,
        since=dates(told["since"].to_numpy()),
        severity=(1 + (pl.col("short") / _A_GRADE).floor()).cast(pl.Int64).clip(1, 3),
        visible=~kind.is_in([WANT, *HIDDEN_KINDS]),
    )


def _without_blow(world: World) -> pl.DataFrame:
    """Every household on the year's first day, before anything has befallen it."""
    return means(world).select(
        "household",
        kind=pl.lit(WANT),
        day=pl.lit(world.calendar.end - YEAR, dtype=pl.Int64),
        cost=pl.lit(0.0),
        capacity="capacity",
    )
