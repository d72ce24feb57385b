"""What the police are called to: fires at home, accidents on the road and at work, and more."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import Ints, generator, pick

_KINDS = (
    ("fire", "home", "owner", 0.0007, (0.86, 0.11, 0.02, 0.01)),
    ("disaster", "home", "owner", 0.0003, (0.9, 0.08, 0.01, 0.01)),
    ("traffic", "road", "victim", 0.0016, (0.3, 0.62, 0.06, 0.02)),
    ("traffic", "road", "party", 0.002, (0.9, 0.1, 0.0, 0.0)),
    ("accident", "workplace", "victim", 0.0005, (0.1, 0.7, 0.15, 0.05)),
    ("crime_injury", "public", "victim", 0.0002, (0.2, 0.7, 0.08, 0.02)),
    ("domestic_violence", "home", "victim", 0.0004, (0.6, 0.4, 0.0, 0.0)),
    ("missing", "other", "victim", 0.0002, (1.0, 0.0, 0.0, 0.0)),
    ("suicide", "home", "victim", 0.0001, (0.5, 0.4, 0.05, 0.05)),
    ("other", "public", "caller", 0.05, (1.0, 0.0, 0.0, 0.0)),
)
"""Category, place, role, how many people a year, and the odds of each outcome."""
_OUTCOMES = ("unharmed", "injured", "disabled", "dead")


def incidents(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per incident and person, in order of time."""
    rng = generator(seed, "trouble")
    adults = people.filter(pl.col("age") >= 15)["person"].to_numpy()
    frames = []
    for category, place, role, rate, odds in _KINDS:
        person = rng.choice(adults, rng.poisson(rate * calendar.years * len(adults)))
        outcome = np.array(_OUTCOMES)[pick(rng, odds, len(person))]
        frames.append(
            _frame(person, _when(rng, calendar, len(person)), category, place, role, outcome)
        )
    return _of_the_living(pl.concat(frames), people).sort("occurred_on", "person", "category")


def _when(rng: np.random.Generator, calendar: Calendar, count: int) -> Ints:
    return rng.integers(calendar.start, calendar.end, count)


def _frame(
    person: Ints, day: Ints, category: str, place: str, role: str, outcome: np.ndarray
) -> pl.DataFrame:
    return pl.DataFrame(
        {"person": person, "occurred_on": day, "outcome": outcome.astype(str)}
    ).with_columns(category=pl.lit(category), place_kind=pl.lit(place), role=pl.lit(role))


def _of_the_living(frame: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """Nobody meets trouble after death, and those who die of it die that day."""
    died = people.select("person", "died_on")
    joined = frame.join(died, on="person", maintain_order="left")
    fatal = (pl.col("outcome") == "dead") & (pl.col("died_on") != pl.col("occurred_on"))
    alive = (pl.col("died_on") == NEVER) | (pl.col("occurred_on") <= pl.col("died_on"))
    outcome = pl.when(fatal).then(pl.lit("injured")).otherwise("outcome")
    return joined.filter(alive).with_columns(outcome=outcome).drop("died_on")
