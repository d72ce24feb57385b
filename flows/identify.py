"""Give every record its person and household: ask the matchers, then look up or mint the ids.

An id is a number from the ledger, never anything derived from the person. Keyed hashes only find
an id again; they can be replaced without changing it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl
import pyarrow as pa

from flows.asof import link_rows
from flows.engine import Engine
from flows.homes_of_the_dead import return_the_dead
from flows.household_ids import KnownHouseholds, NewHouseholds, give_households
from flows.ledger import Ledger, followed
from flows.link_state import Stamp, linked_by_night
from flows.person_ids import MERGE, NewPersons, give_persons
from matchers.answered import closed
from matchers.model import Model
from matchers.outcomes import outcomes

FEWEST_PEOPLE = 1_000
"""A smaller population is not believed: whoever is not in it yet could still be meant."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the night may know: keys as the ledger stood at `position`, merges as at `before`.

    A night that ended is asked at its own entry, so that it finds the ids that it gave; `before` is
    where it began. `current` are the sources that tell current addresses.
    """

    ledger: Ledger
    position: int
    before: int
    on: date
    current: Collection[str]


@dataclass(frozen=True, kw_only=True)
class Minted:
    """What this night adds to the ledger about persons and households."""

    persons: NewPersons
    households: NewHouseholds
    person_into: Mapping[str, str]
    household_into: Mapping[str, str]
    """Ids that were merged away, tonight's too, and the ids that go on."""


def link_records(
    engine: Engine,
    model: Model,
    frequencies: pa.Table | None,
    verdicts: pl.DataFrame | None,
    stamp: Stamp,
) -> None:
    """Make the table `decision`: for every known record the founder of its person, and how.

    `frequencies` are the model's; `verdicts` (left_record_key, right_record_key, same) is what
    people decided, without contradictions. `stamp` says what may be taken over from last night.
    """
    link_rows(engine)
    rows = engine.table("link_rows")
    if frequencies is None:
        model = replace(model, people=_people(engine))
    linked = linked_by_night(
        engine,
        rows.drop("record_key"),
        model,
        None if frequencies is None else engine.register("name_frequency", frequencies),
        _answers(engine, verdicts),
        stamp,
    )
    engine.materialise("outcome", outcomes(rows, linked, model))
    engine.duckdb.execute(
        """
        CREATE OR REPLACE TEMP TABLE decision AS
        SELECT row.record_key, founder.record_key AS founder, other.record_key AS candidate,
               outcome.* EXCLUDE (founder, candidate)
        FROM outcome JOIN link_rows AS row USING (rid)
        JOIN link_rows AS founder ON founder.rid = outcome.founder
        LEFT JOIN link_rows AS other ON other.rid = outcome.candidate
        """
    )


def _people(engine: Engine) -> int:
    """How many the resident register knows; where there is none, how many records there are."""
    (counts,) = engine.rows(
        "SELECT count(*) FILTER (is_register) AS registered, count(*) AS records FROM link_rows"
    )
    return max(counts["registered"] or counts["records"], FEWEST_PEOPLE)


def _answers(engine: Engine, verdicts: pl.DataFrame | None) -> Any:
    """The verdicts about records that are known tonight, by rid, with what follows from them."""
    if verdicts is None or verdicts.is_empty():
        return None
    engine.register("verdict", verdicts.to_arrow())
    said = engine.arrow(
        """
        SELECT least(a.rid, b.rid) AS "left", greatest(a.rid, b.rid) AS "right", verdict.same
        FROM verdict JOIN link_rows AS a ON a.record_key = verdict.left_record_key
        JOIN link_rows AS b ON b.record_key = verdict.right_record_key
        ORDER BY ALL
        """
    )
    return engine.register("link_answers", closed(said)) if said.num_rows else None


def give_ids(engine: Engine, known: Known) -> Minted:
    """Make the table `link`: one row per known record with its person and household.

    Needs `decision`, `known_identities` and `link_before`; leaves `person_of` and `household_of`.
    """
    ledger = known.ledger
    first_person, first_household = ledger.next_numbers()
    persons = give_persons(
        engine, ledger, position=known.position, before=known.before, first=first_person
    )
    merged = persons.merges.filter(pl.col("kind") == MERGE)
    person_into = followed({**ledger.merged_persons(known.before), **persons.into})
    new_households = give_households(
        engine,
        _known_households(ledger, known.position),
        merged.select("person_id", "into_person_id"),
        first_household,
        on=known.on,
        current=known.current,
    )
    household_into = followed({**ledger.merged_households(known.position), **new_households.into})
    return_the_dead(engine, ledger, known.position, person_into, household_into)
    engine.duckdb.execute(
        """
        CREATE OR REPLACE TEMP TABLE link AS
        SELECT decision.record_key, identity.record, identity.source, person_of.person_id,
               household_of.household_id, decision.decision, decision.how, decision.probability
        FROM decision
        JOIN known_identities AS identity USING (record_key)
        JOIN person_of USING (founder)
        JOIN household_of USING (person_id)
        """
    )
    return Minted(
        persons=persons,
        households=new_households,
        person_into=person_into,
        household_into=household_into,
    )


def _known_households(ledger: Ledger, position: int) -> KnownHouseholds:
    ended = sorted(ledger.household_ends(position))
    return KnownHouseholds(
        keys=ledger.household_keys(position),
        members=ledger.household_members(position),
        closed=pl.DataFrame({"household_id": ended}, schema={"household_id": pl.String}),
    )
