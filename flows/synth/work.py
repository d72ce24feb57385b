"""Jobs found and lost, and the unemployment benefit that follows and ends."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, Calendar, month_start
from flows.synth.draws import generator, happens, money

_LOSS_A_YEAR, _FINDS_NEW, _DAYS_TO_NEW, _BENEFIT = 0.06, 0.62, 200.0, 0.6


def spells(people: pl.DataFrame, calendar: Calendar, seed: int) -> pl.DataFrame:
    """One row per job: person, employer, first day, last day or NEVER, pay, why it ended."""
    rng = generator(seed, "work")
    workers = people.filter((pl.col("job") == "employee") & (pl.col("group") != "outside"))
    count, size = workers.height, max(1, people.height // 60)
    adult = workers["birth"].to_numpy() + 18 * 366
    starts = np.maximum(calendar.start - rng.integers(0, 15 * 365, count), adult)
    lost = calendar.start + rng.exponential(365 / _LOSS_A_YEAR, count).astype(np.int64)
    lost = np.where((lost < calendar.end) & (lost > starts + 90), lost, NEVER)
    died = workers["died_on"].to_numpy()
    dies_first = (died != NEVER) & ((lost == NEVER) | (died <= lost))
    first = workers.select("person").with_columns(
        employer=rng.integers(0, size, count),
        starts_on=starts,
        ends_on=np.where(dies_first, died, lost),
        ended=pl.Series(
            np.where(dies_first, "died", np.where(lost == NEVER, "", "lost")).astype(str)
        ),
        pay=money(np.clip(rng.lognormal(8.45, 0.35, count), 3300, 22000)),
    )
    return pl.concat([first, _next_jobs(rng, first, calendar, size)]).sort("person", "starts_on")


def _next_jobs(
    rng: np.random.Generator, first: pl.DataFrame, calendar: Calendar, employers: int
) -> pl.DataFrame:
    lost = first.filter(pl.col("ended") == "lost")
    again = lost.filter(pl.Series(happens(rng, _FINDS_NEW, lost.height)))
    pause = 20 + rng.exponential(_DAYS_TO_NEW, again.height).astype(np.int64)
    return again.with_columns(
        employer=pl.Series(rng.integers(0, employers, again.height) + employers),
        starts_on=pl.col("ends_on") + pl.Series(pause),
        ends_on=pl.lit(NEVER, dtype=pl.Int64),
        ended=pl.lit(""),
        pay=pl.col("pay") * 0.9,
    ).filter(pl.col("starts_on") < calendar.end)


def unemployment(jobs: pl.DataFrame, seed: int) -> pl.DataFrame:
    """One row per unemployment benefit: it ends when its months or the search are over."""
    rng = generator(seed, "unemployment")
    lost = jobs.filter(
        (pl.col("ended") == "lost") & (pl.col("ends_on") - pl.col("starts_on") > 365)
    )
    drawn = lost.filter(pl.Series(happens(rng, _BENEFIT, lost.height)))
    starts = month_start(drawn["ends_on"].to_numpy() + 40)
    full = month_start(starts + 31 * rng.integers(3, 15, drawn.height)) - 1
    again = jobs.filter(pl.col("ended") == "").select("person", again="starts_on")
    again = again.join(drawn.select("person", "ends_on"), on="person").filter(
        pl.col("again") > pl.col("ends_on")
    )
    return (
        drawn.select("person", starts_on=pl.Series(starts), full=pl.Series(full))
        .join(again.select("person", "again"), on="person", how="left", maintain_order="left")
        .with_columns(stops_on=pl.min_horizontal("full", pl.max_horizontal("again", "starts_on")))
        .select("person", "starts_on", "stops_on")
    )


def jobless_since(jobs: pl.DataFrame) -> pl.DataFrame:
    """People whose last job was lost and who have no other, with the day of loss."""
    last = jobs.sort("person", "starts_on").group_by("person", maintain_order=True).last()
    return last.filter(pl.col("ended") == "lost").select("person", since="ends_on")
