"""The public-housing office: who rents, and what is owed."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.world import World


def _records(world: World) -> pl.DataFrame:
    leases = world.tenancies
    return leases.select(
        "person",
        "rent",
        "unpaid_since",
        ends="leased_to",
        since=pl.col("leased_from") + 1,
        contract_no=serial("GZF", np.arange(leases.height) + 1, 8),
        leased_from=dates(leases["leased_from"].to_numpy()),
        leased_to=dates(leases["leased_to"].to_numpy()),
        monthly_rent="rent",
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    until = np.minimum(day - 1, records["ends"].to_numpy())
    unpaid = records["unpaid_since"].to_numpy()
    months = np.where(unpaid == NEVER, 0, np.maximum(until - unpaid, 0) // 30)
    ended = records["ends"] < day
    return records.with_columns(
        arrears_months=pl.Series(months),
        arrears_amount=pl.Series(months) * records["rent"],
        lease_status=pl.when(ended).then(pl.lit("ended")).otherwise(pl.lit("active")),
        reported_on=dates(np.full(records.height, day - 1)),
    )


department = Department(
    source="public_rental",
    title="公租房租赁台账",
    form=Form(encoding="utf-8", separator=";"),
    records=_records,
    as_of=_as_of,
    every=7,
    phase=6,
    extras=("家庭成员", "开户银行", "银行账号"),
)
