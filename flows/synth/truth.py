"""What really is: people, households, hardship, events; for measuring, never for the pipeline."""

from __future__ import annotations

import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.hardship import large_bills
from flows.synth.residence import lives_on
from flows.synth.world import World


def persons(world: World) -> pl.DataFrame:
    """One row per person: household, village of residence on the last day, register, birth, death."""
    people = world.people
    village, _ = lives_on(people, people["birth"].to_numpy() * 0 + world.calendar.end)
    villages = world.places.villages.select("code", "township_code").with_row_index("lives")
    lives = pl.DataFrame({"lives": village}).join(
        villages.with_columns(pl.col("lives").cast(pl.Int64)),
        on="lives",
        how="left",
        maintain_order="left",
    )
    registered = people["group"].is_in(["family", "collective", "floating"])
    return people.select(
        truth_person="person",
        household="household",
        in_register=registered,
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


def events(world: World) -> pl.DataFrame:
    """One row per thing that befell somebody: stay, death, job lost, move, trouble, large bill."""
    people = world.people
    rich = large_bills(world).with_columns(
        kind=pl.when(pl.col("bore") > pl.col("capacity"))
        .then(pl.lit("large_bill"))
        .otherwise(pl.lit("large_bill_without_hardship"))
    )
    parts = [
        _event(world.stays, "stay", "discharged_on"),
        _event(people.filter(pl.col("died_on") != NEVER), "death", "died_on"),
        _event(world.jobs.filter(pl.col("ended") == "lost"), "job_lost", "ends_on"),
        _event(people.filter(pl.col("moved_on") != NEVER), "move", "moved_on"),
        _event(people.filter(pl.col("birth") >= world.calendar.start), "birth", "birth"),
        world.incidents.select("person", kind="category", day="occurred_on"),
    ]
    own = pl.concat(parts).join(
        people.select("person", "household"), on="person", maintain_order="left"
    )
    shared = rich.select(
        person=pl.lit(None, dtype=pl.Int64), kind="kind", day="since", household="household"
    )
    everything = pl.concat([own, shared.select(own.columns)]).sort(
        "day", "household", "kind", "person"
    )
    return everything.select(
        "household", "kind", truth_person="person", happened_on=dates(everything["day"].to_numpy())
    )


def _event(frame: pl.DataFrame, kind: str, day: str) -> pl.DataFrame:
    return frame.select("person", kind=pl.lit(kind), day=pl.col(day))
