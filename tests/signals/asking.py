"""Ask one signal about drawn records: columns that a drawing leaves out are unknown."""

from collections.abc import Iterable
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import ibis
from ibis.expr.types import Table

from data_contracts.records import RECORDS
from tests.drawn import drawn
from transforms.coverage import Coverage, Covered
from transforms.known import PEOPLE, facts_schema
from transforms.signal import FOUND, Signal

ON = date(2026, 11, 22)

_USUAL_PEOPLE = {"life_status": "alive", "household_kind": "family", "in_register": True}


def days_ago(days: int) -> str:
    """The day so many days before the night; negative for days to come."""
    return (ON - timedelta(days=days)).isoformat()


def facts(record: str, text: str = "") -> Table:
    """A fact table in full, of which the drawing names some columns."""
    return _filled(text, facts_schema(record), {})


def people(text: str) -> Table:
    """A PEOPLE table: living members of families of the register unless drawn otherwise."""
    return _filled(text, PEOPLE, _USUAL_PEOPLE)


def found(text: str) -> Table:
    """The proofs of plain signals, as a compound one reads them."""
    return _filled(text, FOUND, {})


def complete(*records: str) -> Coverage:
    """A coverage in which the silence of `records`, and of no others, tells."""
    covered = Covered(complete_since=date(2020, 1, 1), latest=ON, cadence_days=1)
    return Coverage(by_record=dict.fromkeys(records, covered), on=ON)


def ask(
    signal: Signal,
    who: Table,
    limits: SimpleNamespace,
    coverage: Coverage | None = None,
    **records: Table,
) -> list[dict[str, Any]]:
    """The rows that prove the signal, ordered; records that are not given are empty."""
    tables = {name: facts(name) for name in RECORDS} | {"found": found(""), "people": who} | records
    proofs = signal.proofs(tables, limits, coverage or complete(*RECORDS), ON)
    rows = proofs.order_by("person_id", "record_key").to_pyarrow().to_pylist()
    return list(rows)


def flagged(rows: Iterable[dict[str, Any]]) -> list[str]:
    """Who is flagged."""
    return sorted({row["person_id"] for row in rows})


def severities(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    """The worst severity of each person flagged."""
    worst: dict[str, int] = {}
    for row in rows:
        worst[row["person_id"]] = max(row["severity"], worst.get(row["person_id"], 0))
    return worst


def _filled(text: str, schema: dict[str, str], usual: dict[str, object]) -> Table:
    if not text:
        return ibis.memtable([], schema=schema)
    header = [cell.strip() for cell in text.strip().splitlines()[0].split("|")]
    table = drawn(text, **{name: schema[name] for name in header})
    missing = {
        name: ibis.literal(usual.get(name), kind)
        for name, kind in schema.items()
        if name not in header
    }
    return table.mutate(**missing).select(list(schema))
