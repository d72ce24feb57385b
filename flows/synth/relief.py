"""Help that was granted: by need as the bureau saw it, so only to part of those who need it."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import generator, happens, money

_GRANTED = (
    ("tekun", 0.0, 0.06, 0.5),
    ("dibao", 0.0, 0.06, 0.55),
    ("low_income_margin", 0.05, 0.11, 0.25),
    ("monitored", 0.03, 0.14, 0.07),
    ("rigid_expense", 0.08, 0.2, 0.02),
)
"""Category, from and to which share of the poorest it reaches, and how likely."""
_LEAVES = 0.07


def standing_help(people: pl.DataFrame, story: int, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per person covered by a standing category, with the certificate of its household."""
    rng = generator(seed, "relief")
    households = _by_means(people).filter(pl.col("household") != story)
    rank = (np.arange(households.height) + 0.5) / max(households.height, 1)
    category = np.full(households.height, "", dtype="U20")
    for name, low, high, chance in _GRANTED:
        fit = (rank >= low) & (rank < high) & (category == "")
        if name == "tekun":
            fit &= households["lone_elder"].to_numpy()
        category = np.where(fit & happens(rng, chance, len(rank)), name, category)
    given = households.with_columns(category=pl.Series(category)).filter(pl.col("category") != "")
    return _certificates(rng, given, people, calendar)


def _by_means(people: pl.DataFrame) -> pl.DataFrame:
    """Registered families, poorest first."""
    return (
        people.filter(pl.col("group") == "family")
        .group_by("household", maintain_order=True)
        .agg(
            means=(pl.col("income") + 0.05 * pl.col("assets") - 0.1 * pl.col("debts")).first()
            - 4000.0 * pl.col("disabled").any(),
            lone_elder=(pl.len() == 1) & (pl.col("age").min() >= 60),
        )
        .sort("means", "household")
    )


def _certificates(
    rng: np.random.Generator, given: pl.DataFrame, people: pl.DataFrame, calendar: Calendar
) -> pl.DataFrame:
    count = given.height
    approved = calendar.end - (rng.beta(1, 2.2, count) * 365 * 9).astype(np.int64) - 1
    leaves = happens(rng, _LEAVES, count) & (approved < calendar.start + 400)
    exits = np.maximum(rng.integers(calendar.start, calendar.end, count), approved + 60)
    exits = np.where(leaves, exits, NEVER)
    alone = happens(rng, 0.35, count)
    certificates = given.select("household", "category").with_columns(
        approved_on=approved,
        exit_on=exits,
        alone=pl.Series(np.where(alone, "yes", "no").astype(str)),
        amount=money(rng.uniform(180, 720, count).round()),
        grade=pl.Series(np.array(["A", "B", "C"])[rng.integers(0, 3, count)].astype(str)),
    )
    members = people.select("person", "household", "frailty", "birth", "died_on").join(
        certificates, on="household", how="inner", maintain_order="left"
    )
    neediest = pl.col("frailty") == pl.col("frailty").max().over("household")
    covered = (pl.col("alone") == "no") | neediest
    there = (pl.col("birth") < pl.col("approved_on")) & (
        (pl.col("died_on") == NEVER) | (pl.col("died_on") > pl.col("approved_on"))
    )
    return members.filter(covered & there).drop("frailty", "birth", "died_on")


def single_payments(
    bills: pl.DataFrame, people: pl.DataFrame, story: int, calendar: Calendar, seed: int
) -> pl.DataFrame:
    """Temporary help and medical aid that followed some of the large bills."""
    rng = generator(seed, "single payments")
    large = bills.filter((pl.col("personal") > 12_000) & ~pl.col("refund")).join(
        people.filter((pl.col("group") == "family") & (pl.col("household") != story)).select(
            "person", "household", "income"
        ),
        on="person",
        how="inner",
        maintain_order="left",
    )
    poorer = np.clip(0.35 - large["income"].to_numpy() / 120_000.0, 0.01, 0.3)
    paid = large.filter(pl.Series(rng.random(large.height) < poorer))
    category = np.where(happens(rng, 0.7, paid.height), "temporary", "medical_aid")
    return (
        paid.select("person", "household")
        .with_columns(
            category=pl.Series(category.astype(str)),
            approved_on=paid["settled_on"] + pl.Series(rng.integers(15, 90, paid.height)),
            paid=money(rng.uniform(800, 9000, paid.height).round(-2)),
        )
        .filter(pl.col("approved_on") < calendar.end)
    )
