"""Citizen numbers: county of first registration, birth date, sequence with sex, check digit."""

from __future__ import annotations

import numpy as np
import polars as pl

from benchmarks.matching.city.clans import YEAR, twin_pairs
from benchmarks.matching.city.luck import Ints, Texts, luck, texts
from benchmarks.matching.city.tables import SYNTH

WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
CHECK = texts(list("10X98765432"))
ABOLISHED = {"430212": 430221, "430281": 430219}  # the county codes of before


def dates(days: Ints) -> Texts:
    """YYYY-MM-DD of days since 1970."""
    return days.astype("datetime64[D]").astype(str).astype(object)


def issue(people: dict[str, Ints], counties: Ints, seed: int, purpose: str = "first") -> Texts:
    """One number each, no two alike; `counties` are those of the homes."""
    rng = luck(seed, "numbers", purpose)
    size = len(people["birth"])
    first, second = twin_pairs(people)
    prefix = _counties(people, counties, rng)
    prefix[second] = prefix[first]
    day = people["birth"].astype("datetime64[D]").astype(str)
    ymd = np.char.replace(day, "-", "").astype(np.int64)
    base = (prefix * 10**8 + ymd) * 1000
    sequence = np.zeros(size, dtype=np.int64)
    again = np.arange(size)
    while len(again):
        half = np.minimum(rng.exponential(70, len(again)), 498).astype(np.int64)
        sequence[again] = 2 * half + 2 - people["male"][again]
        if len(again) == size:  # twins are registered one after the other
            near = np.minimum(sequence[first], 995) + 2
            sequence[second] = near - (near + people["male"][second]) % 2
        order = np.argsort(base + sequence, kind="stable")
        numbers = (base + sequence)[order]
        again = order[1:][numbers[1:] == numbers[:-1]]
    return with_check(base + sequence)


def _counties(people: dict[str, Ints], counties: Ints, rng: np.random.Generator) -> Ints:
    """Where everybody was registered first: mostly the father's county, by its code of that time."""
    size = len(counties)
    stays = rng.random(size) < 0.8
    father = np.maximum(people["father"], 0)
    at_home = (people["father"] >= 0) & stays[father]
    prefix = np.where(at_home, counties[father], counties)
    year = 1970 + people["birth"] / YEAR
    for now, before in ABOLISHED.items():
        prefix[(prefix == int(now)) & (year < 1994)] = before
    away = pl.read_csv(SYNTH / "number_prefixes.csv", schema_overrides={"code": pl.Int64})["code"]
    strange = rng.random(size) < np.where(people["father"] < 0, 0.2, 0.1)
    prefix[strange] = away.to_numpy()[rng.integers(0, len(away), int(strange.sum()))]
    return prefix


def with_check(seventeen: Ints) -> Texts:
    """The 17 digits and their check character (ISO 7064, MOD 11-2; GB 11643)."""
    rest = np.zeros(len(seventeen), dtype=np.int64)
    for position, weight in enumerate(WEIGHTS):
        rest += (seventeen // 10 ** (16 - position)) % 10 * weight
    return seventeen.astype(str).astype(object) + CHECK[rest % 11]
