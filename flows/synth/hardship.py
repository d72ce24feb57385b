"""Who is really in need, whatever the offices know: drawn from means that no signal sees."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.disability import is_severe
from flows.synth.draws import happens
from flows.synth.means import YEAR, large_bills, poor, with_means
from flows.synth.work import jobless_since
from flows.synth.world import World

_HALF_YEAR = 180
_HIDDEN = 0.006
_DEAR_SCHOOL_YEAR = 10_000.0
_COLUMNS = ("household", "kind", "since", "severity", "visible")
_HIDDEN_KINDS = ("private_debt", "failed_harvest", "fraud_loss", "unpaid_wages", "care_burden")


def hardship(world: World) -> pl.DataFrame:
    """One row per household and kind: since when, how grave (1 to 3), whether a source shows it."""
    parts = [_illness(world), _earner_death(world), _job_loss(world), _unsafe_house(world)]
    parts += [
        _fire(world),
        _arrears(world),
        _elder_alone(world),
        _child_alone(world),
        _disability(world),
        _school_costs(world),
        _hidden(world),
    ]
    frame = pl.concat(part.select(_COLUMNS) for part in parts)
    return _dated(frame)


def _dated(frame: pl.DataFrame) -> pl.DataFrame:
    first = frame.sort("household", "kind", "since").unique(
        ["household", "kind"], keep="first", maintain_order=True
    )
    return first.with_columns(since=dates(first["since"].to_numpy()))


def _as(
    frame: pl.DataFrame, kind: str, day: str, severity: pl.Expr, *, visible: bool = True
) -> pl.DataFrame:
    return frame.select(
        "household",
        kind=pl.lit(kind),
        since=pl.col(day).cast(pl.Int64),
        severity=severity.cast(pl.Int64).clip(1, 3),
        visible=pl.lit(visible),
    )


def _illness(world: World) -> pl.DataFrame:
    short = large_bills(world).filter(pl.col("bore") > pl.col("capacity"))
    gap = 1 + ((pl.col("bore") - pl.col("capacity")) / 20_000.0).floor()
    return _as(short, "illness", "since", gap)


def _earner_death(world: World) -> pl.DataFrame:
    lost = world.people.filter(
        (pl.col("died_on") >= world.calendar.end - YEAR)
        & pl.col("age").is_between(18, 62)
        & (pl.len().over("household") > 1)
    ).select("person", "died_on")
    dead = poor(with_means(world, lost))
    return _as(dead, "earner_death", "died_on", pl.lit(3))


def _job_loss(world: World) -> pl.DataFrame:
    lost = jobless_since(world.jobs).filter(pl.col("since") < world.calendar.end - 90)
    means = with_means(world, lost).filter((pl.col("assets") < 30_000.0) & (pl.col("kin") < 0.5))
    return _as(means, "job_loss", "since", pl.lit(2))


def _unsafe_house(world: World) -> pl.DataFrame:
    unsafe = world.surveys.filter(
        pl.col("grade").is_in(["C", "D"])
        & (pl.col("sole") == "yes")
        & ((pl.col("repaired_on") == NEVER) | (pl.col("repaired_on") > world.calendar.end))
        & (pl.col("surveyed_on") < world.calendar.end)
    )
    grave = pl.when(pl.col("grade") == "D").then(3).otherwise(2)
    return _as(poor(with_means(world, unsafe)), "unsafe_house", "surveyed_on", grave)


def _fire(world: World) -> pl.DataFrame:
    burnt = world.incidents.filter(
        pl.col("category").is_in(["fire", "disaster"])
        & (pl.col("place_kind") == "home")
        & (pl.col("occurred_on") >= world.calendar.end - _HALF_YEAR)
    )
    means = with_means(world, burnt).filter(pl.col("assets") < 50_000.0)
    return _as(means, "fire", "occurred_on", pl.lit(3))


def _arrears(world: World) -> pl.DataFrame:
    owing = world.tenancies.filter(
        (pl.col("unpaid_since") != NEVER) & (pl.col("unpaid_since") < world.calendar.end - 90)
    )
    return _as(poor(with_means(world, owing)), "arrears", "unpaid_since", pl.lit(2))


def _elder_alone(world: World) -> pl.DataFrame:
    alone = world.people.filter(
        (pl.len().over("household") == 1)
        & (pl.col("age") >= 70)
        & (pl.col("died_on") == NEVER)
        & (pl.col("kin") < 0.25)
        & (pl.col("assets") < 15_000.0)
        & (pl.col("group") == "family")
    )
    return _as(
        alone.with_columns(day=pl.lit(world.calendar.start)), "elder_alone", "day", pl.lit(2)
    )


def _child_alone(world: World) -> pl.DataFrame:
    """Children of a household whose grown members have all died."""
    left = (
        world.people.filter(pl.col("group") == "family")
        .group_by("household", maintain_order=True)
        .agg(
            children=((pl.col("age") < 18) & (pl.col("died_on") == NEVER)).sum(),
            parents=(pl.col("age").is_between(18, 60) & (pl.col("died_on") == NEVER)).sum(),
            day=pl.col("died_on").max(),
        )
        .filter((pl.col("children") > 0) & (pl.col("parents") == 0) & (pl.col("day") != NEVER))
    )
    return _as(left, "child_alone", "day", pl.lit(3))


def _disability(world: World) -> pl.DataFrame:
    """Somebody of a poor household who has lately become severely disabled."""
    lately = world.cards.filter(
        is_severe()
        & (pl.col("issued_on") >= world.calendar.end - YEAR)
        & (pl.col("died_on") == NEVER)
    )
    return _as(poor(with_means(world, lately)), "disability", "issued_on", pl.lit(2))


def _school_costs(world: World) -> pl.DataFrame:
    """A dear school year for a poor household."""
    dear = world.school_years.filter(pl.col("own") >= _DEAR_SCHOOL_YEAR)
    return _as(poor(with_means(world, dear)), "school_costs", "begins", pl.lit(1))


def _hidden(world: World) -> pl.DataFrame:
    """Need that no office's file shows."""
    rng = world.rng("hidden hardship")
    heads = world.people.filter((pl.col("role") == "head") & (pl.col("group") != "outside"))
    struck = heads.filter(pl.Series(happens(rng, _HIDDEN, heads.height)))
    kind = np.array(_HIDDEN_KINDS)[rng.integers(0, len(_HIDDEN_KINDS), struck.height)]
    day = rng.integers(world.calendar.end - YEAR, world.calendar.end, struck.height)
    frame = struck.with_columns(day=pl.Series(day))
    rows = _as(
        frame, "", "day", pl.lit(pl.Series(rng.integers(1, 4, struck.height))), visible=False
    )
    return rows.with_columns(kind=pl.Series(kind.astype(str), dtype=pl.String))
