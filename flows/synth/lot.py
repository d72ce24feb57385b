"""What no register sees: income, savings, debts, kin, frailty, and the day somebody dies."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import Ints, generator, happens, pick

_RURAL_INCOME, _URBAN_INCOME = 17_500.0, 36_000.0
JOBS = ("employee", "farmer", "flexible", "jobless")


def with_lot(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """People with their household's latent means and their own work, frailty and death."""
    rng = generator(seed, "lot")
    means = _household_means(rng, people)
    age = people["age"].to_numpy()
    disabled = happens(rng, 0.012 + 0.0006 * age, people.height)
    return people.join(means, on="household", maintain_order="left").with_columns(
        job=pl.Series(_jobs(rng, people).astype(str)),
        disabled=disabled,
        frailty=rng.gamma(1.2, 1 / 1.2, people.height) * np.where(disabled, 1.8, 1.0),
        died_on=_deaths(rng, people, calendar),
        insured=~happens(rng, 0.03, people.height),
    )


def _household_means(rng: Generator, people: pl.DataFrame) -> pl.DataFrame:
    households = people.group_by("household", maintain_order=True).agg(
        pl.col("urban").first(), workers=pl.col("age").is_between(18, 62).mean()
    )
    size = households.height
    usual = np.where(households["urban"].to_numpy(), _URBAN_INCOME, _RURAL_INCOME)
    effort = 0.55 + 0.75 * households["workers"].to_numpy()
    income = usual * effort * rng.lognormal(-0.12, 0.55, size)
    return households.select(
        "household",
        income=pl.Series(income),
        assets=pl.Series(income * rng.lognormal(0.3, 1.1, size)),
        debts=pl.Series(
            np.where(rng.random(size) < 0.22, usual * rng.lognormal(0.2, 0.9, size), 0.0)
        ),
        kin=pl.Series(rng.beta(2, 3, size)),
    )


def _jobs(rng: Generator, people: pl.DataFrame) -> np.ndarray:
    age, urban = people["age"].to_numpy(), people["urban"].to_numpy()
    town = np.array(["employee", "flexible", "jobless"])[
        pick(rng, [0.58, 0.27, 0.15], people.height)
    ]
    country = np.array(JOBS)[pick(rng, [0.2, 0.5, 0.2, 0.1], people.height)]
    retired = rng.random(people.height) < np.where(urban, 0.62, 0.08)
    school = np.where(rng.random(people.height) < 0.75, "student", "flexible")
    return np.select(
        [age < 6, age < 18, age < 22, age < 60],
        ["child", "student", np.where(urban, school, country), np.where(urban, town, country)],
        np.where(retired, "retired", np.where(urban, "jobless", "farmer")),
    )


def _deaths(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> Ints:
    """The day of death within the story, by a Gompertz law; NEVER for the living."""
    hazard = np.exp(-10.25 + 0.092 * people["age"].to_numpy())
    dies = rng.random(people.height) < -np.expm1(-hazard * calendar.years)
    first = np.maximum(people["birth"].to_numpy() + 1, calendar.start)
    span = np.maximum(calendar.end - first, 1)
    return np.where(dies, first + (rng.random(people.height) * span).astype(np.int64), NEVER)
