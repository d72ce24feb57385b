"""The traffic police's register of motor vehicles."""

import numpy as np
import polars as pl

from flows.synth.calendar import dates
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.draws import money, pick
from flows.synth.world import World

_OWN = 0.34
_KINDS, _WEIGHTS = ("car", "truck", "motorcycle", "tractor", "other"), (0.8, 0.06, 0.09, 0.03, 0.02)
_STATES, _STATE_WEIGHTS = ("normal", "scrapped", "transferred"), (0.95, 0.03, 0.02)
_VALUES = {
    "car": 92_000.0,
    "truck": 110_000.0,
    "motorcycle": 6_500.0,
    "tractor": 31_000.0,
    "other": 12_000.0,
}


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("vehicles")
    owners = _owners(world, rng)
    count = owners.height
    kind = np.array(_KINDS)[pick(rng, _WEIGHTS, count)]
    hauls = (kind == "truck") & (rng.random(count) < 0.6)
    registered = world.calendar.end - 20 - (rng.beta(1, 1.5, count) * 365 * 14).astype(np.int64)
    usual = pl.Series(kind.astype(str)).replace_strict(_VALUES, return_dtype=pl.Float64).to_numpy()
    plates = rng.permutation(max(900_000, 2 * count))[:count]
    return pl.DataFrame(
        {
            "person": owners["person"],
            "since": registered + 1,
            "plate_no": serial(_plate_head(world), plates, 6),
            "vehicle_use": np.where(hauls, "commercial", "private").astype(str),
            "vehicle_kind": kind.astype(str),
            "registered_on": dates(registered),
            "value_amount": money(usual * rng.lognormal(0, 0.45, count)),
            "vehicle_status": np.array(_STATES)[pick(rng, _STATE_WEIGHTS, count)].astype(str),
        }
    )


def _owners(world: World, rng: np.random.Generator) -> pl.DataFrame:
    """Adults who have a vehicle, the better off more often."""
    adults = world.people.filter(
        pl.col("age").is_between(20, 68) & pl.col("role").is_in(["head", "spouse", "grown_child"])
    )
    richer = np.clip(adults["income"].to_numpy() / 30_000.0, 0.2, 1.6)
    return adults.filter(pl.Series(rng.random(adults.height) < _OWN * richer))


def _plate_head(world: World) -> str:
    return "鲁H" if world.places.county_code.startswith("37") else "试A"


department = Department(
    source="vehicle",
    title="机动车登记信息",
    form=Form(encoding="utf-8-sig", codes="code", date="%Y%m%d"),
    records=_records,
    care=0.7,
    every=14,
    phase=6,
    extras=("品牌型号", "住所地址"),
)
