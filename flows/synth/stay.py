"""One stay in hospital: how long, what for, how it ended, what it cost."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.draws import Bools, Floats, Ints, happens, money, pick
from flows.synth.shelf import table

_COST_MU, _COST_SIGMA, _TOWNSHIP_STAYS, _TOWNSHIP_MEAN = 8.75, 0.85, 0.15, 2200.0
_MODES = ("ordered", "against_advice", "transferred", "community")
_MODE_WEIGHTS = (0.93, 0.03, 0.03, 0.01)


def drawn_stays(
    rng: Generator, people: pl.DataFrame, person: Ints, when: Ints, kind: str, dear: float
) -> pl.DataFrame:
    """Stays of these people from these days on, of one kind; `dear` scales what they cost."""
    count = len(person)
    age = people["age"].to_numpy()[person]
    township = happens(rng, _TOWNSHIP_STAYS, count) & (kind == "common")
    length = np.clip(rng.lognormal(1.95, 0.55, count), 1, 60).astype(np.int64)
    second, with_second = diagnoses(rng, age, "common"), rng.random(count) < 0.5
    return pl.DataFrame(
        {
            "person": person,
            "admitted_on": when,
            "discharged_on": when + length,
            "main": pl.Series(diagnoses(rng, age, kind).astype(str)),
            "second": pl.Series(np.where(with_second, second, "").astype(str)),
            "mode": np.array(_MODES)[pick(rng, _MODE_WEIGHTS, count)].astype(str),
            "total": _costs(rng, count, township, dear),
            "share": np.clip(rng.beta(4, 6, count), 0.05, 0.95),
            "township": township,
            "serious": np.full(count, kind == "serious"),
            "newborn": np.zeros(count, dtype=bool),
        }
    )


def _costs(rng: Generator, count: int, township: Bools, dear: float) -> Floats:
    county = rng.lognormal(_COST_MU, _COST_SIGMA, count) * dear
    return money(np.where(township, rng.gamma(4, _TOWNSHIP_MEAN / 4, count), county) + 80)


def diagnoses(rng: Generator, age: Ints, kind: str) -> np.ndarray:
    """One code per age, drawn by weight among the codes that fit the age."""
    codes = table("diagnoses").filter(pl.col("kind") == kind)
    low, high = (codes[name].cast(pl.Int64).to_numpy() for name in ("age_from", "age_to"))
    weight = codes["weight"].cast(float).to_numpy()
    drawn = np.empty(len(age), dtype=object)
    for decade in np.unique(age // 5):
        rows = np.flatnonzero(age // 5 == decade)
        fit = weight * ((low <= decade * 5 + 4) & (high >= decade * 5))
        drawn[rows] = codes["code"].to_numpy()[pick(rng, fit, len(rows))]
    return drawn
