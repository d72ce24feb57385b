"""The education bureau's aid office: what school costs families, and who may have dropped out."""

import numpy as np
import polars as pl

from flows.synth.calendar import dates, day_date
from flows.synth.departments.terms import Department, Form
from flows.synth.world import World


def _records(world: World) -> pl.DataFrame:
    years = world.school_years
    begins = [day_date(day).year for day in years["begins"].to_list()]
    return years.select(
        "person",
        "stage",
        since=pl.col("begins") + 30,
        school_year=pl.Series([f"{year}-{year + 1}学年" for year in begins], dtype=pl.String),
        own_cost="own",
        aid_amount="aid",
        enrolment_status="status",
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    return records.with_columns(reported_on=dates(np.full(records.height, day - 1)))


department = Department(
    source="school_costs",
    title="学生资助与在学情况",
    form=Form(encoding="gb18030", date="%Y/%m/%d"),
    records=_records,
    as_of=_as_of,
    care=0.9,
    dirt={"number_missing": 0.03},
    every=7,
    phase=2,
    extras=("序号", "民族"),
)
