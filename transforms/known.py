"""The tables that stages hand to each other, as column names and Ibis types."""

from __future__ import annotations

from data_contracts.records import RECORDS

FACT_KEYS = {"record_key": "string", "person_id": "string"}
"""Every fact table a signal sees starts with these; the record's own columns follow."""

PEOPLE = {
    "person_id": "string",
    "household_id": "string",
    "sex": "string",
    "birth_date": "date",
    "age": "int64",
    "life_status": "string",
    "died_on": "date",
    "in_register": "boolean",
    "person_type": "string",
    "household_kind": "string",
    "relation": "string",
    "marital": "string",
    "place_record_key": "string",
    "place_on": "date",
    "place_source": "string",
    "in_county": "boolean",
    "township_code": "string",
    "village_code": "string",
}
"""One row per person. life_status: alive, death_pending, dead. in_county is null when unknown.
age is in full years on the night's date; null when the birth date is unknown."""

REFUSALS = {"person_id": "string", "refused_on": "date"}
"""Whose help a visit found refused, by the family or by the office, and when. One row per person and day."""

PLACES = {
    "record_key": "string",
    "person_id": "string",
    "source": "string",
    "place_on": "date",
    "precedence": "int64",
    "in_county": "boolean",
    "township_code": "string",
    "village_code": "string",
}
"""One row per record that says where its person lives. Codes are 9 and 12 digits; the address text
itself stays in `identities`. Among equal dates the higher precedence wins."""

LINKS = {
    "record_key": "string",
    "record": "string",
    "source": "string",
    "person_id": "string",
    "household_id": "string",
    "decision": "string",
    "how": "string",
    "probability": "float64",
}
"""One row per record. decision: decided, doubtful, new."""

FINDINGS = {
    "signal": "string",
    "person_id": "string",
    "household_id": "string",
    "severity": "int8",
    "occurred_on": "date",
    "measure": "decimal(16, 2)",
    "proof_count": "int64",
}
"""One row per signal and person."""


def facts_schema(record: str) -> dict[str, str]:
    """The columns of a fact table as signals see it."""
    return {**FACT_KEYS, **RECORDS[record].schema}
