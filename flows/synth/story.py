"""The published story: a farmer goes home from hospital with a bill his household cannot bear."""

from __future__ import annotations

import polars as pl

from flows.errors import UsageError
from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import generator
from flows.synth.places import Places
from flows.synth.shelf import table
from flows.synth.surnames import lineages

_TOTAL, _PERSONAL = 151_300.0, 68_000.0


def with_story_house(people: pl.DataFrame, places: Places, seed: int) -> tuple[pl.DataFrame, int]:
    """People with a farming family of four fifties in the story's village, and its head.

    A family that stands there already is preferred; otherwise one is registered there.
    """
    fits = people.with_columns(couple=(pl.col("role") == "spouse").any().over("household")).filter(
        (pl.col("role") == "head")
        & pl.col("male")
        & pl.col("couple")
        & ~pl.col("urban")
        & pl.col("age").is_between(50, 59)
    )
    if fits.is_empty():
        raise UsageError("人数太少,排不出故事里的那一户;请把 --residents 调大(至少 500)")
    at_home = fits.filter(pl.col("village") == places.story)
    among = at_home if at_home.height else fits
    head = among.row(int(generator(seed, "story house").integers(among.height)), named=True)
    ours = pl.col("household") == head["household"]
    moved = pl.when(ours).then(places.story).otherwise("village").alias("village")
    return people.with_columns(moved.cast(pl.Int64)), int(head["person"])


def with_story_name(
    people: pl.DataFrame, head: int, places: Places, seed: int, name: str | None
) -> pl.DataFrame:
    """Give the head and those of his line their surname, and him his name."""
    surname = name[0] if name else str(lineages(places, seed)[0][places.story])
    household, old = people["household"][head], people["surname"][head]
    line = (pl.col("household") == household) & (pl.col("surname") == old)
    given = name[1:] if name else _given(seed)
    him = pl.col("person") == head
    return people.with_columns(
        surname=pl.when(line).then(pl.lit(surname)).otherwise("surname"),
        given=pl.when(him).then(pl.lit(given)).otherwise("given"),
        former=pl.when(him).then(pl.lit("")).otherwise("former"),
    )


def _given(seed: int) -> str:
    names = table("given_names_by_cohort").filter(
        (pl.col("cohort_start") == "1960") & (pl.col("sex") == "M") & (pl.col("kind") == "char")
    )["value"]
    first, second = generator(seed, "story name").choice(names.len(), size=2, replace=False)
    return names[int(first)] + names[int(second)]


def with_story_lot(people: pl.DataFrame, head: int) -> pl.DataFrame:
    """The household lives at home, in small means and good health, until the story begins."""
    ours = pl.col("household") == people["household"][head]
    him = pl.col("person") == head

    def kept(column: str, value: object, whom: pl.Expr = ours) -> pl.Expr:
        return pl.when(whom).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)

    return people.with_columns(
        pl.when(ours).then("village").otherwise("lives_before").alias("lives_before"),
        pl.when(ours).then("house").otherwise("house_before").alias("house_before"),
        kept("moved_on", NEVER).cast(pl.Int64),
        kept("died_on", NEVER).cast(pl.Int64),
        kept("income", 9_600.0),
        kept("assets", 11_000.0),
        kept("debts", 6_000.0),
        kept("kin", 0.15),
        kept("frailty", 0.4),
        kept("insured", True),
        kept("disabled", False),
        kept("job", "farmer", him),
    )


def with_story_stay(
    stays: pl.DataFrame, people: pl.DataFrame, head: int, calendar: Calendar
) -> pl.DataFrame:
    """His only stay: kidney failure and an embolism of a limb's artery, discharged on the day."""
    personal = _PERSONAL + people["house"][head]
    stay = pl.DataFrame(
        {
            "person": [head],
            "admitted_on": [calendar.story_day - 23],
            "discharged_on": [calendar.story_day],
            "main": ["N18.5"],
            "second": ["I74.3"],
            "mode": ["ordered"],
            "total": [_TOTAL],
            "share": [personal / _TOTAL],
            "township": [False],
            "serious": [True],
            "newborn": [False],
        },
        schema=stays.schema,
    )
    household = people.filter(pl.col("household") == people["household"][head])["person"].to_list()
    others = stays.filter(~pl.col("person").is_in(household))
    return pl.concat([others, stay]).sort("discharged_on", "person", "admitted_on")
