"""How great each need of a helped household was when its help came.

The signal is asked once more, without what happened after the help. So tonight's rows and rules alone
decide, whenever the help was given, and what was paid once for bills that no longer count answers no
new ones.
"""

from __future__ import annotations

from typing import Any

from data_contracts.records import RECORDS
from flows.tonight import Tonight
from transforms.helped import BEFORE_HELP
from transforms.signal import RenewedBy, Signal
from transforms.signals import SIGNALS

HAPPENINGS = frozenset(
    ("settlement", "admission", "tenancy", "schooling", "dangerous_house", "disability", "death")
)
"""Records whose rows are news of their day: without one of them a need is less, never more."""

_FOUND, _PEOPLE = "found", "people"


def before_help(tonight: Tonight) -> Any:
    """Make `before_help`: the rows of BEFORE_HELP; needs `last_help` and `finding_visit`.

    Only of findings that have newer proof than the help; of a signal that cannot be asked so there
    is none, and whatever is newer than the help counts.
    """
    engine = tonight.engine
    columns = ", ".join(f"{name} {_SQL_TYPES[kind]}" for name, kind in BEFORE_HELP.items())
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE before_help ({columns})")
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE newer_than_help AS "
        "SELECT household_id, person_id, signal, helped_on FROM finding_visit "
        "JOIN last_help USING (household_id, signal) WHERE occurred_on > helped_on"
    )
    for row in tonight.rows("SELECT DISTINCT signal FROM newer_than_help ORDER BY signal"):
        if is_told_by_its_rows(SIGNALS[row["signal"]]):
            _ask_again(tonight, SIGNALS[row["signal"]])
    return engine.table("before_help")


def is_told_by_its_rows(signal: Signal) -> bool:
    """Does nothing but further rows of happenings, or of what other signals found, make it worse?"""
    worsening = {name.partition(".")[0] for name in signal.worse} - {_PEOPLE}
    grows = signal.renewed_by is RenewedBy.GROWTH and worsening <= HAPPENINGS
    return grows and not {_FOUND, *HAPPENINGS}.isdisjoint(signal.reads)


def _ask_again(tonight: Tonight, signal: Signal) -> None:
    engine, question = tonight.engine, tonight.question
    proofs = signal.proofs(
        {name: _until_help(tonight, signal, name) for name in signal.reads},
        question.policy.limits(signal, question.on),
        question.coverage.as_last_known(),
        question.on,
    )
    engine.duckdb.execute(
        "INSERT INTO before_help "
        "SELECT person_id, signal, max(proof.measure), max(proof.severity) "
        f"FROM ({engine.sql(proofs)}) AS proof JOIN newer_than_help USING (person_id, signal) "
        "WHERE proof.occurred_on <= helped_on GROUP BY ALL"
    )


def _until_help(tonight: Tonight, signal: Signal, name: str) -> Any:
    """What a signal reads: of happenings only those of helped households, until their help."""
    engine = tonight.engine
    table = f"fact_{name}" if name in RECORDS else name
    if name not in {_FOUND, *HAPPENINGS}:
        return engine.table(table)
    day = "fact.occurred_on" if name == _FOUND else "identity.dated"
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {name}_until_help AS
        SELECT fact.* FROM {table} AS fact JOIN people USING (person_id)
        JOIN (SELECT DISTINCT household_id, helped_on FROM newer_than_help WHERE signal = $signal)
          USING (household_id)
        LEFT JOIN known_identities AS identity ON identity.record_key = fact.record_key
        WHERE {day} <= helped_on
        """,
        {"signal": signal.name},
    )
    return engine.table(f"{name}_until_help")


_SQL_TYPES = {"string": "VARCHAR", "decimal(16, 2)": "DECIMAL(16, 2)", "int8": "TINYINT"}
