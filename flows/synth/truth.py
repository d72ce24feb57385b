"""What really is: people, households, hardship, events; for measuring, never for the pipeline."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.means import YEAR, means
from flows.synth.residence import OUTSIDE, lives_on
from flows.synth.world import World

_LARGE_BILL = 26_000.0
"""Bills of a year that are told as an event; hardship itself knows no such line."""


def persons(world: World) -> pl.DataFrame:
    """One row per person: household, village on the last day, register, birth, death."""
    people = world.people
    lives = _villages(world)
    return people.select(
        truth_person="person",
        household="household",
        in_register=pl.col("group") != "outside",
        group="group",
        role="role",
        township_code=lives["township_code"],
        village_code=lives["code"],
        id_number="id_number",
        name=pl.col("surname") + pl.col("given"),
        sex=pl.when("male").then(pl.lit("male")).otherwise(pl.lit("female")),
        born=dates(people["birth"].to_numpy()),
        died=dates(people["died_on"].to_numpy()),
        story=pl.col("person") == world.story,
    )


def _villages(world: World) -> pl.DataFrame:
    """Codes of the village and township each person lives in on the last day; none outside."""
    last_day = np.full(world.people.height, world.calendar.end)
    village, _ = lives_on(world.people, last_day)
    lives = world.places.villages.select("code", "township_code")[np.maximum(village, 0)]
    return lives.select(pl.when(pl.Series(village != OUTSIDE)).then(pl.all()).name.keep())


def events(world: World) -> pl.DataFrame:
    """One row per thing that befell somebody: stay, death, job lost, move, trouble, large bill."""
    households = world.people.select("person", "household")
    own = _of_persons(world).join(households, on="person", maintain_order="left")
    everything = pl.concat([own, _of_households(world).select(own.columns)])
    everything = everything.sort("day", "household", "kind", "person")
    happened_on = dates(everything["day"].to_numpy())
    return everything.select("household", "kind", truth_person="person", happened_on=happened_on)


def _of_persons(world: World) -> pl.DataFrame:
    people = world.people
    return pl.concat(
        [
            _event(world.stays, "stay", "discharged_on"),
            _event(people.filter(pl.col("died_on") != NEVER), "death", "died_on"),
            _event(world.jobs.filter(pl.col("ended") == "lost"), "job_lost", "ends_on"),
            _event(people.filter(pl.col("moved_on") != NEVER), "move", "moved_on"),
            _event(people.filter(pl.col("birth") >= world.calendar.start), "birth", "birth"),
            world.incidents.select("person", kind="category", day="occurred_on"),
        ]
    )


def _of_households(world: World) -> pl.DataFrame:
    """A year of large bills, with or without hardship."""
    sign = pl.when("refund").then(-1.0).otherwise(1.0)
    homes = world.people.select("person", "household")
    lately = world.bills.filter(pl.col("settled_on") >= world.calendar.end - YEAR)
    years = (
        lately.join(homes, on="person", maintain_order="left")
        .group_by("household", maintain_order=True)
        .agg(bore=(pl.col("personal") * sign).sum(), day=pl.col("settled_on").max())
        .filter(pl.col("bore") >= _LARGE_BILL)
        .join(means(world), on="household", maintain_order="left")
    )
    kind = pl.when(pl.col("bore") > pl.col("capacity")).then(pl.lit("large_bill"))
    return years.select(
        "household",
        person=pl.lit(None, dtype=pl.Int64),
        kind=kind.otherwise(pl.lit("large_bill_without_hardship")),
        day="day",
    )


def _event(frame: pl.DataFrame, kind: str, day: str) -> pl.DataFrame:
    return frame.select("person", kind=pl.lit(kind), day=pl.col(day))
