"""Who belonged to which household before: what the ledger noted, and whom tonight has moved."""

from __future__ import annotations

from typing import Any

import polars as pl

from flows.tonight import Tonight


def former_homes(tonight: Tonight) -> pl.DataFrame:
    """The rows of transforms.helped.FORMER_HOMES, by the ids that persons bear now."""
    ended = tonight.ledger.ended(tonight.inputs.night, tonight.inputs.number)
    position = ended["entry"] if ended else tonight.ledger.position()
    noted = tonight.ledger.former_homes(position)
    homes = pl.concat([noted, _left_tonight(tonight, noted)])
    return homes.with_columns(pl.col("person_id").replace(dict(tonight.minted.person_into)))


def _left_tonight(tonight: Tonight, noted: pl.DataFrame) -> pl.DataFrame:
    """The last homes of those who are elsewhere tonight; a night that ended has noted its own."""
    last: Any = pl.from_arrow(tonight.engine.arrow("FROM household_last_known"))
    moved = tonight.minted.households.members.select("person_id")
    left = last.filter(pl.col("household_id").is_not_null()).join(moved, on="person_id", how="semi")
    came = noted.group_by("person_id").agg(since=pl.col("until").max())
    known = left.join(came, on="person_id", how="left").with_columns(until=tonight.inputs.night)
    return known.select(noted.columns).sort("person_id")
