"""The social-insurance centre: whose contributions are being paid, and since when not."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates, month_start
from flows.synth.departments.terms import FOREVER, Department, Form, serial
from flows.synth.draws import happens
from flows.synth.world import World

_OF_EMPLOYEES = ("employee_pension", "employee_medical", "unemployment")
_PENSION_MEMBERS, _LAPSED, _NOT_RESIDENT_INSURED = 0.72, 0.025, 0.02


def _records(world: World) -> pl.DataFrame:
    parts = [_of_employees(world), _of_residents(world), _rural_pensions(world)]
    frame = pl.concat(parts)
    return frame.with_columns(insured_no=serial("37", frame["person"].to_numpy() + 10**8, 12))


def _of_employees(world: World) -> pl.DataFrame:
    jobs = world.jobs
    base = jobs.select(
        "person",
        "starts_on",
        "ends_on",
        "ended",
        since=pl.col("starts_on") + 20,
        contribution_base="pay",
        employer_no=serial("E", jobs["employer"].to_numpy() + 1, 7),
    )
    return pl.concat([base.with_columns(insurance=pl.lit(name)) for name in _OF_EMPLOYEES])


def _of_residents(world: World) -> pl.DataFrame:
    """Whoever has no job-based cover is enrolled with the residents; some lapse at New Year."""
    rng = world.rng("resident cover")
    covered = world.people.filter(
        pl.col("insured")
        & ~pl.col("job").is_in(["employee", "retired"])
        & (pl.col("group") != "outside")
    )
    covered = covered.filter(pl.Series(~happens(rng, _NOT_RESIDENT_INSURED, covered.height)))
    new_year = _new_year(world)
    could = (covered["birth"] + 90 < new_year) & (covered["person"] != world.story)
    lapsed = happens(rng, _LAPSED, covered.height) & could.to_numpy()
    return _voluntary(world, covered, "resident_medical", np.where(lapsed, new_year, NEVER))


def _rural_pensions(world: World) -> pl.DataFrame:
    rng = world.rng("rural pensions")
    adults = world.people.filter(
        pl.col("age").is_between(17, 59)
        & pl.col("job").is_in(["farmer", "flexible", "jobless"])
        & (pl.col("group") == "family")
    )
    members = adults.filter(pl.Series(happens(rng, _PENSION_MEMBERS, adults.height)))
    return _voluntary(world, members, "resident_pension", np.full(members.height, NEVER))


def _voluntary(
    world: World, people: pl.DataFrame, insurance: str, lapse: np.ndarray
) -> pl.DataFrame:
    died = people["died_on"].to_numpy()
    starts = np.maximum(people["birth"].to_numpy() + 60, world.calendar.start - 365)
    return pl.DataFrame(
        {
            "person": people["person"],
            "starts_on": starts,
            "ends_on": np.where(died == NEVER, lapse, died),
            "ended": pl.Series(
                np.where(died != NEVER, "died", np.where(lapse == NEVER, "", "lapsed")).astype(str)
            ),
            "since": starts,
            "contribution_base": pl.Series([None] * people.height, dtype=pl.Float64),
            "employer_no": pl.Series([""] * people.height, dtype=pl.String),
            "insurance": pl.Series([insurance] * people.height, dtype=pl.String),
        }
    )


def _new_year(world: World) -> int:
    days = np.array([world.calendar.end]).astype("datetime64[D]").astype("datetime64[Y]")
    return int(days.astype("datetime64[D]").astype(np.int64)[0])


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    ends = records["ends_on"].to_numpy()
    over = (ends != NEVER) & (ends + 15 < day)
    paused = np.where(records["ended"].to_numpy() == "died", "ended", "paused")
    last = month_start(np.where(over, ends, min(day, FOREVER)) - np.where(over, 0, 32))
    since = np.where(over, ends, records["starts_on"].to_numpy())
    return records.with_columns(
        payment_status=pl.Series(np.where(over, paused, "paying").astype(str)),
        status_since=dates(since),
        last_paid_month=dates(np.maximum(last, month_start(records["starts_on"].to_numpy()))),
    )


department = Department(
    source="insurance_enrolment",
    title="参保缴费状态",
    form=Form(encoding="utf-16", separator="\t", headers="code", codes="code", date="%Y%m%d"),
    records=_records,
    as_of=_as_of,
    care=0.5,
    every=3,
    phase=1,
    extras=("AAC005", "单位名称"),
)
