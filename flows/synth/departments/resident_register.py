"""The police register: who is registered, who came from elsewhere, who left, who died."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import FOREVER, Department, Form
from flows.synth.draws import happens
from flows.synth.identities import household_numbers
from flows.synth.residence import lives_on
from flows.synth.world import World

_KNOWS_CURRENT, _REGISTERED_TWICE, _MOVED_OUT = 0.62, 0.003, 0.004
_PARTNERS = ("spouse", "parent_spouse", "child_in_law", "away_in_law")
_RELATIONS = {
    "grandchild": "grandchild",
    "parent": "parent",
    "parent_spouse": "parent",
    "grandparent": "grandparent",
    "sibling": "sibling",
    "spouse": "spouse",
    "head": "head",
    "none": "none",
}


def _records(world: World) -> pl.DataFrame:
    rng = world.rng("resident register")
    people = world.people.filter(pl.col("group") != "outside")
    count = people.height
    births = people["birth"].to_numpy()
    known = births + rng.integers(3, 50, count)
    last_change = world.calendar.start - (rng.beta(1, 2, count) * 365 * 25).astype(np.int64)
    moved_out = np.where(
        happens(rng, _MOVED_OUT, count),
        rng.integers(world.calendar.start, world.calendar.end, count),
        NEVER,
    )
    base = people.select(
        "person",
        "household",
        record="person",
        since=pl.Series(known),
        person_type=pl.when(pl.col("group") == "floating")
        .then(pl.lit("floating"))
        .otherwise(pl.lit("registered")),
        household_kind=pl.when(pl.col("group") == "collective")
        .then(pl.lit("collective"))
        .otherwise(pl.lit("family")),
        relation=_relations(people),
        marital=_marital(rng, people),
        changed=pl.Series(np.maximum(last_change, known)),
        moved_out=pl.Series(np.where(people["person"].to_numpy() == world.story, NEVER, moved_out)),
        knows=pl.Series(happens(rng, _KNOWS_CURRENT, count)) | (pl.col("group") == "floating"),
    )
    return _with_number_dates(
        world, rng, _with_moves(world, _with_doubles(world, rng, _with_deaths(world, base)))
    )


def _relations(people: pl.DataFrame) -> pl.Series:
    """The relation to the head; children and in-laws by sex, in-laws with their own label."""
    child = pl.when("male").then(pl.lit("son")).otherwise(pl.lit("daughter"))
    in_law = pl.when("male").then(pl.lit("女婿")).otherwise(pl.lit("儿媳"))
    return people.select(
        pl.when(pl.col("role").is_in(["child", "grown_child", "away_child"]))
        .then(child)
        .when(pl.col("role").is_in(["child_in_law", "away_in_law"]))
        .then(in_law)
        .otherwise(pl.col("role").replace(_RELATIONS))
    ).to_series()


def _marital(rng: np.random.Generator, people: pl.DataFrame) -> pl.Series:
    has_partner = (
        people.select(
            pl.col("role").is_in(_PARTNERS)
            | ((pl.col("role") == "head") & (pl.col("role") == "spouse").any().over("household"))
            | (
                (pl.col("role") == "parent")
                & (pl.col("role") == "parent_spouse").any().over("household")
            )
        )
        .to_series()
        .to_numpy()
    )
    age, luck = people["age"].to_numpy(), rng.random(people.height)
    alone = np.where(
        age >= 62, "widowed", np.where((age >= 30) & (luck < 0.4), "divorced", "single")
    )
    return pl.Series(
        np.where(has_partner, "married", np.where(age < 22, "single", alone)).astype(str)
    )


def _with_deaths(world: World, base: pl.DataFrame) -> pl.DataFrame:
    told = world.deaths.select("person", "reported_on", "register_on")
    told = told.with_columns(
        pending_on=pl.when(pl.col("person") % 4 == 0).then("reported_on").otherwise(NEVER)
    )
    joined = base.join(
        told.unique("person", keep="first", maintain_order=True),
        on="person",
        how="left",
        maintain_order="left",
    )
    return joined.drop("reported_on").with_columns(
        pl.col("register_on", "pending_on").fill_null(NEVER)
    )


def _with_doubles(world: World, rng: np.random.Generator, base: pl.DataFrame) -> pl.DataFrame:
    """Some who live away from home in the county are registered there too, as guests."""
    lives = world.people.select("person", "lives_before", "village")
    away = base.join(lives, on="person", maintain_order="left").filter(
        (pl.col("lives_before") != pl.col("village"))
        & (pl.col("lives_before") >= 0)
        & (pl.col("person_type") == "registered")
    )
    twice = away.filter(pl.Series(happens(rng, _REGISTERED_TWICE * 10, away.height)))
    guests = twice.select(base.columns).with_columns(
        record=-1 - pl.col("person"),
        household=pl.col("household") + 10**7,
        person_type=pl.lit("floating"),
        relation=pl.lit("none"),
        knows=pl.lit(True),
        double=pl.lit(True),
    )
    return pl.concat([base.with_columns(double=pl.lit(False)), guests])


def _with_moves(world: World, base: pl.DataFrame) -> pl.DataFrame:
    """Where the register follows a move, it does so six weeks later; else it keeps what it had."""
    moves = world.people.select("person", "moved_on")
    joined = base.join(moves, on="person", maintain_order="left")
    follows = joined["knows"] & (joined["moved_on"] != NEVER)
    start = world.calendar.start - 1
    before = joined.with_columns(
        seen_on=pl.lit(start, dtype=pl.Int64),
        until=pl.when(follows)
        .then(pl.max_horizontal(pl.col("moved_on") + 42, "since"))
        .otherwise(pl.lit(FOREVER, dtype=pl.Int64)),
    )
    after = joined.filter(follows).with_columns(
        since=pl.max_horizontal(pl.col("moved_on") + 42, "since"),
        changed=pl.max_horizontal(pl.col("moved_on") + 41, "since"),
        seen_on=pl.col("moved_on"),
        until=pl.lit(FOREVER, dtype=pl.Int64),
    )
    return pl.concat([before, after.select(before.columns)]).sort(
        "person", "record", "since", descending=[False, True, False]
    )


def _with_number_dates(world: World, rng: np.random.Generator, base: pl.DataFrame) -> pl.DataFrame:
    """A newborn is registered first and numbered some weeks later."""
    birth = world.people["birth"].gather(base["person"])
    numbered = birth + 50 + pl.Series(world.people["person"].gather(base["person"]) % 40)
    waits = (numbered > base["since"]) & (birth > world.calendar.start)
    early = base.filter(waits).with_columns(
        until=pl.min_horizontal("until", numbered.filter(waits)), unnumbered=pl.lit(True)
    )
    later = base.with_columns(
        since=pl.when(waits).then(numbered).otherwise("since"), unnumbered=pl.lit(False)
    )
    frame = pl.concat([early, later]).filter(pl.col("since") < pl.col("until"))
    frame = frame.sort("person", "record", "since", descending=[False, True, False])
    return _placed(world, frame)


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
