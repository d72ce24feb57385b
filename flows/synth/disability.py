"""Who holds a disability card: of what kind and grade, and since when."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import Calendar
from flows.synth.draws import generator, happens, pick

_HOLD, _OLDEST, _TODDLER = 0.82, 3_800, 500
_KINDS = ("physical", "visual", "mental", "hearing", "intellectual", "multiple", "speech")
_KIND_WEIGHTS = (0.54, 0.13, 0.10, 0.09, 0.08, 0.04, 0.02)
_GRADE_WEIGHTS = (0.16, 0.30, 0.27, 0.27)


def cards(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per card: its holder, kind, grade and day of issue, some of them long run out."""
    rng = generator(seed, "disability")
    disabled = people.filter(pl.col("disabled") & (pl.col("group") != "outside"))
    holders = disabled.filter(pl.Series(happens(rng, _HOLD, disabled.height)))
    count = holders.height
    issued = calendar.end - 4 - (rng.beta(1, 1.2, count) * _OLDEST).astype(np.int64)
    grades = (pick(rng, _GRADE_WEIGHTS, count) + 1).astype(str)
    return holders.select("person", "household", "died_on").with_columns(
        disability=pl.Series(np.array(_KINDS)[pick(rng, _KIND_WEIGHTS, count)].astype(str)),
        disability_grade=pl.Series(grades, dtype=pl.String),
        issued_on=pl.Series(np.maximum(issued, holders["birth"].to_numpy() + _TODDLER)),
    )


def is_severe() -> pl.Expr:
    """Grade one and two, and three where the mind is disabled."""
    of_the_mind = pl.col("disability").is_in(["intellectual", "mental"])
    grade = pl.col("disability_grade")
    return grade.is_in(["1", "2"]) | ((grade == "3") & of_the_mind)
