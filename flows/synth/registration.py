"""What changes in a register over time: deaths, guests, moves, and numbers for the newborn."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER
from flows.synth.departments.terms import FOREVER
from flows.synth.draws import happens
from flows.synth.world import World

_GUESTS_AT_HOME = 0.03
_FOLLOWS_AFTER = 42


def with_deaths(world: World, base: pl.DataFrame) -> pl.DataFrame:
    """The days on which the register hears of a death and writes it down."""
    told = world.deaths.select("person", "reported_on", "register_on")
    told = told.with_columns(
        pending_on=pl.when(pl.col("person") % 4 == 0).then("reported_on").otherwise(NEVER)
    )
    joined = base.join(
        told.unique("person", keep="first", maintain_order=True),
        on="person",
        how="left",
        maintain_order="left",
    )
    return joined.drop("reported_on").with_columns(
        pl.col("register_on", "pending_on").fill_null(NEVER)
    )


def with_guests(world: World, rng: np.random.Generator, base: pl.DataFrame) -> pl.DataFrame:
    """Some who live away from home in the county are registered there too, as guests."""
    lives = world.people.select("person", "lives_before", "village")
    away = base.join(lives, on="person", maintain_order="left").filter(
        (pl.col("lives_before") != pl.col("village"))
        & (pl.col("lives_before") >= 0)
        & (pl.col("person_type") == "registered")
    )
    twice = away.filter(pl.Series(happens(rng, _GUESTS_AT_HOME, away.height)))
    guests = twice.select(base.columns).with_columns(
        record=-1 - pl.col("person"),
        household=pl.col("household") + 10**7,
        person_type=pl.lit("floating"),
        relation=pl.lit("none"),
        knows=pl.lit(True),
        double=pl.lit(True),
    )
    return pl.concat([base.with_columns(double=pl.lit(False)), guests])


def with_moves(world: World, base: pl.DataFrame) -> pl.DataFrame:
    """Where the register follows a move, it does so six weeks later; else it keeps what it had."""
    moves = world.people.select("person", "moved_on")
    joined = base.join(moves, on="person", maintain_order="left")
    follows = joined["knows"] & (joined["moved_on"] != NEVER)
    start = world.calendar.start - 1
    before = joined.with_columns(
        seen_on=pl.lit(start, dtype=pl.Int64),
        until=pl.when(follows)
        .then(pl.max_horizontal(pl.col("moved_on") + _FOLLOWS_AFTER, "since"))
        .otherwise(pl.lit(FOREVER, dtype=pl.Int64)),
    )
    after = joined.filter(follows).with_columns(
        since=pl.max_horizontal(pl.col("moved_on") + _FOLLOWS_AFTER, "since"),
        changed=pl.max_horizontal(pl.col("moved_on") + _FOLLOWS_AFTER - 1, "since"),
        seen_on=pl.col("moved_on"),
        until=pl.lit(FOREVER, dtype=pl.Int64),
    )
    return pl.concat([before, after.select(before.columns)]).sort(
        "person", "record", "since", descending=[False, True, False]
    )


def with_number_dates(world: World, base: pl.DataFrame) -> pl.DataFrame:
    """A newborn is registered first and numbered some weeks later."""
    birth = world.people["birth"].gather(base["person"])
    numbered = birth + 50 + pl.Series(world.people["person"].gather(base["person"]) % 40)
    waits = (numbered > base["since"]) & (birth > world.calendar.start)
    early = base.filter(waits).with_columns(
        until=pl.min_horizontal("until", numbered.filter(waits)), unnumbered=pl.lit(True)
    )
    later = base.with_columns(
        since=pl.when(waits).then(numbered).otherwise("since"), unnumbered=pl.lit(False)
    )
    frame = pl.concat([early, later]).filter(pl.col("since") < pl.col("until"))
    return frame.sort("person", "record", "since", descending=[False, True, False])
