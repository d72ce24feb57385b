"""The working database's tables, derived from the contracts. All of it can be rebuilt.

`known_from` and `known_to` are arrivals (places in the order of accepted deliveries): a version is
known from the delivery that brought it until the delivery that changed it or left it out.
"""

from __future__ import annotations

import json
from typing import Any

from data_contracts.records import IDENTITY, RECORDS
from flows.ledger import Delivery

_DUCKDB_TYPE = {
    "string": "VARCHAR",
    "date": "DATE",
    "decimal(16, 2)": "DECIMAL(16, 2)",
    "decimal(16, 4)": "DECIMAL(16, 4)",
    "int64": "BIGINT",
    "boolean": "BOOLEAN",
}

VERSION_COLUMNS = {
    "record_key": "VARCHAR",
    "version": "BIGINT",
    "source": "VARCHAR",
    "content": "VARCHAR",
    "arrival": "BIGINT",
    "row": "BIGINT",
    "line": "BIGINT",
    "known_from": "BIGINT",
    "known_to": "BIGINT",
}
"""Every record and identity row carries these: which version it is and where it came from."""

SIGHTING_COLUMNS = {
    "arrival": "BIGINT",
    "row": "BIGINT",
    "line": "BIGINT",
    "record_key": "VARCHAR",
}
"""Every row that was loaded, also an unchanged one: in which delivery and row a record was seen."""

READING_COLUMNS = {
    "id_status": "VARCHAR",
    "id_text": "VARCHAR",
    "id_clean": "VARCHAR",
    "id_birth_date": "DATE",
    "id_sex": "VARCHAR",
    "name_key": "VARCHAR",
    "name_pinyin": "VARCHAR",
    "name_bag": "BIGINT",
    "surname_sound": "BIGINT",
    "given_sound": "BIGINT",
    "parent_name_key": "VARCHAR",
    "parent_name_bag": "BIGINT",
    "former_name_key": "VARCHAR",
    "former_name_bag": "BIGINT",
    "contact_name_key": "VARCHAR",
    "contact_name_bag": "BIGINT",
    "phone_key": "VARCHAR",
    "contact_phone_key": "VARCHAR",
    "number_hash": "VARCHAR",
    "household_hash": "VARCHAR",
    "in_county": "BOOLEAN",
    "township_code": "VARCHAR",
    "village_code": "VARCHAR",
}
"""What the matchers read out of a raw identity, computed once when it arrives."""


def record_table(record: str) -> str:
    """The table of a canonical record."""
    return f"record_{record}"


def create_tables(connection: Any) -> None:
    """Make what is missing of the working database."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS delivery (arrival BIGINT PRIMARY KEY, delivery VARCHAR UNIQUE, "
        "source VARCHAR, file_name VARCHAR, night DATE, as_of DATE, judgement VARCHAR)"
    )
    _create(connection, "sighting", SIGHTING_COLUMNS)
    for name, record in RECORDS.items():
        _create(connection, record_table(name), {**VERSION_COLUMNS, **_types(record.schema)})
    identities = {
        **VERSION_COLUMNS,
        "record": "VARCHAR",
        "dated": "DATE",
        **_types(IDENTITY.schema),
        **READING_COLUMNS,
    }
    _create(connection, "identities", identities)


def is_outdated(connection: Any) -> bool:
    """Whether the database was made by a version whose records or identities had other columns.

    It holds nothing that the archive and the ledger do not, so it can be thrown away.
    """
    wanted = {
        "identities": {*VERSION_COLUMNS, "record", "dated", *IDENTITY.schema, *READING_COLUMNS},
        **{record_table(name): {*VERSION_COLUMNS, *one.schema} for name, one in RECORDS.items()},
    }
    found = connection.execute(
        "SELECT table_name, list(column_name) FROM duckdb_columns() GROUP BY 1"
    ).fetchall()
    return any({*columns} != wanted.get(name, {*columns}) for name, columns in found)


def loaded_deliveries(connection: Any) -> dict[str, tuple[int, dict[str, Any]]]:
    """Deliveries whose rows are in the working database: arrival and judgement by delivery."""
    rows = connection.execute("SELECT delivery, arrival, judgement FROM delivery").fetchall()
    return {delivery: (arrival, json.loads(text)) for delivery, arrival, text in rows}


def note_delivery(connection: Any, delivery: Delivery, judgement: dict[str, Any]) -> None:
    """Say that a delivery's rows are in; belongs in the transaction that loads them."""
    connection.execute(
        "INSERT INTO delivery VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            delivery.arrival,
            delivery.delivery,
            delivery.source,
            delivery.file_name,
            delivery.night,
            delivery.as_of,
            json.dumps(judgement, ensure_ascii=False, sort_keys=True, default=str),
        ],
    )


def _types(schema: dict[str, str]) -> dict[str, str]:
    return {name: _DUCKDB_TYPE[kind] for name, kind in schema.items()}


def _create(connection: Any, table: str, columns: dict[str, str]) -> None:
    listed = ", ".join(f'"{name}" {kind}' for name, kind in columns.items())
    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} ({listed})")
