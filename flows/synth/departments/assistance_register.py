"""The civil-affairs bureau's own register of help granted."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.world import World


def _records(world: World) -> pl.DataFrame:
    frame = pl.concat([_standing(world), _single(world)])
    return frame.with_columns(
        since=pl.col("approved_on") + 1, approved_on=dates(frame["approved_on"].to_numpy())
    )


def _standing(world: World) -> pl.DataFrame:
    certificates = world.standing_help["household"].to_numpy() + 1
    return world.standing_help.select(
        "person",
        "category",
        "approved_on",
        "exit_on",
        certificate_no=serial("JZ" + world.places.county_code, certificates, 8),
        grade=pl.when(pl.col("category") == "dibao").then("grade"),
        covered_alone="alone",
        monthly_amount=pl.when(pl.col("category").is_in(["dibao", "tekun"])).then("amount"),
        paid_amount=pl.lit(None, dtype=pl.Float64),
    )


def _single(world: World) -> pl.DataFrame:
    certificates = np.arange(world.payments.height) + 1
    return world.payments.select(
        "person",
        "category",
        "approved_on",
        exit_on=pl.lit(NEVER, dtype=pl.Int64),
        certificate_no=serial("LS" + world.places.county_code, certificates, 8),
        grade=pl.lit(None, dtype=pl.String),
        covered_alone=pl.lit(None, dtype=pl.String),
        monthly_amount=pl.lit(None, dtype=pl.Float64),
        paid_amount="paid",
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    exits = records["exit_on"].to_numpy()
    return records.with_columns(exit_on=dates(np.where(exits < day, exits, NEVER)))


department = Department(
    source="assistance_register",
    title="救助对象台账",
    form=Form(suffix="xlsx", title="社会救助对象台账"),
    records=_records,
    as_of=_as_of,
    care=0.8,
    dirt={"masked": 0.01},
    every=4,
    phase=2,
    extras=("序号", "开户银行", "银行账号"),
)
