"""Give every person an id: found again by number, founding record or last night's links, or minted.

An id belongs to one person at a time. Where two turn out to be one, the other id leads to the id
that stays, for ever. Where one turns out to be two, the part that is found again keeps the id and
the other gets a new one, never one that was used before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.engine import Engine
from flows.ledger import Ledger

MERGE, SPLIT = "merge", "split"
MERGES = {
    "person_id": pl.String,
    "into_person_id": pl.String,
    "kind": pl.String,
    "reason": pl.String,
}
"""merge: person_id is now into_person_id. split: into_person_id was minted for records that were
person_id's. reason: number, evidence or answer, as the record came to where it is now."""

_CLAIMS = ("number", "record", "number of a merged id", "record of a merged id", "links")
"""By what an id is claimed, the surest first."""


@dataclass(frozen=True, kw_only=True)
class NewPersons:
    """What a night adds: minted (number, person_id, founder), keys (person_key, person_id), MERGES."""

    minted: pl.DataFrame
    keys: pl.DataFrame
    merges: pl.DataFrame

    @property
    def into(self) -> dict[str, str]:
        """Ids that were merged away tonight, and into which."""
        found = self.merges.filter(pl.col("kind") == MERGE)
        return dict(found.select("person_id", "into_person_id").iter_rows())


def give_persons(
    engine: Engine, ledger: Ledger, *, position: int, before: int, first: int
) -> NewPersons:
    """Make `person_of` (founder, person_id).

    Keys are read as the ledger stood at `position`, so that a past night finds its own; merges as at
    `before`, when the night began. Needs `decision`, `known_identities` and `link_before`.
    """
    engine.register("ledger_person", ledger.person_keys(position).to_arrow())
    merged = list(ledger.merged_persons(before).items())
    columns = {"person_id": pl.String, "into_person_id": pl.String}
    engine.register("ledger_merged", pl.DataFrame(merged, schema=columns, orient="row").to_arrow())
    for name, sql in (("founder", _FOUNDERS), ("person_claim", _CLAIMED)):
        engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
    _find_again(engine)
    minted = (
        _frame(engine, _UNKNOWN)
        .with_row_index("number", offset=first)
        .with_columns(person_id=pl.lit("P") + pl.col("number").cast(pl.String).str.zfill(8))
    )
    engine.register("new_person", minted.to_arrow())
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE person_of AS SELECT founder, person_id FROM person_found "
        "UNION ALL SELECT founder, person_id FROM new_person"
    )
    changes = [_frame(engine, sql) for sql in (_MERGES, _SPLITS)]
    return NewPersons(
        minted=minted, keys=_frame(engine, _NEW_KEYS), merges=pl.concat(changes).cast(MERGES)
    )


def _find_again(engine: Engine) -> None:
    """Make `person_found` (founder, person_id): the surest claims first, no id twice."""
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE person_found (founder VARCHAR, person_id VARCHAR)"
    )
    for rank in range(len(_CLAIMS)):
        engine.duckdb.execute(_GIVE_BACK, [rank])
    engine.drop("person_claim")


def _frame(engine: Engine, sql: str) -> pl.DataFrame:
    rows: Any = pl.from_arrow(engine.arrow(sql))
    return rows


# An entity above 0 is a verified number, and only the rows that bear it can tell its key.
_FOUNDERS = """
WITH numbered AS (
  SELECT decision.founder, min(identity.number_hash) AS hash
  FROM decision JOIN known_identities AS identity USING (record_key)
  WHERE decision.entity > 0 AND identity.id_clean IS NOT NULL
    AND try_cast(left(identity.id_clean, 17) AS BIGINT) = decision.entity
  GROUP BY decision.founder
)
SELECT decision.founder, decision.how, identity.arrival, identity.row,
       'r' || decision.founder AS record_key, 'n' || numbered.hash AS number_key
FROM decision JOIN known_identities AS identity USING (record_key)
LEFT JOIN numbered ON numbered.founder = decision.founder
WHERE decision.record_key = decision.founder
"""

_CLAIMED = """
WITH key AS (
  SELECT founder, 0 AS rank, number_key AS person_key FROM founder WHERE number_key IS NOT NULL
  UNION ALL SELECT founder, 1, record_key FROM founder
)
SELECT key.founder, key.rank + CASE WHEN merged.person_id IS NULL THEN 0 ELSE 2 END AS rank,
       coalesce(merged.into_person_id, held.person_id) AS person_id, 1 AS records
FROM key JOIN ledger_person AS held USING (person_key)
LEFT JOIN ledger_merged AS merged ON merged.person_id = held.person_id
UNION ALL
SELECT decision.founder, 4, coalesce(merged.into_person_id, link_before.person_id), count(*)
FROM decision JOIN link_before USING (record_key)
LEFT JOIN ledger_merged AS merged ON merged.person_id = link_before.person_id
GROUP BY ALL
"""

_GIVE_BACK = """
INSERT INTO person_found
SELECT founder, person_id FROM (
  SELECT claim.*, founder.arrival, founder.row
  FROM person_claim AS claim JOIN founder USING (founder)
  WHERE claim.rank = ?
    AND claim.founder NOT IN (SELECT founder FROM person_found)
    AND claim.person_id NOT IN (SELECT person_id FROM person_found)
  QUALIFY row_number() OVER (PARTITION BY claim.founder ORDER BY records DESC, person_id) = 1
)
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY records DESC, arrival, row, founder) = 1
"""

_UNKNOWN = """
SELECT founder FROM founder WHERE founder NOT IN (SELECT founder FROM person_found)
ORDER BY arrival, row, founder
"""

_NEW_KEYS = """
SELECT person_key, person_id FROM (
  SELECT number_key AS person_key, founder FROM founder WHERE number_key IS NOT NULL
  UNION ALL SELECT record_key, founder FROM founder
) JOIN person_of USING (founder)
EXCEPT SELECT person_key, person_id FROM ledger_person
ORDER BY person_key
"""

_REASON = """
CASE WHEN {0} LIKE 'answered%' THEN 'answer'
     WHEN {0} LIKE 'number%' AND {0} <> 'number_of_another' OR {0} = 'register_number' THEN 'number'
     ELSE 'evidence' END
"""

# An id that nobody bears any more went where most of its records are now.
_MERGES = f"""
WITH gone AS (
  SELECT person_id FROM ledger_person UNION SELECT person_id FROM link_before
  EXCEPT SELECT person_id FROM person_of
  EXCEPT SELECT person_id FROM ledger_merged
), record AS (
  SELECT person_id, record_key FROM link_before SEMI JOIN gone USING (person_id)
  UNION
  SELECT person_id, substr(person_key, 2) FROM ledger_person SEMI JOIN gone USING (person_id)
  WHERE person_key LIKE 'r%'
), went AS (
  SELECT record.person_id, person_of.person_id AS into_person_id, count(*) AS records,
         min_by(decision.how, decision.rid) AS how
  FROM record JOIN decision USING (record_key) JOIN person_of USING (founder)
  GROUP BY ALL
)
SELECT person_id, into_person_id, '{MERGE}' AS kind, {_REASON.format("how")} AS reason FROM went
QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY records DESC, into_person_id) = 1
ORDER BY person_id
"""

_SPLITS = f"""
WITH came AS (
  SELECT new_person.person_id AS into_person_id,
         coalesce(merged.into_person_id, link_before.person_id) AS person_id,
         count(*) AS records, any_value(founder.how) AS how
  FROM new_person JOIN founder USING (founder) JOIN decision USING (founder)
  JOIN link_before ON link_before.record_key = decision.record_key
  LEFT JOIN ledger_merged AS merged ON merged.person_id = link_before.person_id
  GROUP BY ALL
)
SELECT person_id, into_person_id, '{SPLIT}' AS kind, {_REASON.format("how")} AS reason FROM came
QUALIFY row_number() OVER (PARTITION BY into_person_id ORDER BY records DESC, person_id) = 1
ORDER BY into_person_id
"""
