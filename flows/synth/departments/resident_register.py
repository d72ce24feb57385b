"""The police register: who is registered, who came from elsewhere, who left, who died."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form
from flows.synth.draws import Ints, happens
from flows.synth.identities import household_numbers
from flows.synth.kinship import marital, relations
from flows.synth.registration import with_deaths, with_guests, with_moves, with_number_dates
from flows.synth.residence import lives_on
from flows.synth.world import World

_KNOWS_CURRENT, _MOVED_OUT = 0.62, 0.004


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("resident register")
    people = world.people.filter(pl.col("group") != "outside")
    known = people["birth"].to_numpy() + rng.integers(3, 50, people.height)
    guest, shared = pl.col("group") == "floating", pl.col("group") == "collective"
    base = people.select(
        "person",
        "household",
        record="person",
        since=pl.Series(known),
        person_type=pl.when(guest).then(pl.lit("floating")).otherwise(pl.lit("registered")),
        household_kind=pl.when(shared).then(pl.lit("collective")).otherwise(pl.lit("family")),
        relation=relations(people),
        marital=marital(rng, people),
        changed=_last_change(world, rng, known),
        moved_out=_moved_out(world, rng, people["person"].to_numpy()),
        knows=pl.Series(happens(rng, _KNOWS_CURRENT, people.height)) | guest,
    )
    moved = with_moves(world, with_guests(world, rng, with_deaths(world, base)))
    return _placed(world, with_number_dates(world, moved))


def _last_change(world: World, rng: np.random.Generator, known: Ints) -> pl.Series:
    """The day of the last entry before the story: years ago for most."""
    ago = (rng.beta(1, 2, len(known)) * 365 * 25).astype(np.int64)
    return pl.Series(np.maximum(world.calendar.start - ago, known))


def _moved_out(world: World, rng: np.random.Generator, person: Ints) -> pl.Series:
    """The day a few take their registration elsewhere; their line stays as a trace."""
    day = rng.integers(world.calendar.start, world.calendar.end, len(person))
    leaves = happens(rng, _MOVED_OUT, len(person)) & (person != world.story)
    return pl.Series(np.where(leaves, day, NEVER))


def _placed(world: World, frame: pl.DataFrame) -> pl.DataFrame:
    """The register's idea of where people live: the registered address unless it knows better."""
    people = world.people[frame["person"].to_numpy()]
    village, _ = lives_on(people, frame["seen_on"].to_numpy())
    away = village != people["village"].to_numpy()
    guest = frame["person_type"] == "floating"
    return frame.with_columns(
        at_home=~frame["knows"],
        household_no=household_numbers(world, frame["household"].to_numpy()),
        lives_at_registered_address=pl.when(guest | (frame["knows"] & pl.Series(away)))
        .then(pl.lit("no"))
        .otherwise(pl.lit("yes")),
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    when = {
        name: records[name].to_numpy()
        for name in ("register_on", "pending_on", "moved_out", "changed")
    }
    happened = {name: (days != NEVER) & (days < day) for name, days in when.items()}
    order = ("register_on", "pending_on", "moved_out")
    status = np.select(
        [happened[name] for name in order], ["dead", "death_pending", "moved_out"], "normal"
    )
    since = np.select(
        [happened[name] for name in order], [when[name] for name in order], when["changed"]
    )
    return records.with_columns(life_status=pl.Series(status.astype(str)), status_on=dates(since))


department = Department(
    source="resident_register",
    title="人口登记信息",
    form=Form(encoding="gb18030", separator="|", date="%Y%m%d", address="tidy"),
    records=_records,
    as_of=_as_of,
    care=0.12,
    dirt={
        "lower_x": 0.0,
        "lost_character": 0.0,
        "substitute": 0.0,
        "former_name_used": 0.0,
        "noted_dead": 0.0,
        "birth_missing": 0.0,
        "registered_address_given": 0.0,
        "phone_missing": 0.2,
    },
    every=7,
    phase=4,
    extras=("民族", "文化程度"),
)
