"""Population, and how complete and how good each department's identifiers are."""

from __future__ import annotations

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from flows.engine import Engine
from flows.linkage_report.terms import NUMBER_GROUPS, Linkage, rate
from matchers.names import PARTIAL

_LACKING = {
    "birth_date_missing": "birth_date",
    "sex_missing": "sex",
    "phone_missing": "phone",
    "address_missing": "address",
}


def population(engine: Engine, night: Linkage) -> dict[str, int]:
    """Records, how many of them the register's, and the people and households they came to."""
    rows = _one(engine, night.rows.agg(records=_.count(), register=_.is_register.sum()))
    people = _one(
        engine, night.link.agg(people=_.person_id.nunique(), households=_.household_id.nunique())
    )
    registered = night.link.semi_join(night.rows.filter(_.is_register), "record_key")
    inside = _one(engine, registered.agg(registered=_.person_id.nunique()))
    return {
        "departments": _one(engine, night.rows.agg(n=_.source.nunique()))["n"],
        "records": rows["records"],
        "register_records": rows["register"] or 0,
        "people": people["people"],
        "people_in_register": inside["registered"],
        "people_outside_register": people["people"] - inside["registered"],
        "households": people["households"],
    }


def completeness(engine: Engine, night: Linkage) -> list[dict[str, Any]]:
    """Per department: the statuses of numbers, names in part or missing, what else is missing."""
    rows = night.rows
    counted = rows.group_by("source").agg(
        is_register=_.is_register.max(),
        records=_.count(),
        name_partial=_.name_key.re_search(PARTIAL).fill_null(False).sum(),
        name_missing=_.name_key.isnull().sum(),
        **{name: rows[column].isnull().sum() for name, column in _LACKING.items()},
        nothing=_says_nothing(rows).sum(),
    )
    statuses = rows.group_by("source", "id_status").agg(records=_.count())
    by_source: dict[str, dict[str, int]] = {}
    for row in fetched(engine, statuses.order_by("source", "id_status")):
        by_source.setdefault(row["source"], {})[row["id_status"] or "missing"] = row["records"]
    return [
        _department(row, by_source[row["source"]], night)
        for row in fetched(engine, counted.order_by("source"))
    ]


def _says_nothing(rows: ir.Table) -> ir.BooleanValue:
    """Neither a usable number nor a name with a birth date: nobody can tell who that is."""
    vague = rows.name_key.isnull() | ibis.coalesce(rows.birth_date, rows.id_birth_date).isnull()
    return rows.id_clean.isnull() & vague


def _department(row: dict[str, Any], statuses: dict[str, int], night: Linkage) -> dict[str, Any]:
    records = row["records"]
    groups = {
        group: sum(statuses.get(status, 0) for status in listed)
        for group, listed in NUMBER_GROUPS.items()
    }
    counts = {name: row[name] for name in ("name_partial", "name_missing", *_LACKING, "nothing")}
    return {
        "department": row["source"],
        "title": night.titles.get(row["source"], row["source"]),
        "is_register": row["is_register"],
        "records": records,
        "number_statuses": statuses,
        "numbers": groups,
        **counts,
        "rates": {name: rate(count, records) for name, count in {**groups, **counts}.items()},
    }


def fetched(engine: Engine, rows: ir.Table) -> list[dict[str, Any]]:
    """A small result as dictionaries."""
    return engine.rows(ibis.to_sql(rows, dialect="duckdb"))


def _one(engine: Engine, row: ir.Table) -> dict[str, Any]:
    return fetched(engine, row)[0]
