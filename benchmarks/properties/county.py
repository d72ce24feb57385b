"""Many worlds as one county's tables in DuckDB, and what the rules find in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from benchmarks.properties.policy import POLICY
from benchmarks.properties.worlds import SCHEMAS, World, tables_of
from data_contracts.records import RECORDS
from tests.signals.asking import ON, complete
from transforms.findings import findings
from transforms.signal import FOUND, Signal
from transforms.situation import situations

Rows = list[dict[str, Any]]

_TABLES = {name: ibis.table(schema, name=name) for name, schema in SCHEMAS.items()}
_TABLES["found"] = ibis.table(FOUND, name="found")

_COMPILED: dict[Any, str] = {}
"""The SQL of each question that was asked before; it is the same in every county."""


class County:
    """The tables of many worlds; every id begins with the name of its world and a dot."""

    def __init__(self, worlds: Iterable[tuple[str, World]]) -> None:
        """Take the worlds in; nothing is found yet."""
        self.duckdb = ibis.duckdb.connect()
        for name, rows in tables_of(worlds).items():
            self.duckdb.create_table(name, rows)
        self.duckdb.create_table("found", schema=_TABLES["found"].schema())

    def proofs(self, signal: Signal) -> Rows:
        """The rows that prove a signal."""
        return self._ask((signal.rule, "proofs"), lambda: _proofs(signal)).to_pylist()

    def findings(self, signal: Signal) -> Rows:
        """One row per person whom a signal finds, in the columns of FINDINGS."""
        return self._ask(
            (signal.rule, "findings"), lambda: findings(_proofs(signal), _TABLES["people"])
        ).to_pylist()

    def find(self, plain: Iterable[Signal]) -> Rows:
        """Ask plain signals and keep their proofs for the compound ones; returns the proofs."""
        every: Rows = []
        for one in plain:
            every += [proof | {"family": one.family} for proof in self.proofs(one)]
        schema = _TABLES["found"].schema().to_pyarrow()
        self.duckdb.insert("found", pa.Table.from_pylist(every, schema=schema))
        return every

    def people(self) -> Rows:
        """Everybody, in the columns of PEOPLE."""
        return self._ask("people", lambda: _TABLES["people"]).to_pylist()

    def situations(self) -> Rows:
        """What is known of each household, in the columns of SITUATION."""
        return self._ask(
            "situations",
            lambda: situations(_TABLES["people"], _TABLES, POLICY.shared(ON), ON),
        ).to_pylist()

    def _ask(self, question: Any, expression: Callable[[], Table]) -> pa.Table:
        if question not in _COMPILED:
            _COMPILED[question] = ibis.to_sql(expression(), dialect="duckdb")
        return self.duckdb.con.execute(_COMPILED[question]).to_arrow_table()


def _proofs(signal: Signal) -> Table:
    return signal.proofs(_TABLES, POLICY.limits(signal, ON), complete(*RECORDS), ON)
