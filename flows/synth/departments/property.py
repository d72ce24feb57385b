"""The real-estate register: town flats, seldom village houses."""

import numpy as np
import polars as pl

from flows.synth.addresses import TIDY, texts, written
from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.draws import happens, pick
from flows.synth.world import World

_TOWN, _COUNTRY, _SECOND, _JOINT, _SOLD = 0.86, 0.07, 0.2, 0.35, 0.05
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
    calendar = world.calendar
    registered = calendar.end - 30 - (rng.beta(1, 1.6, count) * 365 * 18).astype(np.int64)
    registered = np.where(
        happens(rng, 0.02, count), rng.integers(calendar.end - 12, calendar.end, count), registered
    )
    sold = np.where(happens(rng, _SOLD, count), registered + rng.integers(200, 4000, count), NEVER)
    use = np.array(_USES)[pick(rng, _USE_WEIGHTS, count)]
    parking = use == "parking"
    town = world.places.draw(rng, count, urban=True)
    village = np.where(owners["urban"].to_numpy(), town, owners["village"].to_numpy())
    text = written(
        world.places, village, rng.integers(1, 400, count), village * 0, rng.random(count), TIDY
    )
    return pl.DataFrame(
        {
            "person": owners["person"],
            "unit": np.arange(count),
            "since": registered + 2,
            "unit_no": serial(
                world.places.county_code + "001001GB", np.arange(count) * 7 + 20_001, 14
            ),
            "address": texts(text),
            "use": use.astype(str),
            "area_m2": np.round(
                np.where(parking, rng.uniform(10, 14, count), rng.normal(104, 28, count).clip(35)),
                2,
            ),
            "registered_on": dates(registered),
            "sold": np.where(sold < calendar.end, sold, NEVER),
        }
    )


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
