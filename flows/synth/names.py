"""Names as a county has them: fashions by birth cohort, shared characters by generation."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.calendar import day_number
from flows.synth.draws import generator, happens, pick
from flows.synth.places import Places
from flows.synth.shelf import table
from flows.synth.surnames import is_rural_family, lineages, surnames_of

_WHOLE, _SINGLE, _RARE, _GENERATION, _FORMER = 0.22, 0.10, 0.008, 0.2, 0.015
_DOTTED = 0.0005
_DOTTED_NAMES = (
    "阿依古丽·买买提",
    "古丽娜尔·艾力",
    "买买提·吐尔逊",
    "扎西·多吉",
    "卓玛·央金",
    "阿不都·热合曼",
)


def named(people: pl.DataFrame, places: Places, seed: int) -> pl.DataFrame:
    """People with surname, given name and, rarely, a former given name."""
    rng = generator(seed, "names")
    given = _given(rng, people)
    former = np.where(happens(rng, _FORMER, people.height), _given(rng, people), "")
    surname = surnames_of(rng, people, lineages(places, seed))
    frame = people.with_columns(
        surname=pl.Series(surname.astype(str)),
        given=pl.Series(given.astype(str)),
        former=pl.Series(former.astype(str)),
    )
    dotted = happens(rng, _DOTTED, people.height) & (people["group"] == "floating").to_numpy()
    whole = np.array(_DOTTED_NAMES)[rng.integers(0, len(_DOTTED_NAMES), people.height)]
    return frame.with_columns(
        surname=pl.when(pl.Series(dotted)).then(pl.lit("")).otherwise("surname"),
        given=pl.when(pl.Series(dotted)).then(pl.Series(whole)).otherwise("given"),
    )


def _given(rng: Generator, people: pl.DataFrame) -> np.ndarray:
    """Given names drawn cohort by cohort, sex by sex."""
    given = np.empty(people.height, dtype=object)
    birth, male = people["birth"].to_numpy(), people["male"].to_numpy()
    spans = (
        table("given_names_by_cohort")
        .select("cohort_start", "cohort_end")
        .unique(maintain_order=True)
    )
    oldest, newest = spans["cohort_start"].min(), spans["cohort_start"].max()
    for start, end in spans.rows():
        low = -(2**40) if start == oldest else _new_year(int(start))
        high = 2**40 if start == newest else _new_year(int(end) + 1)
        for sex in ("M", "F"):
            rows = np.flatnonzero((birth >= low) & (birth < high) & (male == (sex == "M")))
            given[rows] = _of_cohort(rng, start, sex, len(rows))
    given = _with_generation(rng, given, people)
    rare = table("rare_characters")["char"].to_numpy()
    odd = np.flatnonzero(happens(rng, _RARE, people.height))
    given[odd] = [str(char) for char in rare[rng.integers(0, len(rare), len(odd))]]
    return given


def _of_cohort(rng: Generator, start: str, sex: str, count: int) -> np.ndarray:
    cohort = table("given_names_by_cohort").filter(
        (pl.col("cohort_start") == start) & (pl.col("sex") == sex)
    )
    whole = cohort.filter(pl.col("kind") == "given_name")["value"].to_numpy()
    common = table("given_characters")
    chars = np.r_[
        cohort.filter(pl.col("kind") == "char")["value"].to_numpy(), common["char"].to_numpy()
    ]
    fashion = 300.0 / np.arange(4, 4 + len(chars) - common.height)
    first = chars[pick(rng, np.r_[fashion, _scaled(common["first"])], count)]
    second = chars[pick(rng, np.r_[fashion, _scaled(common["second"])], count)]
    second = np.where(
        (first == second) & (rng.random(count) < 0.7), chars[rng.integers(0, 18, count)], second
    )
    luck = rng.random(count)
    single = np.where(luck < _WHOLE + _SINGLE, first, first + second)
    return np.where(luck < _WHOLE, whole[rng.integers(0, len(whole), count)], single)


def _with_generation(rng: Generator, given: np.ndarray, people: pl.DataFrame) -> np.ndarray:
    """In some villages the men of one generation share the first character of their names."""
    chars = table("given_characters")["char"].to_numpy()
    generation = people["birth"].to_numpy() // (25 * 365)
    shared = chars[(people["village"].to_numpy() * 7 + generation * 13) % 60]
    two = np.fromiter((len(name) == 2 for name in given), dtype=bool, count=len(given))
    chosen = happens(rng, _GENERATION, people.height) & people["male"].to_numpy() & two
    chosen &= is_rural_family(people)
    last = np.array([name[-1] for name in given], dtype=object)
    return np.where(chosen, shared + last, given)


def _scaled(weights: pl.Series) -> np.ndarray:
    numbers = weights.cast(float).to_numpy()
    return numbers / numbers.sum() * 90.0


def _new_year(year: int) -> int:
    return day_number(date(year, 1, 1))
