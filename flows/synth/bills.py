"""Medical bills as the insurance settles them: stays, dialysis, long-term illness, refunds."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.random import Generator

from flows.synth.calendar import NEVER, Calendar
from flows.synth.draws import Ints, generator, happens, money
from flows.synth.illness import dialysis_patients

_LONG_ILL, _REFUNDED = 0.09, 0.008
_MONTH = 30


def bills(
    people: pl.DataFrame, stays: pl.DataFrame, helped: pl.DataFrame, calendar: Calendar, seed: int
) -> pl.DataFrame:
    """One row per settlement and per refund, in order of settlement."""
    rng = generator(seed, "bills")
    parts = [
        _of_stays(rng, stays),
        _monthly(rng, people, calendar),
        _dialysis(rng, people, calendar),
    ]
    frame = _of_the_insured(pl.concat(parts), people, calendar)
    frame = _split(rng, frame, helped).with_row_index("bill")
    return pl.concat([frame, _refunds(rng, frame, calendar)]).sort("settled_on", "bill", "refund")


def _of_stays(rng: Generator, stays: pl.DataFrame) -> pl.DataFrame:
    late = rng.integers(0, 2, stays.height) * (rng.random(stays.height) < 0.2)
    return stays.select(
        "person",
        settled_on=pl.col("discharged_on") + pl.Series(late.astype(np.int64)),
        kind=pl.lit("inpatient"),
        total="total",
        share="share",
    )


def _monthly(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Long-term medicine for some people over fifty, about every second month."""
    old = people.filter(pl.col("age") >= 50)
    ill = old.filter(pl.Series(happens(rng, _LONG_ILL, old.height)))["person"].to_numpy()
    person, day = _every(rng, ill, calendar, 2 * _MONTH)
    return _outpatient(rng, person, day, "chronic_outpatient", 260.0, 0.45)


def _dialysis(rng: Generator, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    person, day = _every(rng, dialysis_patients(people), calendar, _MONTH)
    return _outpatient(rng, person, day, "chronic_outpatient", 5300.0, 0.22)


def _every(rng: Generator, persons: Ints, calendar: Calendar, step: int) -> tuple[Ints, Ints]:
    times = (calendar.end - calendar.start) // step
    person = np.repeat(persons, times)
    day = calendar.start + np.tile(np.arange(times) * step, len(persons))
    return person, day + rng.integers(0, step, len(person))


def _outpatient(
    rng: Generator, person: Ints, day: Ints, kind: str, usual: float, share: float
) -> pl.DataFrame:
    count = len(person)
    return pl.DataFrame(
        {
            "person": person,
            "settled_on": day,
            "kind": pl.Series([kind], dtype=pl.String).new_from_index(0, count),
            "total": money(usual * rng.lognormal(0, 0.25, count)),
            "share": np.clip(rng.normal(share, 0.05, count), 0.05, 0.95),
        }
    )


def _of_the_insured(frame: pl.DataFrame, people: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    lives = people.filter("insured").select("person", "died_on", "job")
    return (
        frame.join(lives, on="person", maintain_order="left")
        .filter(
            (pl.col("settled_on") < calendar.end)
            & ((pl.col("died_on") == NEVER) | (pl.col("settled_on") <= pl.col("died_on") + 2))
        )
        .drop("died_on")
    )


def _split(rng: Generator, frame: pl.DataFrame, helped: pl.DataFrame) -> pl.DataFrame:
    """Who paid what: fund + hospital + person make the total; aid is part of the fund."""
    total = frame["total"].to_numpy()
    poor = frame["person"].is_in(helped["person"].implode()).to_numpy()
    before_aid = total * frame["share"].to_numpy()
    aid = money(before_aid * np.where(poor, rng.uniform(0.4, 0.7, len(total)), 0.0))
    hospital = money(np.where(happens(rng, 0.01, len(total)), total * 0.01, 0.0))
    personal = money(np.maximum(before_aid - aid - hospital, 0.0))
    fund = money(total - personal - hospital)
    scope = money(np.minimum(total, np.maximum(fund, total * rng.uniform(0.78, 0.98, len(total)))))
    return frame.with_columns(
        fund=fund,
        aid=np.minimum(aid, fund),
        hospital=hospital,
        personal=personal,
        in_scope=scope,
        cash=money(personal * rng.uniform(0.7, 1.0, len(total))),
        refund=np.full(len(total), False),
    )


def _refunds(rng: Generator, frame: pl.DataFrame, calendar: Calendar) -> pl.DataFrame:
    """Some settlements are cancelled within weeks, by a row that repeats their number."""
    chosen = frame.filter(pl.Series(happens(rng, _REFUNDED, frame.height)))
    later = chosen["settled_on"] + pl.Series(rng.integers(1, 25, chosen.height))
    return chosen.with_columns(settled_on=later, refund=pl.lit(True)).filter(
        pl.col("settled_on") < calendar.end
    )
