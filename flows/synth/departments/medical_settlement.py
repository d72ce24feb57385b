"""The health insurance reports every bill it settled, and every refund as a row of its own."""

import polars as pl

from flows.synth.calendar import dates
from flows.synth.departments.terms import Department, Form, known_after, serial
from flows.synth.world import World

_AMOUNTS = {
    "total_amount": "total",
    "in_scope_amount": "in_scope",
    "fund_amount": "fund",
    "aid_amount": "aid",
    "hospital_amount": "hospital",
    "personal_amount": "personal",
    "cash_amount": "cash",
}


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("medical settlement")
    bills = world.bills
    day = bills["settled_on"].to_numpy()
    person = bills["person"].to_numpy()
    sign = pl.when("refund").then(-1.0).otherwise(1.0)
    employee = pl.col("job").is_in(["employee", "retired"])
    return bills.select(
        "person",
        *[(pl.col(amount) * sign).alias(name) for name, amount in _AMOUNTS.items()],
        since=known_after(world, rng, person, day, [0.85, 0.15]),
        record="bill",
        settlement_no=serial(world.places.county_code, bills["bill"].to_numpy() + 10**6, 12),
        is_refund=pl.when("refund").then(pl.lit("yes")).otherwise(pl.lit("no")),
        settled_on=dates(day),
        visit_kind="kind",
        insurance=pl.when(employee)
        .then(pl.lit("employee_medical"))
        .otherwise(pl.lit("resident_medical")),
    )


department = Department(
    source="medical_settlement",
    title="医保结算明细",
    form=Form(encoding="utf-8-sig", codes="code", date="%Y-%m-%d 00:00:00"),
    records=_records,
    care=0.3,
    extras=("人员类别", "余额", "naty"),
)
