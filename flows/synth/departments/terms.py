"""How an office keeps and hands over its records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from flows.synth.draws import Ints, pick
from flows.synth.world import World

FOREVER = 2**30
"""The day after which a record that never ends would be gone."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """What an office's files look like: encoding, headers, codes, dates, empty cells."""

    suffix: str = "csv"
    encoding: str = "utf-8"
    separator: str = ","
    headers: str = "label"
    codes: str = "label"
    date: str = "%Y-%m-%d"
    missing: str = ""
    title: str = ""
    address: str = "usual"


@dataclass(frozen=True, kw_only=True)
class Department:
    """One office's extract: its records, how they look on a day, its form, its carelessness.

    `records` gives one row per record with `person` and `since`, the day the office knew; it may
    give `until`, `seen_on` (the day whose address counts), `record` (rows that are one record) and
    any column of the contract. `as_of` puts in what changes from day to day.
    `extras` are headers that no contract wants, as in reality. An office that `looks_back` sends
    what changed in so many days each time, so that its files overlap.
    """

    source: str
    title: str
    form: Form
    records: Callable[[World], pl.DataFrame]
    as_of: Callable[[pl.DataFrame, int], pl.DataFrame] = lambda records, day: records
    dirt: Mapping[str, float] = field(default_factory=dict)
    care: float = 1.0
    every: int = 1
    phase: int = 0
    looks_back: int = 0
    extras: tuple[str, ...] = ()

    def delivers(self, night: int) -> bool:
        """Whether a file comes on this night; with the baseline everybody delivers."""
        return night == 0 or night % self.every == self.phase % self.every


def known_after(
    world: World, rng: np.random.Generator, person: Ints, day: Ints, lags: Sequence[float]
) -> pl.Series:
    """The day an office knows of something: `lags` are the odds of 0, 1, 2 ... days later.

    Whatever concerns the story is known on the day itself.
    """
    late = pick(rng, lags, len(person))
    return pl.Series(np.where(person == world.story, day, day + late))


def serial(prefix: str, numbers: Ints, width: int) -> pl.Series:
    """Running numbers as an office writes them."""
    return pl.select(
        pl.lit(prefix) + pl.Series(numbers).cast(pl.String).str.zfill(width)
    ).to_series()
