"""Who goes to school this year, what it costs their family, and who has stopped going."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from flows.synth.calendar import Calendar, day_date, day_number
from flows.synth.draws import generator, happens, money, pick

_SETTLED, _AID, _DROPS_OUT = 60, 0.18, 0.004
_COSTS = {
    "preschool": 3_800.0,
    "compulsory": 900.0,
    "high_school": 3_600.0,
    "vocational": 2_600.0,
    "college": 7_400.0,
    "university": 6_900.0,
}
"""What the middle family pays for a school year."""


def school_years(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per pupil: stage, first day of the school year, cost, aid, whether they attend.

    Compulsory school is reported only of those who seem to have dropped out.
    """
    rng = generator(seed, "schooling")
    pupils = people.filter(pl.col("age").is_between(3, 22) & (pl.col("group") == "family"))
    pupils = pupils.filter((pl.col("age") < 18) | (pl.col("job") == "student"))
    count = pupils.height
    stage = _stages(pupils["age"].to_numpy(), rng.random(count))
    aided = happens(rng, _AID, count)
    cost = pl.Series(stage).replace_strict(_COSTS, return_dtype=pl.Float64).to_numpy()
    own = cost * rng.lognormal(0, 0.45, count) * np.where(aided, 0.7, 1.0)
    status = np.array(["enrolled", "dropout_suspected"])[
        pick(rng, [1 - _DROPS_OUT, _DROPS_OUT], count)
    ]
    frame = pupils.select("person", "household").with_columns(
        stage=pl.Series(stage),
        begins=pl.lit(_first_day(calendar)),
        own=pl.Series(money(own)),
        aid=pl.Series(np.where(aided, 1_500.0, 0.0)),
        status=pl.Series(status.astype(str)),
    )
    return frame.filter(
        (pl.col("stage") != "compulsory") | (pl.col("status") == "dropout_suspected")
    )


def _stages(age: np.ndarray, spots: np.ndarray) -> np.ndarray:
    """By age; every other goes the academic way."""
    upper = np.where(spots < 0.6, "high_school", "vocational")
    higher = np.where(spots < 0.5, "university", "college")
    return np.select([age < 6, age < 16, age < 19], ["preschool", "compulsory", upper], higher)


def _first_day(calendar: Calendar) -> int:
    """The last first of September of which schools had time to report."""
    settled = day_date(calendar.end - _SETTLED)
    return day_number(date(settled.year - (settled.month < 9), 9, 1))
