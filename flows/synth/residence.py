"""Where people really live, since when, and on which phone they answer."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import Bools, Ints, generator, happens
from flows.synth.places import Places
from flows.synth.shelf import table

OUTSIDE = -1
_ELSEWHERE, _ABROAD, _MOVES, _YOUNG_AWAY = 0.08, 0.02, 0.045, 0.04
_CARRIERS = (
    130,
    131,
    135,
    136,
    137,
    138,
    139,
    150,
    151,
    152,
    157,
    158,
    159,
    176,
    178,
    182,
    183,
    186,
    187,
    188,
    189,
    199,
)


def resident(people: pl.DataFrame, places: Places, calendar: Calendar, seed: int) -> pl.DataFrame:
    """People with the village they live in at first, the day they move, and where to.

    A village of -1 is outside the county, at the outside place of `outside`.
    """
    rng = generator(seed, "residence")
    first_rows = np.searchsorted(people["household"].to_numpy(), people["household"].to_numpy())
    before, moved_on, after = _household_places(rng, people, places, calendar)
    before, moved_on, after = before[first_rows], moved_on[first_rows], after[first_rows]
    before = np.where(_gone_alone(rng, people), OUTSIDE, before)
    after = np.where(before == OUTSIDE, OUTSIDE, after)
    moved_on = np.where(before == OUTSIDE, NEVER, moved_on)
    houses = rng.integers(1, 400, (3, people.height))[:, first_rows]
    same = before == people["village"].to_numpy()
    outside = rng.integers(0, table("outside_places").height, people.height)[first_rows]
    return people.with_columns(
        lives_before=before,
        moved_on=moved_on,
        lives_after=after,
        house=houses[0],
        house_before=np.where(same, houses[0], houses[1]),
        house_after=houses[2],
        outside=outside,
        phone=_phones(rng, people),
    )


def _household_places(
    rng: Generator, people: pl.DataFrame, places: Places, calendar: Calendar
) -> tuple[Ints, Ints, Ints]:
    count = people.height
    family = (people["group"] == "family").to_numpy()
    luck = rng.random(count)
    town = places.draw(rng, count)
    before = np.where(family & (luck < _ELSEWHERE), town, people["village"].to_numpy())
    before = np.where(family & (luck > 1 - _ABROAD), OUTSIDE, before)
    moves = happens(rng, _MOVES, count) & (people["group"] != "collective").to_numpy()
    moved_on = np.where(moves, rng.integers(calendar.start, calendar.end, count), NEVER)
    return before, moved_on, np.where(moves, places.draw(rng, count), before)


def _gone_alone(rng: Generator, people: pl.DataFrame) -> Bools:
    """Grown children who work in a distant city while their book stays at home."""
    role, age = people["role"], people["age"]
    away = role.is_in(["away_child", "away_in_law"]).to_numpy()
    young = (age.is_between(20, 45) & (people["group"] == "family")).to_numpy()
    return (away & (rng.random(len(away)) < 0.85)) | (young & happens(rng, _YOUNG_AWAY, len(away)))


def _phones(rng: Generator, people: pl.DataFrame) -> pl.Series:
    age = people["age"].to_numpy()
    owns = rng.random(people.height) < np.select([age < 13, age < 75], [0.0, 0.93], 0.5)
    carrier = np.array(_CARRIERS)[rng.integers(0, len(_CARRIERS), people.height)]
    number = pl.Series(carrier * 10**8 + rng.integers(10**7, 10**8, people.height))
    return pl.select(
        pl.when(pl.Series(owns)).then(number.cast(pl.String)).otherwise(pl.lit(""))
    ).to_series()


def lives_on(people: pl.DataFrame, days: Ints) -> tuple[Ints, Ints]:
    """The village and house each person lives in on a day (one day for each row)."""
    moved = (people["moved_on"].to_numpy() != NEVER) & (people["moved_on"].to_numpy() <= days)
    village = np.where(moved, people["lives_after"].to_numpy(), people["lives_before"].to_numpy())
    house = np.where(moved, people["house_after"].to_numpy(), people["house_before"].to_numpy())
    return village, house
