"""Ask one signal about drawn records: columns that a drawing leaves out are unknown."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.operations import InMemoryTable
from ibis.expr.types import Table

from data_contracts.records import RECORDS
from tests.drawn import arrow_of
from transforms.coverage import Coverage, Covered
from transforms.known import PEOPLE, REFUSALS, facts_schema
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


def refusals(text: str) -> Table:
    """Whose help visits found refused."""
    return _filled(text, REFUSALS, {})


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
    return asked_of(signal, {"people": who} | records, limits, coverage or complete(*RECORDS))


def asked_of(
    signal: Signal, drawings: Mapping[str, Table], limits: SimpleNamespace, coverage: Coverage
) -> list[dict[str, Any]]:
    """The same of drawings by name.

    The rule is put into SQL once for the same limits, because that takes longer than to answer it.
    """
    connection = ibis.get_backend().con
    for name in signal.reads:
        drawing = drawings.get(name)
        rows = _nothing(name) if drawing is None else _arrow(drawing)
        connection.register(_TABLE.format(name), rows)
    said = (signal.name, id(signal.rule), repr(sorted(vars(limits).items())), repr(coverage))
    if said not in _SQL:
        _SQL[said] = _sql(signal, limits, coverage)
    found: list[dict[str, Any]] = connection.execute(_SQL[said]).to_arrow_table().to_pylist()
    return found


_SQL: dict[tuple[Any, ...], str] = {}
_TABLE = "drawn_{}"


def _sql(signal: Signal, limits: SimpleNamespace, coverage: Coverage) -> str:
    tables = {name: ibis.table(_schema(name), name=_TABLE.format(name)) for name in signal.reads}
    proofs = signal.proofs(tables, limits, coverage, ON).order_by("person_id", "record_key")
    return str(ibis.to_sql(proofs, dialect="duckdb"))


def _schema(name: str) -> dict[str, str]:
    return {"people": PEOPLE, "found": FOUND, "refusal": REFUSALS}.get(name) or facts_schema(name)


@cache
def _nothing(name: str) -> pa.Table:
    return ibis.schema(_schema(name)).to_pyarrow().empty_table()


def _arrow(drawing: Table) -> pa.Table:
    """The rows of a drawing, without asking an engine where it was not changed since."""
    operation = drawing.op()
    if isinstance(operation, InMemoryTable):
        return operation.data.to_pyarrow(operation.schema)
    return drawing.to_pyarrow()


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
    arrow = ibis.schema(schema).to_pyarrow()
    if not text:
        return ibis.memtable(arrow.empty_table(), schema=schema)
    header = [cell.strip() for cell in text.strip().splitlines()[0].split("|")]
    rows = arrow_of(text, **{name: schema[name] for name in header})
    columns = [
        rows[field.name]
        if field.name in header
        else pa.array([usual.get(field.name)] * rows.num_rows, field.type)
        for field in arrow
    ]
    return ibis.memtable(pa.table(columns, schema=arrow), schema=schema)
