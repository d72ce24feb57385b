"""Houses surveyed for safety, and public flats let to those who wait for them."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import generator, happens, money, pick

_SURVEYED, _TENANTS = 0.12, 0.05
_GRADES, _GRADE_WEIGHTS = ("A", "B", "C", "D"), (0.44, 0.40, 0.12, 0.04)


def surveys(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per surveyed rural house: head, grade, day, whether it is the only dwelling."""
    rng = generator(seed, "surveys")
    heads = people.filter(
        (pl.col("role") == "head") & (pl.col("group") == "family") & ~pl.col("urban")
    )
    poorer = 1.6 - np.minimum(heads["income"].to_numpy() / 25_000.0, 1.2)
    asked = heads.filter(pl.Series(rng.random(heads.height) < _SURVEYED * poorer))
    count = asked.height
    grade = np.array(_GRADES)[pick(rng, _GRADE_WEIGHTS, count)]
    day = rng.integers(calendar.start - 900, calendar.end, count)
    repaired = np.isin(grade, ["C", "D"]) & happens(rng, 0.5, count)
    repaired_on = np.where(repaired, day + rng.integers(90, 400, count), NEVER)
    return asked.select("person", "household", "income").with_columns(
        surveyed_on=day,
        grade=pl.Series(grade.astype(str)),
        sole=pl.Series(np.where(happens(rng, 0.86, count), "yes", "no").astype(str)),
        repaired_on=repaired_on,
    )


def tenancies(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per lease: tenant, rent, term, and the day from which nothing was paid any more."""
    rng = generator(seed, "tenancies")
    heads = people.filter(
        (pl.col("role") == "head") & pl.col("urban") & (pl.col("group") != "outside")
    )
    poorer = np.clip(2.0 - heads["income"].to_numpy() / 25_000.0, 0.1, 2.0)
    tenants = heads.filter(pl.Series(rng.random(heads.height) < _TENANTS * poorer))
    count = tenants.height
    leased = rng.integers(calendar.start - 1500, calendar.end - 20, count)
    years = rng.choice([3, 5], count)
    short = rng.random(count) < np.where(tenants["income"].to_numpy() < 16_000, 0.3, 0.06)
    unpaid = np.where(short, rng.integers(calendar.end - 330, calendar.end, count), NEVER)
    unpaid = np.where(unpaid > leased + 30, unpaid, NEVER)
    return tenants.select("person", "household", "income").with_columns(
        leased_from=leased,
        leased_to=leased + years * 365,
        rent=money(np.round(rng.uniform(90, 420, count))),
        unpaid_since=unpaid,
    )
