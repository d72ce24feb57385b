"""The federation of disabled people: who holds a card, of what kind and grade."""

import numpy as np
import polars as pl

from flows.synth.calendar import NEVER, dates
from flows.synth.departments.terms import Department, Form
from flows.synth.world import World

_VALID_FOR, _NOTICES_DEATH = 3_652, 90


def _records(world: World) -> pl.DataFrame:
    cards = world.cards
    return cards.select(
        "person",
        "disability",
        "disability_grade",
        "died_on",
        issued="issued_on",
        since=pl.col("issued_on") + 3,
        issued_on=dates(cards["issued_on"].to_numpy()),
    )


def _as_of(records: pl.DataFrame, day: int) -> pl.DataFrame:
    died = records["died_on"].to_numpy()
    over = (died != NEVER) & (died + _NOTICES_DEATH < day)
    old = records["issued"].to_numpy() + _VALID_FOR < day
    status = np.select([over, old], ["cancelled", "expired"], "valid")
    return records.with_columns(card_status=pl.Series(status.astype(str)))


department = Department(
    source="disability_register",
    title="持证残疾人台账",
    form=Form(suffix="xlsx", date="%Y-%m-%d", title="持证残疾人基本情况台账"),
    records=_records,
    as_of=_as_of,
    care=0.6,
    every=7,
    phase=1,
    extras=("序号", "民族", "文化程度"),
)
