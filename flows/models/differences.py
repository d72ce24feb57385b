"""What another model would change: for every record the person before and after, and the counts.

gained: had no person among those known, would have one. lost: the other way round. moved: would go
to another person. regrouped: outside the register with other records than before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from flows.engine import Engine
from flows.review.verdicts import unhonoured

CHANGES = ("gained", "lost", "moved", "regrouped")

CHANGED = "model_changed"
"""The table of changed records; no identities, and none leave the machine."""

UNATTACHED = ("alone", "newcomers", "doubt", "number_of_another")
"""Ways to end without a person whom a number or the register knows."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """Counts of changed records by kind of change, and in each kind by something else.

    `queue`: doubtful records before and after. `answered`: pairs that people decided, against how
    many of them either model goes. `findings`: published ones that may change, None if unknown.
    """

    records: int
    changes: Mapping[str, int]
    by: Mapping[str, list[dict[str, Any]]]
    queue: tuple[int, int]
    findings: list[dict[str, Any]] | None
    answered: tuple[int, int, int]


def changed_records(engine: Engine, before: str, after: str) -> None:
    """Make the table of records whose person would change, from two tables of decisions."""
    loose = ", ".join(f"'{how}'" for how in UNATTACHED)
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {CHANGED} AS
        WITH place AS (
          SELECT record_key, max(township_code) AS township_code
          FROM known_identities GROUP BY record_key
        ), pair AS (
          SELECT a.*, b.founder AS founder_before, b.entity AS entity_before, b.how AS how_before,
                 b.probability AS probability_before, b.name_evidence AS name_before,
                 b.birth_level AS birth_before, a.how NOT IN ({loose}) AS is_in,
                 b.how NOT IN ({loose}) AS was_in
          FROM {after} AS a JOIN {before} AS b USING (rid)
          WHERE a.entity <> b.entity OR (a.how IN ({loose})) <> (b.how IN ({loose}))
        )
        SELECT record_key, source, township_code,
               CASE WHEN is_in AND NOT was_in THEN 'gained' WHEN was_in AND NOT is_in THEN 'lost'
                    WHEN is_in THEN 'moved' ELSE 'regrouped' END AS change,
               how_before, how AS how_after, founder_before, founder AS founder_after,
               probability_before, probability AS probability_after, entity_before,
               entity AS entity_after,
               CASE WHEN is_in THEN name_evidence ELSE name_before END AS name_level,
               CASE WHEN is_in THEN birth_level ELSE birth_before END AS birth_level
        FROM pair LEFT JOIN place USING (record_key)
        """
    )


def difference(
    engine: Engine,
    before: str,
    after: str,
    *,
    answered: tuple[int, int, int],
    findings: list[dict[str, Any]] | None,
) -> Difference:
    """Count what changed; `changed_records` must have run."""
    counted = {row["change"]: row["n"] for row in engine.rows(_count("change"))}
    return Difference(
        records=_one(engine, f"SELECT count(*) AS n FROM {after}"),
        changes={change: counted.get(change, 0) for change in CHANGES},
        by={
            "how": engine.rows(_count("change, how_before, how_after")),
            "evidence": engine.rows(_count("change, name_level, birth_level")),
            "source": engine.rows(_count("source, change")),
            "township_code": engine.rows(_count("township_code, change")),
        },
        queue=(_queue(engine, before), _queue(engine, after)),
        findings=findings,
        answered=answered,
    )


def answered_otherwise(
    engine: Engine, verdicts: pl.DataFrame, before: str, after: str
) -> tuple[int, int, int]:
    """Of the pairs that people decided: how many are known, and against how many each model goes."""
    if verdicts.is_empty():
        return 0, 0, 0
    keys = pl.concat([verdicts["left_record_key"], verdicts["right_record_key"]]).unique()
    engine.register("model_answered", pl.DataFrame({"record_key": keys}).to_arrow())
    known = _persons_of(engine, after)
    pairs = verdicts.join(known, left_on="left_record_key", right_on="record_key", how="semi").join(
        known, left_on="right_record_key", right_on="record_key", how="semi"
    )
    against = [unhonoured(verdicts, _persons_of(engine, table)).height for table in (before, after)]
    return pairs.height, against[0], against[1]


def _persons_of(engine: Engine, table: str) -> pl.DataFrame:
    sql = f"SELECT record_key, entity AS person_id FROM {table} SEMI JOIN model_answered USING (record_key)"
    rows: Any = pl.from_arrow(engine.arrow(sql))
    return rows


def touched_findings(engine: Engine, links: Any, findings: Any) -> list[dict[str, Any]]:
    """Published findings of people with a record that would come or go, by signal.

    An upper bound, and cheap: which of them would really vanish only a night can tell.
    """
    engine.register("model_published_link", links)
    engine.register("model_finding", findings)
    return engine.rows(
        f"""
        WITH touched AS (
          SELECT link.person_id FROM model_published_link AS link
          JOIN (SELECT founder_before AS record_key FROM {CHANGED}
                UNION SELECT founder_after FROM {CHANGED}
                UNION SELECT record_key FROM {CHANGED}) USING (record_key)
        )
        SELECT signal, count(*) AS n FROM model_finding
        WHERE person_id IN (SELECT person_id FROM touched) GROUP BY signal ORDER BY n DESC, signal
        """
    )


def _count(columns: str) -> str:
    return f"SELECT {columns}, count(*) AS n FROM {CHANGED} GROUP BY ALL ORDER BY n DESC, {columns}"


def _queue(engine: Engine, table: str) -> int:
    return _one(engine, f"SELECT count(*) AS n FROM {table} WHERE decision = 'doubtful'")


def _one(engine: Engine, sql: str) -> int:
    return int(engine.rows(sql)[0]["n"])
