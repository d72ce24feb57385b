"""Stays in hospital and what they cost; who stays depends on age, frailty and serious illness."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import Ints, generator, happens
from flows.synth.stay import diagnoses, drawn_stays

_RATES = ((5, 0.22), (18, 0.05), (45, 0.09), (60, 0.17), (75, 0.36), (200, 0.62))
"""Stays a year below an age."""
_SERIOUS_A_YEAR, _DIALYSIS = 0.0045, 0.0009
DIALYSIS_DIAGNOSIS = "N18.5"


def stays(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per stay: person, days, diagnoses, cost, the share the patient bears, place."""
    rng = generator(seed, "illness")
    parts = [
        _ordinary(rng, people, calendar),
        _serious(rng, people, calendar),
        _dialysis(rng, people, calendar),
        _births(rng, people, calendar),
        _last(rng, people, calendar),
    ]
    return _possible(pl.concat(parts), people, calendar).sort(
        "discharged_on", "person", "admitted_on"
    )


def _ordinary(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    age = people["age"].to_numpy()
    limits, rates = zip(*_RATES, strict=True)
    rate = np.array(rates)[np.searchsorted(limits, age, side="right")]
    count = rng.poisson(rate * people["frailty"].to_numpy() * calendar.years)
    person = np.repeat(people["person"].to_numpy(), count)
    when = rng.integers(calendar.start, calendar.end, len(person))
    return drawn_stays(rng, people, person, when, "common", 1.0)


def _serious(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """A serious illness comes once and brings several stays, each about a month after the other."""
    age = people["age"].to_numpy()
    chance = _SERIOUS_A_YEAR * (calendar.years + 1) * np.clip((age / 52.0) ** 2, 0.06, 3.0)
    ill = np.flatnonzero(rng.random(people.height) < chance)
    onset = rng.integers(calendar.start - 365, calendar.end, len(ill))
    count = rng.integers(1, 8, len(ill))
    person, onset = np.repeat(ill, count), np.repeat(onset, count)
    nth = np.arange(len(person)) - np.repeat(np.cumsum(count) - count, count)
    codes = np.repeat(diagnoses(rng, age[ill], "serious"), count)
    when = onset + nth * 28 + rng.integers(0, 9, len(person))
    frame = drawn_stays(rng, people, person, when, "serious", 1.7)
    treatment = (
        (nth > 0) & np.char.startswith(codes.astype(str), "C") & happens(rng, 0.6, len(codes))
    )
    return frame.with_columns(
        main=pl.Series(np.where(treatment, "Z51.1", codes).astype(str)),
        second=pl.Series(np.where(treatment, codes, frame["second"].to_numpy()).astype(str)),
        serious=pl.lit(True),
    )


def _dialysis(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Those on dialysis are admitted now and then; their monthly bills are drawn with the bills."""
    ill = dialysis_patients(people)
    count = rng.poisson(2.2 * calendar.years, len(ill))
    person = np.repeat(ill, count)
    when = rng.integers(calendar.start, calendar.end, len(person))
    frame = drawn_stays(rng, people, person, when, "common", 1.4)
    return frame.with_columns(
        main=pl.lit("Z49.1"), second=pl.lit(DIALYSIS_DIAGNOSIS), serious=pl.lit(True)
    )


def dialysis_patients(people: pl.DataFrame) -> Ints:
    """The few adults whose kidneys have failed: those whose frailty is extreme for their age."""
    adults = people.filter(pl.col("age").is_between(20, 84)).sort(
        "frailty", "person", descending=True
    )
    return adults["person"].head(max(1, round(people.height * _DIALYSIS))).sort().to_numpy()


def _births(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Some newborn have a stay of their own in their first week."""
    born = people.filter((pl.col("birth") >= calendar.start) & (pl.col("age") < 3))
    chosen = born.filter(pl.Series(happens(rng, 0.45, born.height)))
    when = chosen["birth"].to_numpy() + rng.integers(0, 6, chosen.height)
    frame = drawn_stays(rng, people, chosen["person"].to_numpy(), when, "newborn", 0.5)
    return frame.with_columns(newborn=pl.lit(True))


def _last(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Four in ten die in hospital."""
    dying = people.filter(pl.col("died_on") != NEVER)
    dying = dying.filter(pl.Series(happens(rng, 0.4, dying.height)))
    days = rng.integers(1, 14, dying.height)
    frame = drawn_stays(
        rng, people, dying["person"].to_numpy(), dying["died_on"].to_numpy() - days, "common", 1.5
    )
    return frame.with_columns(discharged_on=dying["died_on"], mode=pl.lit("died"))


def _possible(frame: pl.DataFrame, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Only stays of the living that end within the story."""
    lives = people.select("person", "birth", "died_on")
    return (
        frame.join(lives, on="person", maintain_order="left")
        .filter(
            (pl.col("admitted_on") >= pl.col("birth"))
            & pl.col("discharged_on").is_between(calendar.start, calendar.end - 1)
            & ((pl.col("died_on") == NEVER) | (pl.col("discharged_on") <= pl.col("died_on")))
        )
        .drop("birth", "died_on")
    )
