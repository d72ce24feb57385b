"""The family of somebody whom the register dropped at death: the one they were of on the day they died.

A register that marks its dead names their family itself. One that deletes them names none, so that the
ledger's note of who belonged to whom has to answer; without it nobody would know whom a death bereaves.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from flows.engine import Engine
from flows.ledger import Ledger


def return_the_dead(
    engine: Engine,
    ledger: Ledger,
    position: int,
    person_into: Mapping[str, str],
    household_into: Mapping[str, str],
) -> None:
    """Put them into `household_of` with those they left behind, if somebody lives there still.

    Needs `household_member`, of which it takes who is dead and of no registered family.
    """
    dead = {row["person"] for row in engine.rows(_DEAD)}
    ids = dead | {before for before, person in person_into.items() if person in dead}
    homes = ledger.homes_of(sorted(ids), position).with_columns(
        pl.col("person_id").replace(dict(person_into)),
        pl.col("household_id").replace(dict(household_into)),
    )
    engine.register("home_of_dead", homes.to_arrow())
    engine.duckdb.execute(_RETURN)


_DEAD = "SELECT person FROM household_member WHERE how = 'died' AND household_key = person"

_RETURN = f"""
UPDATE household_of SET household_id = home.household_id FROM (
  SELECT person_id, home_of_dead.household_id,
         row_number() OVER (PARTITION BY person_id ORDER BY until NULLS LAST, home_of_dead.since, home_of_dead.household_id) AS place
  FROM home_of_dead JOIN household_of AS dead USING (person_id)
  WHERE person_id IN ({_DEAD})
    AND coalesce(home_of_dead.since <= dead.since, true) AND coalesce(until >= dead.since, true)
    AND home_of_dead.household_id IN (SELECT household_id FROM household_of WHERE how <> 'died')
) AS home WHERE home.place = 1 AND home.person_id = household_of.person_id
"""
