"""The social-insurance centre: pensions, unemployment and other benefits paid."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates, month_start
from flows.synth.departments.terms import Department, Form, serial
from flows.synth.draws import happens, money
from flows.synth.world import World

_RURAL_PENSION, _SUSPENDED = 0.9, 0.012
_SIXTY = 60 * 365 + 15


def _records(world: World) -> pl.DataFrame:
    parts = [_pensions(world), _unemployment(world), _injuries(world)]
    frame = pl.concat(parts).sort("starts", "person", "benefit")
    return frame.with_columns(
        benefit_no=serial("DY", np.arange(frame.height) + 1, 9),
        starts_on=dates(frame["starts"].to_numpy()),
    )


def _pensions(world: World) -> pl.DataFrame:
    rng = world.rng("pensions")
    old = world.people.filter((pl.col("age") >= 60) & pl.col("group").is_in(["family", "floating"]))
    retired = (old["job"] == "retired").to_numpy()
    drawn = retired | (
        happens(rng, _RURAL_PENSION, old.height)
        & ((old["birth"] + _SIXTY) < world.calendar.end).to_numpy()
    )
    old, retired = old.filter(pl.Series(drawn)), retired[drawn]
    starts = month_start(old["birth"].to_numpy() + _SIXTY + 31)
    stops = _stop_of_pension(world, rng, old, starts)
    amount = np.where(
        retired,
        rng.normal(3250, 700, old.height).clip(1500),
        rng.normal(225, 40, old.height).clip(150),
    )
    kind = np.where(retired, "employee_pension", "resident_pension")
    return _frame(old["person"], kind, starts, stops, money(amount))


def _stop_of_pension(
    world: World, rng: np.random.Generator, old: pl.DataFrame, starts: np.ndarray
) -> np.ndarray:
    """A pension ends some weeks after death; now and then it stops because life was not proved."""
    died = old["died_on"].to_numpy()
    unproved = rng.integers(world.calendar.end - 200, world.calendar.end, old.height)
    stops = np.where(happens(rng, _SUSPENDED, old.height), unproved, NEVER)
    stops = np.where(died == NEVER, stops, died + rng.integers(15, 120, old.height))
    return np.where(stops > starts, stops, NEVER)


def _unemployment(world: World) -> pl.DataFrame:
    drawn = world.unemployment
    kind = np.full(drawn.height, "unemployment")
    amount = np.full(drawn.height, 1638.0)
    return _frame(
        drawn["person"], kind, drawn["starts_on"].to_numpy(), drawn["stops_on"].to_numpy(), amount
    )


def _injuries(world: World) -> pl.DataFrame:
    """Those disabled at work are paid for it from the next month on."""
    hurt = world.incidents.filter(
        (pl.col("place_kind") == "workplace") & (pl.col("outcome") == "disabled")
    )
    starts = month_start(hurt["occurred_on"].to_numpy() + 40)
    amount = np.full(hurt.height, 2100.0)
    return _frame(
        hurt["person"], np.full(hurt.height, "injury"), starts, np.full(hurt.height, NEVER), amount
    )


def _frame(
    person: pl.Series, kind: np.ndarray, starts: np.ndarray, stops: np.ndarray, amount: np.ndarray
) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "person": person,
            "benefit": pl.Series(kind.astype(str), dtype=pl.String),
            "starts": starts,
            "stops": stops,
            "since": starts,
            "monthly_amount": amount,
        }
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    stops = records["stops"].to_numpy()
    over = (stops != NEVER) & (stops < day)
    pension = records["benefit"].str.ends_with("pension").to_numpy()
    ended = np.where(pension, "suspended", "stopped")
    ends = np.where(over & ~pension, stops, NEVER)
    return records.with_columns(
        benefit_status=pl.Series(np.where(over, ended, "paying").astype(str)),
        ends_on=dates(ends),
    )


department = Department(
    source="insurance_benefit",
    title="社保待遇发放",
    form=Form(encoding="gb18030", separator=","),
    records=_records,
    as_of=_as_of,
    care=0.5,
    every=3,
    phase=2,
    extras=("开户银行", "银行账号"),
)
