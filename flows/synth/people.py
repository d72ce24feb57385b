"""Everybody who lives or is registered in the county, household by household."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.calendar import Calendar
from flows.synth.draws import Ints, counts_within, generator, happens
from flows.synth.families import Members, families, lone
from flows.synth.places import Places

_COLLECTIVE, _FLOATING, _OUTSIDE = 0.04, 0.05, 0.03
_TWINS, _NAMESAKES = 0.02, 0.0007


def people_of(places: Places, calendar: Calendar, residents: int, seed: int) -> pl.DataFrame:
    """One row per person in household order: group, village, role, sex, birth day."""
    rng = generator(seed, "people")
    groups = _groups(rng, places, residents)
    frames, household = [], 0
    for group, urban, members in groups:
        frames.append(_frame(group, urban, members, household))
        household += int(members.family.max()) + 1 if len(members.family) else 0
    people = pl.concat(frames).head(residents).with_row_index("person")
    people = people.with_columns(
        pl.col("person").cast(pl.Int64),
        birth=calendar.end - pl.col("age") * 365.25 - rng.integers(1, 365, people.height),
    ).with_columns(pl.col("birth").cast(pl.Int64))
    return _born_together(rng, _with_villages(rng, people, places))


def _groups(rng: Generator, places: Places, residents: int) -> list[tuple[str, bool, Members]]:
    """Collective, floating, unregistered, urban and rural people; rural families fill the rest."""
    urban_share = float(places.weights[places.urban].sum() / places.weights.sum())
    collective, floating, outside = (
        max(3, round(residents * share)) for share in (_COLLECTIVE, _FLOATING, _OUTSIDE)
    )
    rest = residents - collective - floating - outside
    urban = round(rest * urban_share)
    return [
        ("collective", True, lone(rng, collective, 16, 36, together=60)),
        ("floating", True, families(rng, floating, "share_national", largest=3)),
        ("outside", True, families(rng, outside, "share_national", largest=3)),
        ("family", True, families(rng, urban, "share_national")),
        (
            "family",
            False,
            families(rng, round(rest - urban + residents * 0.03 + 9), "share_rural_like"),
        ),
    ]


def _frame(group: str, urban: bool, members: Members, first: int) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "household": members.family + first,
            "group": np.full(len(members.age), group),
            "urban": np.full(len(members.age), urban),
            "role": members.role.astype(str),
            "age": members.age,
            "male": members.male,
        }
    )


def _with_villages(rng: Generator, people: pl.DataFrame, places: Places) -> pl.DataFrame:
    """Each household is registered in one village; collective books stand in towns."""
    households = people.group_by("household", maintain_order=True).agg(pl.col("urban").first())
    town = places.draw(rng, households.height, urban=True)
    country = places.draw(rng, households.height, urban=False)
    village = np.where(households["urban"].to_numpy(), town, country)
    return people.join(
        households.select("household", village=pl.Series(village)),
        on="household",
        maintain_order="left",
    )


def _born_together(rng: Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Make some brothers and sisters twins."""
    role, household = people["role"].to_numpy(), people["household"].to_numpy()
    birth = people["birth"].to_numpy().copy()
    sibling = np.flatnonzero(
        (role[1:] == role[:-1])
        & (household[1:] == household[:-1])
        & np.isin(role[1:], ["child", "grandchild"])
    )
    twins = sibling[happens(rng, _TWINS, len(sibling))]
    birth[twins + 1] = birth[twins]
    return people.with_columns(birth=birth)


def namesakes(people: pl.DataFrame, seed: int) -> pl.DataFrame:
    """Give some people the name and birth date of another of the same sex and almost their age."""
    rng = generator(seed, "namesakes")
    ordered = people.filter(pl.col("group") == "family").sort("male", "birth", "person")
    pairs = max(1, round(people.height * _NAMESAKES / 2))
    first = np.sort(rng.choice(ordered.height - 1, size=pairs, replace=False))
    first = first[np.diff(first, append=first[-1] + 2) > 1]
    model, copy = ordered[first], ordered[first + 1]
    alike = (model["male"] == copy["male"]) & (model["household"] != copy["household"])
    changes = pl.DataFrame(
        {
            "person": copy["person"],
            "surname": model["surname"],
            "given": model["given"],
            "birth": model["birth"],
        }
    ).filter(alike)
    return people.update(changes, on="person", maintain_order="left")


def household_ordinals(people: pl.DataFrame) -> Ints:
    """Each person's place in the household, from 0."""
    return counts_within(people["household"].to_numpy())
