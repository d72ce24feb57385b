"""`doorstep compare`: a past night as it was known then, beside the same night as known now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import polars as pl

from flows import inputs, reference
from flows.asof_compare.changes import changes
from flows.asof_compare.evidence import differences, keep_versions
from flows.asof_compare.words import change_lines
from flows.engine import Engine
from flows.errors import UsageError
from flows.home import Home
from flows.identify import Minted
from flows.ledger import Ledger
from flows.night import recollected
from flows.planning.evaluation import evaluated, kept_still, ledger_of
from flows.program import code_version
from flows.steps import Step, plainly


def compare(home: Home, on: date, limit: int = 50, step: Step = plainly) -> list[str]:
    """The lines that `doorstep compare` prints.

    Both sides go by the policy and the settings of then, so that only what is known differs: what
    was delivered and corrected since, and what people have answered and visitors reported.
    """
    ledger = ledger_of(home)
    with kept_still(home, ledger, "对照") as working:
        asked = _first(home, ledger, on)
        then = recollected(home, ledger, asked, working, step)
        found_then = evaluated(then, then.question.policy, step).findings
        keep_versions(working)
        now = recollected(home, ledger, known_now(ledger, asked), working, step)
        found_now = evaluated(now, now.question.policy, step).findings
        found = changes(_at_home_now(working, found_then, now.minted), found_now)
        reasons = differences(working, found, now.minted.person_into, on)
    townships = reference.townships(home.config.site.county)
    return [
        f"{on} 夜:当时收到 {len(then.deliveries)} 批数据,现在 {len(now.deliveries)} 批。",
        *_note(asked),
        *change_lines(reasons, townships, then.config.sources, limit),
        "以上只是对照:没有派单,没有发布,也没有记入台账。",
    ]


def known_now(ledger: Ledger, asked: inputs.Inputs) -> inputs.Inputs:
    """The same night asked with everything that was accepted and answered until now."""
    taken = [row["number"] for row in ledger.nights() if row["night"] == asked.night.isoformat()]
    return replace(
        asked,
        number=max(taken) + 1,
        known_arrivals=len(ledger.deliveries()),
        ledger_position=ledger.position(),
        new_files=(),
    )


def _first(home: Home, ledger: Ledger, on: date) -> inputs.Inputs:
    """The list that the night was first published from; its supplements knew more."""
    ended = [row["number"] for row in ledger.nights() if row["night"] == on.isoformat()]
    asked = inputs.stored_list(home, on, min(ended)) if ended else None
    if asked is None:
        nights = sorted({row["night"] for row in ledger.nights()})
        raise UsageError(f"{on} 没有发布过。有记录的夜晚:{nights[0]} 至 {nights[-1]}。")
    return asked


def _note(asked: inputs.Inputs) -> list[str]:
    if asked.code == code_version():
        return []
    return ["注意:程序版本已与当时不同,“当时”是按现在的程序重算的。"]


def _at_home_now(engine: Engine, then: pl.DataFrame, minted: Minted) -> pl.DataFrame:
    """What was found then, under the ids of now and in the households people live in now.

    Who is in no household any more, or in no record, stays where the household of then has gone.
    """
    present = _renamed(then, "person_id", minted.person_into)
    present = _renamed(present, "household_id", minted.household_into)
    persons = present.select("person_id").unique()
    engine.register("found_then", persons.to_arrow())
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
