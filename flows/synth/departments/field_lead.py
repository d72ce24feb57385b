"""What the hotline and the villages pass on: much need that no file shows, and some that is none."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form, known_after, serial
from flows.synth.draws import happens, pick
from flows.synth.hardship import hardship
from flows.synth.world import World

_IN_NEED, _NO_NEED = 0.06, 0.012
"""How many households of each sort somebody speaks up for: published hotlines find 3 to 7 in need
among a hundred they are told of."""
_URGENT, _ASKED, _LATEST = 0.12, 150, 90
"""How many are urgent; since how many days people have been asked; how long they hesitate."""
_CHANNELS, _CHANNEL_WEIGHTS = ("village", "hotline", "visitor", "self"), (0.5, 0.25, 0.15, 0.1)
_NEEDS = {
    "illness": "illness",
    "unsafe_house": "housing",
    "arrears": "housing",
    "fire": "disaster",
    "elder_alone": "care",
    "child_alone": "care",
    "care_burden": "care",
    "disability": "care",
    "school_costs": "schooling",
}
"""What people call a kind of hardship; whatever is not listed is a lack of income."""


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("field leads")
    told = pl.concat([_in_need(world, rng), _not_in_need(world, rng)]).sort("day", "person")
    count, day = told.height, told["day"].to_numpy()
    urgent = np.where(happens(rng, _URGENT, count), "yes", "no")
    return told.select(
        "person",
        "need",
        since=known_after(world, rng, told["person"].to_numpy(), day, [0.7, 0.3]),
        seen_on="day",
        lead_no=serial("XS" + world.places.county_code, np.arange(count) + 1, 7),
        reported_on=dates(day),
        channel=pl.Series(np.array(_CHANNELS)[pick(rng, _CHANNEL_WEIGHTS, count)].astype(str)),
        urgent=pl.Series(urgent.astype(str)),
    )


def _in_need(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Somebody of a household in need, some weeks after it began or people were asked."""
    need = hardship(world).join(_spokesmen(world), on="household", maintain_order="left")
    need = need.filter(pl.Series(happens(rng, _IN_NEED, need.height)))
    began = need["since"].to_physical().cast(pl.Int64).to_numpy()
    day = np.maximum(began, world.calendar.end - _ASKED) + rng.integers(3, _LATEST, need.height)
    told = need.select(
        "person",
        need=pl.col("kind").replace_strict(_NEEDS, default="income"),
        day=pl.Series(day),
    )
    return told.filter(pl.col("day") < world.calendar.end)


def _not_in_need(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Well meant, and needless."""
    everybody = _spokesmen(world)
    told = everybody.filter(pl.Series(happens(rng, _NO_NEED, everybody.height)))
    kinds = np.array(["income", "care", "other"])[pick(rng, [5, 2, 3], told.height)]
    return told.select(
        "person",
        need=pl.Series(kinds.astype(str)),
        day=pl.Series(rng.integers(world.calendar.end - _ASKED, world.calendar.end, told.height)),
    )


def _spokesmen(world: World) -> pl.DataFrame:
    """The first living grown member of every household but the story's."""
    ours = world.people["household"][world.story]
    living = world.people.filter(
        (pl.col("died_on") == NEVER) & (pl.col("group") != "collective") & (pl.col("age") >= 18)
    )
    first = living.unique("household", keep="first", maintain_order=True)
    return first.filter(pl.col("household") != ours).select("person", "household")


department = Department(
    source="field_lead",
    title="困难线索",
    form=Form(encoding="utf-8", date="%Y-%m-%d"),
    records=_records,
    care=2.0,
    dirt={"number_missing": 0.55, "phone_missing": 0.25},
    extras=("序号",),
)
