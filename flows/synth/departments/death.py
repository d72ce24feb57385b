"""Deaths as police, crematorium, hospital and village report them, confirmed later or never."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.world import World


def _records(world: World) -> pl.DataFrame:
    reports = world.deaths
    base = reports.select(
        "person",
        "reported_by",
        "confirmed_on",
        record=pl.int_range(pl.len()),
        since="reported_on",
        seen_on="died_on",
        report_no=serial("SW" + world.places.county_code, np.arange(reports.height) + 1, 7),
        died_on=dates(reports["died_on"].to_numpy()),
        reported_on=dates(reports["reported_on"].to_numpy()),
    )
    at_once = pl.col("confirmed_on") == pl.col("since")
    first = base.with_columns(
        confirmed=pl.when(at_once).then(pl.lit("confirmed")).otherwise(pl.lit("pending"))
    )
    again = base.filter((pl.col("confirmed_on") != NEVER) & ~at_once).with_columns(
        since="confirmed_on", confirmed=pl.lit("confirmed")
    )
    return pl.concat([first, again])


department = Department(
    source="death",
    title="死亡人员信息",
    form=Form(suffix="xlsx", date="%Y-%m-%d", title="死亡人员信息登记表", address="tidy"),
    records=_records,
    care=0.8,
    dirt={"noted_dead": 0.15},
    looks_back=14,
    extras=("序号", "死亡地点"),
)
