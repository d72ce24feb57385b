"""One county's story from first day to last, before any office has written anything down."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from flows.synth import (
    bills,
    deaths,
    disability,
    housing,
    illness,
    relief,
    schooling,
    story,
    trouble,
    work,
)
from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import generator
from flows.synth.lot import with_lot
from flows.synth.names import named
from flows.synth.numbers import numbered
from flows.synth.people import namesakes, people_of
from flows.synth.places import Places
from flows.synth.residence import resident


@dataclass(frozen=True, kw_only=True)
class World:
    """Everybody and everything that happened; `story` is the person the story is about."""

    seed: int
    calendar: Calendar
    places: Places
    story: int
    people: pl.DataFrame
    stays: pl.DataFrame
    bills: pl.DataFrame
    jobs: pl.DataFrame
    unemployment: pl.DataFrame
    deaths: pl.DataFrame
    surveys: pl.DataFrame
    tenancies: pl.DataFrame
    incidents: pl.DataFrame
    standing_help: pl.DataFrame
    payments: pl.DataFrame
    cards: pl.DataFrame
    school_years: pl.DataFrame

    def rng(self, topic: str) -> np.random.Generator:
        """The generator of one topic."""
        return generator(self.seed, topic)


def imagine(
    places: Places, calendar: Calendar, *, residents: int, seed: int, story_name: str | None
) -> World:
    """Draw a whole county: first its people, then their lives."""
    people, head = _people(places, calendar, residents, seed, story_name)
    household = int(people["household"][head])
    standing = relief.standing_help(people, household, calendar, seed)
    stays = story.with_story_stay(illness.stays(people, calendar, seed), people, head, calendar)
    settled = bills.bills(people, stays, standing, calendar, seed)
    jobs = work.spells(people, calendar, seed)
    return World(
        seed=seed,
        calendar=calendar,
        places=places,
        story=head,
        people=people,
        stays=stays,
        bills=settled,
        jobs=jobs,
        unemployment=work.unemployment(jobs, seed),
        deaths=deaths.reports(people, calendar, seed),
        surveys=housing.surveys(people, calendar, seed),
        tenancies=housing.tenancies(people, calendar, seed),
        incidents=trouble.incidents(people, calendar, seed),
        standing_help=standing,
        payments=relief.single_payments(settled, people, household, calendar, seed),
        cards=disability.cards(people, calendar, seed),
        school_years=schooling.school_years(
            people.filter(pl.col("household") != household), calendar, seed
        ),
    )


def _people(
    places: Places, calendar: Calendar, residents: int, seed: int, story_name: str | None
) -> tuple[pl.DataFrame, int]:
    people, head = story.with_story_house(
        people_of(places, calendar, residents, seed), places, seed
    )
    people = namesakes(named(people, places, seed), seed)
    people = numbered(story.with_story_name(people, head, places, seed, story_name), places, seed)
    people = with_lot(resident(people, places, calendar, seed), calendar, seed)
    return with_contacts(story.with_story_lot(people, head)), head


def with_contacts(people: pl.DataFrame) -> pl.DataFrame:
    """People with the grown member of their household whom an office would ask for, or -1."""
    grown = people.filter(
        (pl.col("age") >= 18) & (pl.col("died_on") == NEVER) & (pl.col("group") != "collective")
    )
    pairs = grown.group_by("household", maintain_order=True).agg(
        first_grown=pl.col("person").first(),
        second_grown=pl.col("person").get(1, null_on_oob=True),
    )
    joined = people.join(pairs, on="household", how="left", maintain_order="left")
    own = pl.col("first_grown") == pl.col("person")
    contact = pl.when(own).then("second_grown").otherwise("first_grown").fill_null(-1)
    return joined.with_columns(contact=contact).drop("first_grown", "second_grown")
