"""One past night evaluated twice: from the list it was given, and with all that is known now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from flows import inputs
from flows.asof_compare.changes import Change, changes
from flows.asof_compare.evidence import Difference, differences, keep_versions
from flows.engine import Engine
from flows.errors import UsageError
from flows.home import Home
from flows.identify import Minted
from flows.ledger import Ledger
from flows.night import recollected
from flows.planning.evaluation import evaluated, kept_still, ledger_of
from flows.steps import Step


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """Both findings (see `Evaluated`) of a night, by the ids of their time, and what differs.

    `deliveries` counts what had been accepted then and what has been now.
    """

    asked: inputs.Inputs
    deliveries: tuple[int, int]
    then: pl.DataFrame
    now: pl.DataFrame
    differing: list[tuple[Change, list[Difference]]]


def recalled(home: Home, on: date, step: Step) -> Recalled:
    """The night as published, recomputed from its stored list, beside the night as known now.

    Both sides go by the policy and the settings of then, so that only what is known differs: what
    was delivered and corrected since, and what people have answered and visitors reported.
    """
    ledger = ledger_of(home)
    with kept_still(home, ledger, "对照") as working:
        asked = _first(home, ledger, on)
        then = recollected(home, ledger, asked, working, step)
        found_then = evaluated(then, then.question.policy, step).findings
        keep_versions(working)
        now = recollected(home, ledger, _known_now(ledger, asked), working, step)
        found_now = evaluated(now, now.question.policy, step).findings
        found = changes(_at_home_now(working, found_then, now.minted), found_now)
        return Recalled(
            asked=asked,
            deliveries=(len(then.deliveries), len(now.deliveries)),
            then=found_then,
            now=found_now,
            differing=differences(working, found, now.minted.person_into, on),
        )


def _first(home: Home, ledger: Ledger, on: date) -> inputs.Inputs:
    """The list that the night was first published from; its supplements knew more."""
    ended = [row["number"] for row in ledger.nights() if row["night"] == on.isoformat()]
    asked = inputs.stored_list(home, on, min(ended)) if ended else None
    if asked is None:
        nights = sorted({row["night"] for row in ledger.nights()})
        raise UsageError(f"{on} 没有发布过。有记录的夜晚:{nights[0]} 至 {nights[-1]}。")
    return asked


def _known_now(ledger: Ledger, asked: inputs.Inputs) -> inputs.Inputs:
    """The same night asked with everything that was accepted and answered until now.

    Its number is one that no night has had, so that it finds the ids of today.
    """
    taken = [row["number"] for row in ledger.nights() if row["night"] == asked.night.isoformat()]
    return replace(
        asked,
        number=max(taken) + 1,
        known_arrivals=len(ledger.deliveries()),
        ledger_position=ledger.position(),
        new_files=(),
    )


def _at_home_now(engine: Engine, then: pl.DataFrame, minted: Minted) -> pl.DataFrame:
    """What was found then, under the ids of now and in the households people live in now.

    Who is in no record any more stays where the household of then has gone.
    """
    present = _renamed(then, "person_id", minted.person_into)
    present = _renamed(present, "household_id", minted.household_into)
    engine.register("found_then", present.select("person_id").unique().to_arrow())
    homes = pl.DataFrame(
        engine.rows(
            "SELECT person_id, coalesce(household_id, person_id) AS home "
            "FROM people SEMI JOIN found_then USING (person_id)"
        ),
        schema={"person_id": pl.String, "home": pl.String},
    )
    moved = present.join(homes, on="person_id", how="left")
    return moved.with_columns(household_id=pl.coalesce("home", "household_id")).drop("home")


def _renamed(rows: pl.DataFrame, column: str, into: Mapping[str, str]) -> pl.DataFrame:
    return rows.with_columns(pl.col(column).replace(dict(into)))
