"""Family as a register writes it: the relation to the head, and who is married to whom."""

from __future__ import annotations

import numpy as np
import polars as pl

_PARTNERS = ("spouse", "parent_spouse", "child_in_law", "away_in_law")


def relations(people: pl.DataFrame) -> pl.Series:
    """The relation to the head; children and in-laws by sex, in-laws with their own label."""
    child = pl.when("male").then(pl.lit("son")).otherwise(pl.lit("daughter"))
    in_law = pl.when("male").then(pl.lit("女婿")).otherwise(pl.lit("儿媳"))
    return people.select(
        pl.when(pl.col("role").is_in(["child", "grown_child", "away_child"]))
        .then(child)
        .when(pl.col("role").is_in(["child_in_law", "away_in_law"]))
        .then(in_law)
        .otherwise(pl.col("role").replace({"parent_spouse": "parent"}))
    ).to_series()


def marital(rng: np.random.Generator, people: pl.DataFrame) -> pl.Series:
    """Married with a partner in the book; the others by age and luck."""
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
