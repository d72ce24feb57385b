"""Surnames: few to a village, one to a family's line."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.draws import Bools, generator, pick
from flows.synth.places import Places
from flows.synth.shelf import table

_LINEAGE, _SECOND_LINEAGE = 0.55, 0.7


def lineages(places: Places, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The first and second surname of every village; a village called 陈家寨 is mostly 陈."""
    rng = generator(seed, "lineages")
    surnames = table("surnames")
    weights = surnames["weight"].cast(float).to_numpy()
    known = surnames["surname"].to_numpy()
    count = len(places.weights)
    first, second = known[pick(rng, weights, count)], known[pick(rng, weights, count)]
    familiar = set(surnames["surname"].head(200).to_list())
    for position, short in enumerate(places.villages["short_name"].to_list()):
        if short[0] in familiar and len(short) > 2 and short[1] in "家庄村寨楼":
            first[position] = short[0]
    return first, second


def surnames_of(
    rng: Generator, people: pl.DataFrame, lineage: tuple[np.ndarray, np.ndarray]
) -> np.ndarray:
    """The family's line has one surname; those who married in keep their own."""
    surnames = table("surnames")
    weights, known = surnames["weight"].cast(float).to_numpy(), surnames["surname"].to_numpy()
    own = known[pick(rng, weights, people.height)]
    luck = rng.random(people.height)
    village = people["village"].to_numpy()
    rooted = np.where(luck < _LINEAGE, lineage[0][village], lineage[1][village])
    rooted = np.where((luck < _SECOND_LINEAGE) & is_rural_family(people), rooted, own)
    head = np.searchsorted(people["household"].to_numpy(), people["household"].to_numpy())
    return np.where(_married_in(people), own, rooted[head])


def is_rural_family(people: pl.DataFrame) -> Bools:
    """Who belongs to a family registered in a village."""
    return people.select((pl.col("group") == "family") & ~pl.col("urban")).to_series().to_numpy()


def _married_in(people: pl.DataFrame) -> Bools:
    role = pl.col("role")
    coupled = (role == "spouse").any().over("household")
    return (
        people.select(
            role.is_in(["child_in_law", "away_in_law", "none"])
            | (role.is_in(["parent", "parent_spouse", "grandparent", "spouse"]) & ~pl.col("male"))
            | ((role == "head") & ~pl.col("male") & coupled)
        )
        .to_series()
        .to_numpy()
    )
