"""What an office writes down about a person when nothing goes wrong."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth import addresses
from flows.synth.addresses import texts, written
from flows.synth.draws import Ints
from flows.synth.luck import Luck, share
from flows.synth.residence import lives_on
from flows.synth.world import World

_STYLES = {"tidy": addresses.TIDY, "usual": addresses.USUAL}


def identities(
    world: World, person: Ints, seen_on: Ints, luck: Luck, style: str, wanted: set[str]
) -> pl.DataFrame:
    """The identity columns of `wanted`, one row per record; birth dates as day numbers."""
    people = world.people[person]
    frame = people.select(
        "id_number",
        name=pl.col("surname") + pl.col("given"),
        former_name=pl.when(pl.col("former") != "").then(pl.col("surname") + pl.col("former")),
        sex=pl.when("male").then(pl.lit("male")).otherwise(pl.lit("female")),
        birth_date="birth",
        id_type=pl.lit("resident_id"),
        household_no=household_numbers(world, people["household"].to_numpy()),
        phone=_reachable(world, people),
    ).with_columns(pl.col("former_name").fill_null(""))
    contacts = _contacts(world, people) if "contact_name" in wanted else []
    frame = frame.with_columns(*contacts, *_places(world, people, seen_on, luck, _STYLES[style]))
    return frame.select(sorted(wanted & set(frame.columns)))


def _places(
    world: World, people: pl.DataFrame, seen_on: Ints, luck: Luck, style: tuple[float, ...]
) -> list[pl.Series]:
    """Where they live on the day, by address and by code, and where they are registered."""
    village, house = lives_on(people, seen_on)
    outside = people["outside"].to_numpy()
    here = written(world.places, village, house, outside, share(luck, "address"), style)
    registered = _registered(world, people, share(luck, "registered"), style)
    code = addresses.place_codes(world.places, village, outside)
    columns = {"address": here, "registered_address": registered, "place_code": code}
    return [texts(values).alias(name) for name, values in columns.items()]


def household_numbers(world: World, household: Ints) -> pl.Series:
    """The register's number of a household."""
    return pl.select(
        pl.lit(world.places.county_code[2:])
        + pl.Series(household * 7 + 1000).cast(pl.String).str.zfill(9)
    ).to_series()


def _registered(
    world: World, people: pl.DataFrame, luck: np.ndarray, style: tuple[float, ...]
) -> np.ndarray:
    """The registered address; guests of the county are registered in another."""
    guest = people["group"].is_in(["floating", "outside"]).to_numpy()
    village = np.where(guest, -1, people["village"].to_numpy())
    return written(
        world.places, village, people["house"].to_numpy(), people["outside"].to_numpy(), luck, style
    )


def _reachable(world: World, people: pl.DataFrame) -> pl.Series:
    """A person's own phone, else the phone of the one who answers for them."""
    contact = world.people["phone"].gather(np.maximum(people["contact"].to_numpy(), 0))
    has_contact = pl.Series(people["contact"].to_numpy() >= 0)
    own = people["phone"]
    return pl.select(
        pl.when(own != "").then(own).when(has_contact).then(contact).otherwise(pl.lit(""))
    ).to_series()


def _contacts(world: World, people: pl.DataFrame) -> list[pl.Series]:
    other = world.people[np.maximum(people["contact"].to_numpy(), 0)]
    known = pl.Series(people["contact"].to_numpy() >= 0)
    columns = {
        "contact_name": other["surname"] + other["given"],
        "contact_relation": _relation(people, other),
        "contact_phone": other["phone"],
    }
    return [
        pl.select(pl.when(known).then(values).otherwise(pl.lit(""))).to_series().alias(name)
        for name, values in columns.items()
    ]


def _relation(people: pl.DataFrame, other: pl.DataFrame) -> pl.Series:
    """What the contact is to the person, as a hospital clerk guesses it from their ages."""
    older = other["age"] - people["age"]
    return pl.select(
        pl.when(older > 15)
        .then(pl.lit("父母"))
        .when(older < -15)
        .then(pl.lit("子女"))
        .when(other["male"] != people["male"])
        .then(pl.lit("配偶"))
        .otherwise(pl.lit("其他"))
    ).to_series()
