"""How a death becomes known: who reports it, when it is confirmed, when the register knows."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import generator, happens, pick

_REPORTERS, _ODDS = ("crematorium", "hospital", "village", "police"), (0.45, 0.25, 0.2, 0.1)
_NEVER_REPORTED, _NEVER_IN_REGISTER, _FALSE = 0.03, 0.04, 0.0005


def reports(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per report: person, day of death, who said so, when, and when it was confirmed.

    A few reports are false: they stay unconfirmed and their person lives.
    """
    rng = generator(seed, "death reports")
    told = _told(rng, people, calendar)
    day, count = told["died_on"].to_numpy(), told.height
    reporter = pick(rng, _ODDS, count)
    reported = day + rng.geometric(0.12, count) - 1
    at_once = (reporter == _REPORTERS.index("police")) | (rng.random(count) < 0.3)
    confirmed = np.where(at_once, reported, reported + rng.integers(2, 40, count))
    confirmed = np.where(told["true"].to_numpy(), confirmed, NEVER)
    unseen = happens(rng, _NEVER_IN_REGISTER, count) | (confirmed == NEVER)
    return (
        told.drop("true")
        .with_columns(
            reported_by=pl.Series(np.array(_REPORTERS)[reporter].astype(str)),
            reported_on=reported,
            confirmed_on=confirmed,
            register_on=np.where(unseen, NEVER, confirmed + rng.integers(0, 25, count)),
        )
        .sort("reported_on", "person")
    )


def _told(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Deaths that somebody reports, and living old people who are reported dead."""
    dead = people.filter((pl.col("died_on") != NEVER) & (pl.col("group") != "outside"))
    dead = dead.filter(pl.Series(~happens(rng, _NEVER_REPORTED, dead.height)))
    alive = people.filter((pl.col("died_on") == NEVER) & (pl.col("age") > 60))
    wrong = alive.filter(pl.Series(happens(rng, _FALSE, alive.height)))
    wrong = wrong.with_columns(
        died_on=pl.Series(rng.integers(calendar.start, calendar.end, wrong.height))
    )
    columns = ("person", "died_on")
    return pl.concat(
        [
            dead.select(*columns, true=pl.lit(True)),
            wrong.select(*columns, true=pl.lit(False)),
        ]
    )
