"""The real-estate register: town flats, seldom village houses."""

import numpy as np
import polars as pl

from flows.synth.addresses import TIDY, texts, written
from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.draws import happens, pick
from flows.synth.world import World

_TOWN, _COUNTRY, _SECOND, _JOINT, _SOLD, _LATELY = 0.86, 0.07, 0.2, 0.35, 0.05, 0.02
_USES, _USE_WEIGHTS = ("dwelling", "commercial", "parking", "other"), (0.85, 0.04, 0.09, 0.02)


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("property")
    adults = world.people.filter(
        (pl.col("role") == "head") & (pl.col("age") >= 22) & (pl.col("group") != "collective")
    )
    owns = np.where(adults["urban"].to_numpy(), _TOWN, _COUNTRY)
    owners = adults.filter(pl.Series(rng.random(adults.height) < owns))
    second = owners.filter(
        pl.Series(happens(rng, _SECOND, owners.height) & (owners["assets"].to_numpy() > 40_000))
    )
    units = _units(world, rng, pl.concat([owners, second]))
    return pl.concat([units, _spouses(rng, world, units)]).sort("unit", "person")


def _units(world: World, rng: np.random.Generator, owners: pl.DataFrame) -> pl.DataFrame:
    count = owners.height
    registered, sold = _registered_and_sold(world, rng, count)
    use = np.array(_USES)[pick(rng, _USE_WEIGHTS, count)]
    flats = rng.normal(104, 28, count).clip(35)
    area = np.where(use == "parking", rng.uniform(10, 14, count), flats)
    unit = np.arange(count)
    return pl.DataFrame(
        {
            "person": owners["person"],
            "unit": unit,
            "since": registered + 2,
            "unit_no": serial(world.places.county_code + "001001GB", unit * 7 + 20_001, 14),
            "address": _locations(world, rng, owners),
            "use": use.astype(str),
            "area_m2": np.round(area, 2),
            "registered_on": dates(registered),
            "sold": sold,
        }
    )


def _registered_and_sold(
    world: World, rng: np.random.Generator, count: int
) -> tuple[np.ndarray, np.ndarray]:
    end = world.calendar.end
    registered = end - 30 - (rng.beta(1, 1.6, count) * 365 * 18).astype(np.int64)
    lately = happens(rng, _LATELY, count)
    registered = np.where(lately, rng.integers(end - 12, end, count), registered)
    sold = np.where(happens(rng, _SOLD, count), registered + rng.integers(200, 4000, count), NEVER)
    return registered, np.where(sold < end, sold, NEVER)


def _locations(world: World, rng: np.random.Generator, owners: pl.DataFrame) -> pl.Series:
    """Where the units stand: in town for townspeople, in their village for the others."""
    count = owners.height
    town = world.places.draw(rng, count, urban=True)
    village = np.where(owners["urban"].to_numpy(), town, owners["village"].to_numpy())
    house, nowhere = rng.integers(1, 400, count), np.zeros(count, dtype=np.int64)
    return texts(written(world.places, village, house, nowhere, rng.random(count), TIDY))


def _spouses(rng: np.random.Generator, world: World, units: pl.DataFrame) -> pl.DataFrame:
    """Some couples own together: a row each with the same unit number."""
    joint = units.filter(pl.Series(happens(rng, _JOINT, units.height)))
    spouse = world.people.filter(pl.col("role") == "spouse").select("household", spouse="person")
    household = world.people.select("person", "household")
    return (
        joint.join(household, on="person", maintain_order="left")
        .join(spouse, on="household", maintain_order="left")
        .with_columns(person="spouse")
        .select(units.columns)
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    gone = (records["sold"] != NEVER) & (records["sold"] < day)
    sold = dates(np.where(gone.to_numpy(), records["sold"].to_numpy(), NEVER))
    status = pl.when(gone).then(pl.lit("cancelled")).otherwise(pl.lit("current"))
    return records.with_columns(cancelled_on=sold, right_status=status)


department = Department(
    source="property",
    title="不动产登记信息",
    form=Form(suffix="xlsx", date="%Y/%m/%d", title="不动产登记信息查询结果"),
    records=_records,
    as_of=_as_of,
    care=1.3,
    dirt={"fifteen_digits": 0.03},
    every=7,
    phase=5,
    extras=("共有情况", "电话"),
)
