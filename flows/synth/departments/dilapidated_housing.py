"""The housing bureau's survey of unsafe village houses."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.world import World


def _records(world: World) -> pl.DataFrame:
    surveys = world.surveys
    day = surveys["surveyed_on"].to_numpy()
    return surveys.select(
        "person",
        "grade",
        "repaired_on",
        since=pl.col("surveyed_on") + 3,
        seen_on=pl.col("surveyed_on"),
        survey_no=serial("WF" + world.places.county_code, np.arange(surveys.height) + 1, 7),
        sole_dwelling="sole",
        surveyed_on=dates(day),
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    repaired = records["repaired_on"].to_numpy()
    return records.with_columns(repaired_on=dates(np.where(repaired < day, repaired, NEVER)))


department = Department(
    source="dilapidated_housing",
    title="农村住房安全鉴定台账",
    form=Form(suffix="xlsx", title="农村危房鉴定台账"),
    records=_records,
    as_of=_as_of,
    care=1.6,
    dirt={"number_missing": 0.04},
    every=7,
    phase=3,
    extras=("序号", "家庭人口数", "银行账号"),
)
