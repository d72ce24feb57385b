"""What befell each household in a year and what it truly cost, whatever a file shows of it.

Every cost is drawn around what such a thing usually costs. There is no line above which something
counts: a small cost is a calamity for who has nothing, and a large one none for who has much.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER
from flows.synth.draws import happens
from flows.synth.means import YEAR, means
from flows.synth.work import jobless_since
from flows.synth.world import World

HIDDEN_KINDS = ("private_debt", "failed_harvest", "fraud_loss", "unpaid_wages", "care_burden")
_HIDDEN_A_YEAR, _HIDDEN_COST = 0.05, 12_000.0
_BESIDE_THE_BILL = 1.3
"""Travel, food and medicine outside the hospital, as a multiple of what the patient paid there."""
_REPAIRS = {"A": 300.0, "B": 1_200.0, "C": 9_000.0, "D": 28_000.0}
_CARE = {"1": 12_000.0, "2": 8_000.0, "3": 4_500.0, "4": 2_000.0}
_FIRE, _INJURY, _CRIPPLED, _ORPHANED = 12_000.0, 6_000.0, 40_000.0, 60_000.0
_MONTHS_IDLE, _ANOTHER_DWELLING, _INCOME_LOST = 5.0, 0.2, 0.6
_AGE_OF_CARE, _GROWS_IN, _CARE_ALONE = 75.0, 12.0, 3_000.0
"""Care for somebody alone of average health costs so much at that age, and e times more later."""


def shocks(world: World) -> pl.DataFrame:
    """One row per blow: household, kind, day, cost in yuan."""
    rng = world.rng("shocks")
    parts = (
        (_illness(world), 0.35),
        (_earner_death(world), 0.5),
        (_job_loss(world), 0.6),
        (_unsafe_house(world), 0.8),
        (_trouble(world), 1.0),
        (_arrears(world), 0.1),
        (_alone(world), 0.6),
        (_child_alone(world), 0.3),
        (_disability(world), 0.6),
        (_school_costs(world), 0.2),
        (_hidden(world), 1.0),
    )
    return pl.concat(_drawn(rng, part, spread) for part, spread in parts).sort(
        "household", "day", "kind", "cost"
    )


def _drawn(rng: np.random.Generator, usual: pl.DataFrame, spread: float) -> pl.DataFrame:
    return usual.select(
        "household",
        "kind",
        day=pl.col("day").cast(pl.Int64),
        cost=pl.col("usual").cast(pl.Float64) * pl.Series(rng.lognormal(0, spread, usual.height)),
    )


def _since(world: World) -> int:
    return world.calendar.end - YEAR


def _of_households(world: World, events: pl.DataFrame) -> pl.DataFrame:
    """Events of persons with their household and its latent income."""
    homes = world.people.select("person", "household")
    frame = events.drop("household", "income", strict=False)
    return frame.join(homes, on="person", maintain_order="left").join(
        means(world), on="household", maintain_order="left"
    )


def _illness(world: World) -> pl.DataFrame:
    """Every settled bill of the year, net of what was cancelled."""
    sign = pl.when("refund").then(-1.0).otherwise(1.0)
    bills = world.bills.filter(pl.col("settled_on") >= _since(world))
    net = bills.group_by("bill", maintain_order=True).agg(
        pl.col("person", "settled_on").first(), borne=(pl.col("personal") * sign).sum()
    )
    return _of_households(world, net).select(
        "household",
        kind=pl.lit("illness"),
        day="settled_on",
        usual=_BESIDE_THE_BILL * pl.col("borne").clip(0.0),
    )


def _earner_death(world: World) -> pl.DataFrame:
    """The share of a year's income that was the dead's."""
    earners = world.people.filter(
        (pl.col("died_on") >= _since(world))
        & pl.col("job").is_in(["employee", "farmer", "flexible"])
        & (pl.col("age") < 70)
    ).select("person", day="died_on")
    lost = _INCOME_LOST * pl.col("income") * (pl.col("size") + 1)
    return _of_households(world, earners).with_columns(kind=pl.lit("earner_death"), usual=lost)


def _job_loss(world: World) -> pl.DataFrame:
    last = world.jobs.sort("person", "starts_on").group_by("person", maintain_order=True).last()
    idle = jobless_since(world.jobs).join(last.select("person", "pay"), on="person")
    lost = idle.filter(pl.col("since") >= _since(world)).sort("person")
    return _of_households(world, lost).select(
        "household", kind=pl.lit("job_loss"), day="since", usual=_MONTHS_IDLE * pl.col("pay")
    )


def _unsafe_house(world: World) -> pl.DataFrame:
    """Repairs that nobody has made yet; the surveyor's grade is a hint of what they cost."""
    end = world.calendar.end
    unrepaired = (pl.col("repaired_on") == NEVER) | (pl.col("repaired_on") > end)
    surveyed = world.surveys.filter(unrepaired & (pl.col("surveyed_on") < end))
    another = pl.when(pl.col("sole") == "yes").then(1.0).otherwise(_ANOTHER_DWELLING)
    return _of_households(world, surveyed).select(
        "household",
        kind=pl.lit("unsafe_house"),
        day=pl.max_horizontal("surveyed_on", pl.lit(_since(world))),
        usual=pl.col("grade").replace_strict(_REPAIRS, return_dtype=pl.Float64) * another,
    )


def _trouble(world: World) -> pl.DataFrame:
    """Fires and disasters at home, and the earnings that the hurt do not have."""
    struck = pl.col("category").is_in(["fire", "disaster"])
    harmed = pl.col("outcome").replace_strict(
        {"injured": _INJURY, "disabled": _CRIPPLED}, default=0.0, return_dtype=pl.Float64
    )
    lately = world.incidents.filter(pl.col("occurred_on") >= _since(world))
    return _of_households(world, lately).select(
        "household",
        kind=pl.when(struck).then(pl.lit("fire")).otherwise(pl.lit("accident")),
        day="occurred_on",
        usual=pl.when(struck).then(_FIRE).otherwise(0.0) + harmed,
    )


def _arrears(world: World) -> pl.DataFrame:
    owing = world.tenancies.filter(pl.col("unpaid_since") != NEVER)
    months = (world.calendar.end - pl.col("unpaid_since")) / 30.0
    return _of_households(world, owing).select(
        "household", kind=pl.lit("arrears"), day="unpaid_since", usual=pl.col("rent") * months
    )


def _alone(world: World) -> pl.DataFrame:
    """Whoever lives alone must buy the care that others have at home, the more the older."""
    living = world.people.filter((pl.col("died_on") == NEVER) & (pl.col("group") != "collective"))
    alone = living.filter(pl.len().over("household") == 1)
    grown = ((pl.col("age") - _AGE_OF_CARE) / _GROWS_IN).exp()
    rng = world.rng("alone")
    return alone.select(
        "household",
        kind=pl.lit("elder_alone"),
        day=pl.Series(rng.integers(_since(world), world.calendar.end, alone.height)),
        usual=_CARE_ALONE * pl.col("frailty") * grown,
    )


def _child_alone(world: World) -> pl.DataFrame:
    """Children of a household whose grown members have all died."""
    return (
        world.people.filter(pl.col("group") == "family")
        .group_by("household", maintain_order=True)
        .agg(
            children=((pl.col("age") < 18) & (pl.col("died_on") == NEVER)).sum(),
            grown=((pl.col("age") >= 18) & (pl.col("died_on") == NEVER)).sum(),
            day=pl.col("died_on").max(),
        )
        .filter((pl.col("children") > 0) & (pl.col("grown") == 0) & (pl.col("day") != NEVER))
        .with_columns(kind=pl.lit("child_alone"), usual=pl.lit(_ORPHANED))
    )


def _disability(world: World) -> pl.DataFrame:
    """Care for somebody who has lately become disabled."""
    lately = world.cards.filter(
        (pl.col("issued_on") >= _since(world)) & (pl.col("died_on") == NEVER)
    )
    return _of_households(world, lately).select(
        "household",
        kind=pl.lit("disability"),
        day="issued_on",
        usual=pl.col("disability_grade").replace_strict(_CARE, return_dtype=pl.Float64),
    )


def _school_costs(world: World) -> pl.DataFrame:
    return _of_households(world, world.school_years).select(
        "household", kind=pl.lit("school_costs"), day="begins", usual="own"
    )


def _hidden(world: World) -> pl.DataFrame:
    """Blows that no office's file shows."""
    rng = world.rng("hidden hardship")
    heads = world.people.filter((pl.col("role") == "head") & (pl.col("group") != "outside"))
    struck = heads.filter(pl.Series(happens(rng, _HIDDEN_A_YEAR, heads.height)))
    kind = np.array(HIDDEN_KINDS)[rng.integers(0, len(HIDDEN_KINDS), struck.height)]
    return struck.select(
        "household",
        kind=pl.Series(kind.astype(str), dtype=pl.String),
        day=pl.Series(rng.integers(_since(world), world.calendar.end, struck.height)),
        usual=pl.lit(_HIDDEN_COST),
    )
