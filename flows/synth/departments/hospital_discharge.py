"""Hospitals report the front pages of discharged patients' records."""

import numpy as np
import polars as pl

from flows.synth.calendar import dates
from flows.synth.departments.terms import Department, Form, known_after, serial
from flows.synth.draws import Ints, counts_within, pick
from flows.synth.world import World

_HOSPITALS, _UNBILLED = 5, 0.04
_SUFFIXES = ("", "00", "00x001", "00x005")


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("hospital discharge")
    stays = world.stays
    person, discharged = stays["person"].to_numpy(), stays["discharged_on"].to_numpy()
    hospital = _hospitals(world, rng, person)
    billed = pl.Series(rng.random(len(person)) > _UNBILLED)
    his = pl.Series(person == world.story)
    return stays.select(
        "person",
        "newborn",
        since=known_after(world, rng, person, discharged, [0.62, 0.28, 0.08, 0.0, 0.0, 0.02]),
        seen_on="discharged_on",
        hospital_code=serial(world.places.county_code + "MB", hospital, 6),
        record_no=serial("", person + 100_000 * (hospital % _HOSPITALS + 1), 9),
        visit_no=pl.Series(counts_within(hospital * 10**8 + person) + 1),
        admitted_on=dates(stays["admitted_on"].to_numpy()),
        discharged_on=dates(discharged),
        diagnosis_main=_spelled(rng, stays["main"], his),
        diagnosis_2="second",
        diagnosis_3=pl.when(his).then(pl.lit("I10.x00")),
        discharge_mode="mode",
        pay_mode=_payer(world, person),
        total_cost=pl.when(billed).then("total"),
        self_paid=pl.when(billed).then((pl.col("total") * pl.col("share")).round(2)),
    )


def _hospitals(world: World, rng: np.random.Generator, person: Ints) -> Ints:
    """The county's hospitals, and for light cases the township's own."""
    near = 100 + world.people["village"].to_numpy()[person] % 12
    large = pick(rng, [5, 3, 2, 1, 1], len(person))
    return np.where(world.stays["township"].to_numpy(), near, large)


def _spelled(rng: np.random.Generator, codes: pl.Series, plain: pl.Series) -> pl.Series:
    """One code has many spellings: C34.9, C34.900, C34.900x001."""
    ending = pl.Series(np.array(_SUFFIXES)[pick(rng, [5, 3, 1, 1], codes.len())].astype(str))
    keeps = plain | (codes.str.len_chars() < 5)
    return pl.select(pl.when(keeps).then(codes).otherwise(codes + ending)).to_series()


def _payer(world: World, person: Ints) -> pl.Series:
    job = world.people["job"].gather(person)
    insured = world.people["insured"].gather(person)
    return pl.select(
        pl.when(~insured)
        .then(pl.lit("self"))
        .when(job.is_in(["employee", "retired"]))
        .then(pl.lit("employee_insurance"))
        .otherwise(pl.lit("resident_insurance"))
    ).to_series()


department = Department(
    source="hospital_discharge",
    title="住院病案首页",
    form=Form(encoding="gb18030", codes="code", date="%Y%m%d", missing="-"),
    records=_records,
    care=1.6,
    dirt={"guardians_number": 0.22, "number_missing": 0.02, "old_phone": 0.03},
    extras=("民族", "职业", "血型"),
)
