"""From linked records to findings: profile people, ask every signal, note what is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from data_contracts.records import RECORDS
from data_contracts.terms import Purpose
from flows.engine import Engine
from flows.freshness import is_awaited
from flows.home import Config
from flows.policy import Policy
from transforms.county_only import county_only, with_sensitivity
from transforms.coverage import Coverage, Covered
from transforms.findings import findings
from transforms.profile import people
from transforms.purpose import permitted
from transforms.signal import PROOF_SCHEMA, Signal
from transforms.signals import COMPOUND, PLAIN, SIGNALS


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a night asks of the records: on which day, under which policy, with what coverage."""

    on: date
    policy: Policy
    coverage: Coverage


def coverage_of(config: Config, newest: Mapping[str, date], on: date) -> Coverage:
    """What silence in each record is worth; a record fed by several sources trusts the weakest.

    A record whose source nobody awaits is not covered at all: it is unknown, and not late.
    """
    by_record: dict[str, Covered] = {}
    for name, source in config.sources.items():
        if not is_awaited(source, newest):
            continue
        overlay = config.overlays.get(name)
        here = Covered(
            complete_since=overlay.complete_since if overlay else None,
            latest=newest.get(name),
            cadence_days=source.cadence_days,
        )
        record = source.becomes.name
        by_record[record] = _weaker(by_record.get(record), here)
    return Coverage(by_record=by_record, on=on)


def _weaker(one: Covered | None, other: Covered) -> Covered:
    if one is None:
        return other
    starts = [one.complete_since, other.complete_since]
    latest = [one.latest, other.latest]
    return Covered(
        complete_since=None if None in starts else max(day for day in starts if day),
        latest=None if None in latest else min(day for day in latest if day),
        cadence_days=max(one.cadence_days, other.cadence_days),
    )


def profile(engine: Engine, on: date) -> None:
    """Make the table `people`."""
    engine.duckdb.execute(
        """
        CREATE OR REPLACE TEMP TABLE born AS
        SELECT person_id, sex, birth_date FROM (
          SELECT link.person_id, coalesce(identity.id_sex, identity.sex) AS sex,
                 coalesce(identity.id_birth_date, identity.birth_date) AS birth_date,
                 row_number() OVER (PARTITION BY link.person_id ORDER BY
                   identity.id_birth_date IS NULL, identity.birth_date IS NULL,
                   identity.arrival, identity.row, identity.record_key) AS place
          FROM link JOIN known_identities AS identity USING (record_key)
        ) WHERE place = 1
        """
    )
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE person AS SELECT person_id, household_id FROM household_of"
    )
    engine.materialise(
        "people",
        people(
            engine.table("person"),
            engine.table("fact_resident"),
            engine.table("fact_death"),
            engine.table("born"),
            engine.table("place"),
            on,
        ),
    )


def ask_signals(engine: Engine, question: Question) -> None:
    """Make the tables `proof` and `finding_tonight`: every signal asked of everybody.

    A late source clears nothing: a signal that reads one keeps what it had found before, as far as
    the last known rows still prove it. Needs `seen_open`.
    """
    columns = ", ".join(f"{name} {_SQL_TYPES[kind]}" for name, kind in PROOF_SCHEMA.items())
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP TABLE proof ({columns})")
    late = question.coverage.late()
    for signals in (PLAIN, COMPOUND):
        _register_found(engine)
        for one in signals.values():
            _ask(engine, one, question, question.coverage, "true")
            if late & set(one.reads):
                known = "(person_id, signal) IN (SELECT (person_id, signal) FROM seen_open)"
                _ask(engine, one, question, question.coverage.as_last_known(), known)
    proofs = engine.table("proof")
    engine.materialise(
        "finding_tonight",
        with_sensitivity(
            findings(proofs, engine.table("people")),
            proofs,
            _county_only(engine, question),
            [one.name for one in SIGNALS.values() if one.is_sensitive],
        ),
    )


def _county_only(engine: Engine, question: Question) -> Any:
    """The rows that tell of an illness which stays at the county under the policy of the day."""
    facts = {
        name: permitted(engine.table(f"fact_{name}"), name, Purpose.FIND)
        for name in ("admission", "settlement", "disability")
    }
    shared = question.policy.shared(question.on)
    return county_only(**facts, diagnoses=shared.county_only_diagnoses)


def _register_found(engine: Engine) -> None:
    """Make `found`: the proofs so far, each with the family of its signal."""
    families = pl.DataFrame(
        [(one.name, one.family) for one in SIGNALS.values()],
        schema={"signal": pl.String, "family": pl.String},
        orient="row",
    )
    engine.register("signal_family", families.to_arrow())
    engine.duckdb.execute(
        "CREATE OR REPLACE TEMP TABLE found AS "
        "SELECT proof.*, signal_family.family FROM proof JOIN signal_family USING (signal)"
    )


def _ask(engine: Engine, signal: Signal, question: Question, coverage: Coverage, kept: str) -> None:
    tables = {
        name: engine.table(f"fact_{name}" if name in RECORDS else name) for name in signal.reads
    }
    limits = question.policy.limits(signal, question.on)
    sql = engine.sql(signal.proofs(tables, limits, coverage, question.on))
    engine.duckdb.execute(f"INSERT INTO proof SELECT * FROM ({sql}) WHERE {kept} EXCEPT FROM proof")


_SQL_TYPES = {
    "string": "VARCHAR",
    "date": "DATE",
    "decimal(16, 2)": "DECIMAL(16, 2)",
    "int8": "TINYINT",
}
