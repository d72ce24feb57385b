"""Which records of a household are known otherwise now than they were then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from data_contracts.records import RECORDS
from flows.asof_compare.changes import Change
from flows.engine import Engine
from transforms.signals import SIGNALS

_PEOPLE = ("resident", "death")
"""The records that `people` is made of, as far as rules read it."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One record that differs: where its version of then and that of now were delivered.

    how: came, gone, corrected, or moved (it is held to be somebody else's now).
    """

    source: str
    how: str
    then: tuple[str, int] | None
    now: tuple[str, int] | None


def keep_versions(engine: Engine) -> None:
    """Make `then_version`: every record as the engine knows it now, before it is told more."""
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE then_version AS {_VERSIONS}")


def differences(
    engine: Engine, asked: Sequence[Change], person_into: Mapping[str, str], on: date
) -> list[tuple[Change, list[Difference]]]:
    """Each change with the records of its people that differ and that its signal reads.

    Records dated after the night prove nothing about it and are left out. Needs `then_version` and
    the tables of what is known now; `person_into` leads from ids of then to those of now.
    """
    into = pl.DataFrame(sorted(person_into.items()), schema=_INTO, orient="row")
    engine.register("present_id", into.to_arrow())
    engine.register("change_person", _people_of(asked).to_arrow())
    by_household: dict[str, list[tuple[str, Difference]]] = defaultdict(list)
    for row in engine.rows(_DIFFERING, [on]):
        told = Difference(
            source=row["source"],
            how=row["how"],
            then=(row["then_delivery"], row["then_line"]) if row["then_delivery"] else None,
            now=(row["now_delivery"], row["now_line"]) if row["now_delivery"] else None,
        )
        by_household[row["household_id"]].append((row["record"], told))
    return [
        (
            change,
            [
                told
                for record, told in by_household[change.household_id]
                if record in records_read(change.signal)
            ],
        )
        for change in asked
    ]


def records_read(signal: str) -> frozenset[str]:
    """The records whose rows can make or unmake a signal's findings."""
    reads = set(SIGNALS[signal].reads)
    if "found" in reads:
        return frozenset(RECORDS)
    people = _PEOPLE if "people" in reads else ()
    return frozenset(reads & set(RECORDS)) | frozenset(people)


def _people_of(asked: Sequence[Change]) -> pl.DataFrame:
    rows = sorted({(one.household_id, person) for one in asked for person in one.persons})
    return pl.DataFrame(rows, schema=_CHANGE_PERSON, orient="row")


_INTO = {"person_id": pl.String, "into": pl.String}
_CHANGE_PERSON = {"household_id": pl.String, "person_id": pl.String}

_VERSIONS = """
SELECT record_key, identity.version, identity.arrival, identity.line, identity.source,
       identity.record, identity.dated, link.person_id
FROM known_identities AS identity JOIN link USING (record_key)
"""

_DIFFERING = f"""
WITH now_version AS ({_VERSIONS}), then_present AS (
  SELECT version.* EXCLUDE (person_id), coalesce(present_id.into, version.person_id) AS person_id
  FROM then_version AS version LEFT JOIN present_id USING (person_id)
), concerned AS (
  FROM change_person
  UNION
  SELECT household_id, person_id FROM people
  WHERE household_id IN (SELECT household_id FROM change_person)
)
SELECT DISTINCT concerned.household_id, coalesce(new.record, old.record) AS record,
       coalesce(new.source, old.source) AS source,
       CASE WHEN old.record_key IS NULL THEN 'came' WHEN new.record_key IS NULL THEN 'gone'
            WHEN old.version <> new.version THEN 'corrected' ELSE 'moved' END AS how,
       was_in.delivery AS then_delivery, old.line AS then_line,
       is_in.delivery AS now_delivery, new.line AS now_line
FROM then_present AS old
FULL JOIN now_version AS new ON new.record_key = old.record_key
JOIN concerned ON concerned.person_id IN (old.person_id, new.person_id)
LEFT JOIN delivery AS was_in ON was_in.arrival = old.arrival
LEFT JOIN delivery AS is_in ON is_in.arrival = new.arrival
WHERE (old.version, old.person_id) IS DISTINCT FROM (new.version, new.person_id)
  AND coalesce(least(old.dated, new.dated) <= ?, true)
ORDER BY ALL
"""
