"""What the police were called to: where, when, who if known; never what was told."""

import numpy as np
import polars as pl

from flows.synth.addresses import USUAL, texts, written
from flows.synth.calendar import dates
from flows.synth.departments.terms import Department, Form, known_after, serial
from flows.synth.draws import happens
from flows.synth.residence import lives_on
from flows.synth.world import World

_NAMELESS = 0.04


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("incidents")
    events = world.incidents
    person, day = events["person"].to_numpy(), events["occurred_on"].to_numpy()
    return events.select(
        "person",
        "category",
        "place_kind",
        "role",
        "outcome",
        since=known_after(world, rng, person, day, [0.9, 0.1]),
        seen_on="occurred_on",
        nameless=pl.Series(happens(rng, _NAMELESS, events.height)),
        incident_no=serial("JQ" + world.places.county_code, np.arange(events.height) + 1, 9),
        person_seq=pl.lit(1),
        address=_scenes(world, rng),
        occurred_on=dates(day),
    )


def _scenes(world: World, rng: np.random.Generator) -> pl.Series:
    """Where it happened: at the person's own home, or anywhere in the county."""
    events = world.incidents
    people = world.people[events["person"].to_numpy()]
    village, house = lives_on(people, events["occurred_on"].to_numpy())
    anywhere = world.places.draw(rng, events.height)
    place = np.where((events["place_kind"] == "home").to_numpy(), village, anywhere)
    outside, luck = people["outside"].to_numpy(), rng.random(events.height)
    return texts(written(world.places, place, house, outside, luck, USUAL))


department = Department(
    source="incident",
    title="警情信息",
    form=Form(encoding="utf-8", date="%Y-%m-%d 00:00:00"),
    records=_records,
    care=1.5,
    dirt={"number_missing": 0.1},
    extras=("管辖派出所",),
)
