"""Give every person a household and every household its id: found again, or minted.

What the ledger keeps besides the ids: which key leads to which id (the last entry wins), who belongs
to what (only what changed), and what became of ids that were merged, split or ended.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from flows.engine import Engine
from flows.household_told import told_of_households
from matchers.household_ids import changes, found_again, revived
from matchers.household_members import household_members

REASONS = {
    "merge": "与另一户并为一户:成员现在同属该户。",
    "split": "从该户分出:部分成员现在另立一户。",
    "ended": "该户已没有在册成员。",
    "revived": "该户重新有了成员。",
}


@dataclass(frozen=True, kw_only=True)
class KnownHouseholds:
    """The ledger at a position.

    keys (household_key, household_id): the last id of each key;
    members (person_id, household_id, is_head), the last of each person, null for nobody's; closed
    (household_id), the ids whose last change says that they were merged or have ended.
    """

    keys: pl.DataFrame
    members: pl.DataFrame
    closed: pl.DataFrame


@dataclass(frozen=True, kw_only=True)
class NewHouseholds:
    """What a night adds to the ledger.

    minted (number, household_id, household_key), keys (household_key, household_id) new or leading
    elsewhere now, members (person_id, household_id, is_head) that changed, changes (household_id,
    into_household_id, kind, reason).
    """

    minted: pl.DataFrame
    keys: pl.DataFrame
    members: pl.DataFrame
    changes: pl.DataFrame

    @property
    def into(self) -> dict[str, str]:
        """Ids that were merged away tonight, and into which."""
        found = self.changes.filter(pl.col("kind") == "merge")
        return dict(found.select("household_id", "into_household_id").iter_rows())


def give_households(
    engine: Engine,
    known: KnownHouseholds,
    merges: pl.DataFrame,
    first: int,
    *,
    on: date,
    current: Collection[str],
) -> NewHouseholds:
    """Make `household_of` (person_id, household_id, how, since): every person, the dead too.

    `merges` (person_id, into_person_id) are tonight's; `first` is the next free number; `current`
    the sources that tell current addresses. Needs `decision`, `person_of` and `known_identities`.
    """
    told = told_of_households(engine, current)
    engine.materialise("household_member", household_members(engine, told, on))
    engine.register("household_key_known", known.keys.to_arrow())
    engine.register("household_last_known", known.members.to_arrow())
    engine.register("household_closed", known.closed.to_arrow())
    engine.register("person_merged", merges.to_arrow())
    for name, sql in (
        ("household_keyed", _KEYED),
        ("household_living", _LIVING),
        ("household_last", _LAST),
    ):
        engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
    minted = _ids(engine, first)
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE household_of AS {_HOUSEHOLD_OF}")
    return NewHouseholds(
        minted=minted,
        keys=_frame(engine, _NEW_KEYS),
        members=_frame(engine, _NEW_MEMBERS),
        changes=_changes(engine),
    )


def _ids(engine: Engine, first: int) -> pl.DataFrame:
    """Make `household_id_of` (household_key, household_id), and mint what is missing."""
    living, last, keys = _tables(engine)
    engine.materialise("household_found", found_again(living, last, keys))
    minted = (
        _frame(engine, _UNKNOWN)
        .with_row_index("number", offset=first)
        .with_columns(household_id=pl.lit("H") + pl.col("number").cast(pl.String).str.zfill(8))
        .select("number", "household_id", "household_key")
    )
    engine.register("household_minted", minted.to_arrow())
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE household_id_of AS "
        "SELECT household_key, household_id FROM household_found "
        "UNION ALL SELECT household_key, household_id FROM household_minted"
    )
    return minted


def _changes(engine: Engine) -> pl.DataFrame:
    living, last, _ = _tables(engine)
    ids = engine.table("household_id_of")
    engine.materialise("household_change", changes(living, last, ids))
    engine.materialise("household_revived", revived(ids, engine.table("household_closed")))
    found = _frame(engine, "FROM household_change UNION ALL FROM household_revived ORDER BY ALL")
    return found.with_columns(reason=pl.col("kind").replace_strict(REASONS, return_dtype=pl.String))


def _tables(engine: Engine) -> tuple[Any, Any, Any]:
    return tuple(
        engine.table(name) for name in ("household_living", "household_last", "household_key_known")
    )  # type: ignore[return-value]


def _frame(engine: Engine, sql: str) -> pl.DataFrame:
    rows: Any = pl.from_arrow(engine.arrow(sql))
    return rows


# A key is a number of the register (h) or the person who founds a household outside it (p).
_KEYED = """
SELECT one.person AS person_id,
       CASE WHEN one.household_key LIKE 'h%' THEN one.household_key
            ELSE 'p' || one.household_key END AS household_key,
       one.how, one.since, coalesce(resident.relation = 'head', false) AS is_head
FROM household_member AS one JOIN household_resident AS resident USING (person)
"""

# The dead are no members, but a household that only they are left of keeps its key and its id.
_LIVING = """
SELECT CASE WHEN how <> 'died' THEN person_id END AS person_id, household_key,
       is_head AND how = 'register' AS is_head
FROM household_keyed
"""

_LAST = """
SELECT coalesce(merged.into_person_id, last.person_id) AS person_id,
       min(last.household_id) AS household_id, bool_or(last.is_head) AS is_head
FROM household_last_known AS last
LEFT JOIN person_merged AS merged USING (person_id)
WHERE last.household_id IS NOT NULL
GROUP BY ALL
"""

_UNKNOWN = """
SELECT DISTINCT household_key FROM household_keyed
WHERE household_key NOT IN (SELECT household_key FROM household_found)
ORDER BY household_key
"""

_HOUSEHOLD_OF = """
SELECT person_id, household_id, how, since FROM household_keyed
JOIN household_id_of USING (household_key)
"""

_NEW_KEYS = """
SELECT household_key, household_id FROM household_id_of
EXCEPT SELECT household_key, household_id FROM household_key_known
ORDER BY household_key
"""

_NEW_MEMBERS = """
SELECT coalesce(now.person_id, last.person_id) AS person_id, now.household_id,
       coalesce(now.is_head, false) AS is_head
FROM (SELECT person_id, household_id, is_head FROM household_living
      JOIN household_id_of USING (household_key) WHERE person_id IS NOT NULL) AS now
FULL JOIN household_last_known AS last USING (person_id)
WHERE (now.household_id, now.is_head) IS DISTINCT FROM (last.household_id, last.is_head)
  AND NOT (now.household_id IS NULL AND last.household_id IS NULL)
ORDER BY person_id
"""
