"""Give every record its person and household: ask the matchers, then look up or mint the ids.

An id is a number from the ledger, never anything derived from the person. Keyed hashes only find
an id again; they can be replaced without changing it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import pyarrow as pa

from flows import reference
from flows.asof import link_rows
from flows.engine import Engine
from flows.ledger import Ledger
from matchers.households import households
from matchers.answered import closed
from matchers.linkage import link
from matchers.model import Model
from matchers.outcomes import outcomes

FEWEST_PEOPLE = 1_000
"""A smaller population is not believed: whoever is not in it yet could still be meant."""

FOUNDED_BY_NUMBER = ("number_new_person", "register_entry", "register_number", "number_and_name")
"""How a founding record must have been decided for its number to find its person again."""


@dataclass(frozen=True, kw_only=True)
class Minted:
    """Ids this night gives for the first time, keys that find them, and ids that were merged."""

    persons: pl.DataFrame
    person_keys: pl.DataFrame
    merges: pl.DataFrame
    households: pl.DataFrame


def link_records(
    engine: Engine,
    model: Model,
    frequencies: pa.Table | None = None,
    verdicts: pl.DataFrame | None = None,
) -> None:
    """Make the table `decision`: for every known record the founder of its person, and how.

    `frequencies` are the model's; `verdicts` (left_record_key, right_record_key, same) is what
    people decided, without contradictions.
    """
    link_rows(engine)
    rows = engine.table("link_rows")
    if frequencies is None:
        model = replace(model, people=_people(engine))
    linked = link(
        engine,
        rows.drop("record_key"),
        model,
        reference.similar_characters(),
        frequencies=None if frequencies is None else engine.register("name_frequency", frequencies),
        answers=_answers(engine, verdicts),
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


def give_ids(engine: Engine, ledger: Ledger, position: int) -> Minted:
    """Make the table `link`: one row per known record with its person and household.

    Ids are looked up as the ledger stood at `position`, so that a past night finds its own.
    """
    first_person, first_household = ledger.next_numbers()
    engine.register("ledger_person", ledger.person_keys(position).sort("person_key").to_arrow())
    engine.register(
        "ledger_household", ledger.household_keys(position).sort("household_key").to_arrow()
    )
    persons = _give_persons(engine, first_person)
    new_households = _give_households(engine, first_household)
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
        person_keys=_frame(engine, _NEW_KEYS),
        merges=_frame(engine, _MERGES),
        households=new_households,
    )


def _give_persons(engine: Engine, first: int) -> pl.DataFrame:
    """Make `person_of` (founder, person_id): known ids first, new numbers for the rest."""
    listed = ", ".join(f"'{how}'" for how in sorted(FOUNDED_BY_NUMBER))
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE founder AS {_FOUNDERS.format(listed)}")
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE found_again AS {_FOUND_AGAIN}")
    new = (
        _frame(
            engine,
            "SELECT founder FROM found_again WHERE person_id IS NULL ORDER BY arrival, row, founder",
        )
        .with_row_index("number", offset=first)
        .with_columns(person_id=_numbered("P"))
    )
    engine.register("new_person", new.to_arrow())
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE person_of AS "
        "SELECT founder, person_id FROM found_again WHERE person_id IS NOT NULL "
        "UNION ALL SELECT founder, person_id FROM new_person"
    )
    return new


def _give_households(engine: Engine, first: int) -> pl.DataFrame:
    """Make `household_of` (person_id, household_id); whoever has no family book lives alone."""
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE register_row AS {_REGISTER_ROWS}")
    engine.materialise("family_of", households(engine.table("register_row")))
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE keyed AS {_HOUSEHOLD_KEYS}")
    new = (
        _frame(engine, _NEW_HOUSEHOLDS)
        .with_row_index("number", offset=first)
        .with_columns(household_id=_numbered("H"))
    )
    engine.register("new_household", new.to_arrow())
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE household_of AS "
        "SELECT keyed.person_id, coalesce(old.household_id, new.household_id) AS household_id "
        "FROM keyed LEFT JOIN ledger_household AS old USING (household_key) "
        "LEFT JOIN new_household AS new USING (household_key)"
    )
    return new


def _frame(engine: Engine, sql: str) -> pl.DataFrame:
    rows: Any = pl.from_arrow(engine.arrow(sql))
    return rows


def _numbered(letter: str) -> pl.Expr:
    return pl.lit(letter) + pl.col("number").cast(pl.String).str.zfill(8)


# A number key belongs to one founder only: where two people claim a number, neither is found by it
# but the first, and the other by its own record.
_FOUNDERS = """
WITH claimed AS (
  SELECT decision.founder, identity.arrival, identity.row,
         CASE WHEN decision.how IN ({}) THEN identity.number_hash END AS hash
  FROM decision JOIN known_identities AS identity USING (record_key)
  WHERE decision.record_key = decision.founder
)
SELECT founder, arrival, row, 'r' || founder AS record_key,
       CASE WHEN row_number() OVER (PARTITION BY hash ORDER BY arrival, row, founder) = 1
            THEN 'n' || hash END AS number_key
FROM claimed
"""

_FOUND_AGAIN = """
WITH joined AS (
  SELECT founder.*, by_number.person_id AS by_number, by_record.person_id AS by_record
  FROM founder
  LEFT JOIN ledger_person AS by_number ON by_number.person_key = founder.number_key
  LEFT JOIN ledger_person AS by_record ON by_record.person_key = founder.record_key
)
SELECT founder, arrival, row, number_key, record_key,
       coalesce(by_number, CASE WHEN by_record NOT IN (
         SELECT by_number FROM joined WHERE by_number IS NOT NULL) THEN by_record END) AS person_id
FROM joined
"""

_NEW_KEYS = """
SELECT person_key, person_id FROM (
  SELECT number_key AS person_key, founder FROM founder WHERE number_key IS NOT NULL
  UNION ALL SELECT record_key, founder FROM founder
) JOIN person_of USING (founder)
WHERE person_key NOT IN (SELECT person_key FROM ledger_person)
ORDER BY person_key
"""

_MERGES = """
SELECT DISTINCT before.person_id, person_of.person_id AS into_person_id
FROM ledger_person AS before
JOIN decision ON before.person_key = 'r' || decision.record_key
JOIN person_of USING (founder)
WHERE before.person_id NOT IN (SELECT person_id FROM person_of)
ORDER BY ALL
"""

_REGISTER_ROWS = """
SELECT decision.founder AS person, identity.record_key, identity.arrival, identity.row,
       resident.person_type, resident.life_status, resident.status_on, resident.household_kind,
       identity.household_hash
FROM known_identities AS identity
JOIN decision USING (record_key)
JOIN record_resident AS resident
  ON resident.record_key = identity.record_key AND resident.version = identity.version
 AND resident.source = identity.source
"""

_HOUSEHOLD_KEYS = """
SELECT person_of.person_id,
       CASE WHEN family_of.household_key <> person_of.founder
            THEN 'h' || family_of.household_key
            ELSE 'p' || person_of.person_id END AS household_key
FROM person_of LEFT JOIN family_of ON family_of.person = person_of.founder
"""

_NEW_HOUSEHOLDS = """
SELECT DISTINCT household_key FROM keyed
WHERE household_key NOT IN (SELECT household_key FROM ledger_household)
ORDER BY household_key
"""
