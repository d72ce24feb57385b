"""Bring the good rows of one accepted delivery into the working database, as record versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from data_contracts.records import IDENTITY
from data_contracts.terms import DeliveryKind, Source
from flows.engine import Engine
from flows.ledger import Delivery
from flows.readings import read_identities
from flows.tables import READING_COLUMNS, note_delivery, record_table
from matchers.divisions import Divisions
from transforms.standardise import facts, who


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What a delivery changed in what is known."""

    new: int
    changed: int
    unchanged: int
    gone: int


def load(
    engine: Engine,
    source: Source,
    delivery: Delivery,
    judgement: dict[str, Any],
    secret: bytes,
    divisions: Divisions,
) -> Loaded:
    """Load the table `good`; its rows and the delivery's acceptance commit together."""
    good = engine.table("good")
    engine.materialise("facts", facts(good, source))
    engine.materialise("who", who(good, source))
    engine.duckdb.execute("BEGIN")
    try:
        loaded = _versions(engine, source, delivery.arrival)
        engine.duckdb.execute(
            "DELETE FROM who WHERE record_key NOT IN "
            "(SELECT record_key FROM incoming WHERE change <> 'unchanged')"
        )
        read_identities(engine, source, divisions)
        _note_sightings(engine, source, delivery.arrival)
        _insert_records(engine, source, delivery.arrival)
        _insert_identities(engine, source, delivery.arrival, secret.hex())
        note_delivery(engine.duckdb, delivery, {**judgement, "change": loaded.__dict__})
        engine.duckdb.execute("COMMIT")
    except BaseException:
        engine.duckdb.execute("ROLLBACK")
        raise
    for name in ("facts", "who", "incoming"):
        engine.duckdb.execute(f"DROP TABLE IF EXISTS temp.{name}")
    return loaded


def _versions(engine: Engine, source: Source, arrival: int) -> Loaded:
    """Decide for each row whether it is new, changed or unchanged, and close what it replaces."""
    table = record_table(source.becomes.name)
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE incoming AS
        WITH known AS (
          SELECT record_key, max(version) AS version,
                 max(content) FILTER (WHERE known_to IS NULL) AS content
          FROM {table} WHERE source = $source GROUP BY record_key
        )
        SELECT good.record_key, good.content, good.row, good.line,
               coalesce(known.version, 0) + 1 AS version,
               CASE WHEN known.content IS NULL THEN 'new'
                    WHEN known.content = good.content THEN 'unchanged'
                    ELSE 'changed' END AS change
        FROM good LEFT JOIN known USING (record_key)
        """,
        {"source": source.name},
    )
    counts = dict(
        engine.duckdb.execute("SELECT change, count(*) FROM incoming GROUP BY change").fetchall()
    )
    gone = _close(engine, source, arrival)
    return Loaded(
        new=counts.get("new", 0),
        changed=counts.get("changed", 0),
        unchanged=counts.get("unchanged", 0),
        gone=gone,
    )


def _close(engine: Engine, source: Source, arrival: int) -> int:
    """End the versions that changed and, after a full delivery, those that are no longer there."""
    full = source.delivery is DeliveryKind.FULL
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE closing AS
        SELECT current.record_key, incoming.record_key IS NULL AS gone
        FROM {record_table(source.becomes.name)} AS current
        LEFT JOIN incoming USING (record_key)
        WHERE current.source = $source AND current.known_to IS NULL
          AND (incoming.change = 'changed' OR ({full} AND incoming.record_key IS NULL))
        """,
        {"source": source.name},
    )
    for table in (record_table(source.becomes.name), "identities"):
        engine.duckdb.execute(
            f"UPDATE {table} SET known_to = $arrival WHERE source = $source AND known_to IS NULL "
            "AND record_key IN (SELECT record_key FROM closing)",
            {"arrival": arrival, "source": source.name},
        )
    gone = engine.duckdb.execute("SELECT count(*) FROM closing WHERE gone").fetchone()[0]
    engine.duckdb.execute("DROP TABLE closing")
    return int(gone)


def _note_sightings(engine: Engine, source: Source, arrival: int) -> None:
    """Remember where each record was seen; of full deliveries only the newest is of interest."""
    if source.delivery is DeliveryKind.FULL:
        engine.duckdb.execute(
            "DELETE FROM sighting WHERE arrival IN "
            "(SELECT arrival FROM delivery WHERE source = $source)",
            {"source": source.name},
        )
    engine.duckdb.execute(
        "INSERT INTO sighting SELECT $arrival, row, line, record_key FROM incoming",
        {"arrival": arrival},
    )


_VERSION = (
    "incoming.record_key, incoming.version, $source AS source, incoming.content, "
    "$arrival AS arrival, incoming.row, incoming.line, $arrival AS known_from, NULL AS known_to"
)


def _insert_records(engine: Engine, source: Source, arrival: int) -> None:
    columns = ", ".join(f'facts."{name}"' for name in source.becomes.columns)
    engine.duckdb.execute(
        f"INSERT INTO {record_table(source.becomes.name)} "
        f"SELECT {_VERSION}, {columns} FROM incoming JOIN facts USING (record_key) "
        "WHERE incoming.change <> 'unchanged'",
        {"source": source.name, "arrival": arrival},
    )


def _insert_identities(engine: Engine, source: Source, arrival: int, secret: str) -> None:
    identity = ", ".join(f"who.{name}" for name in IDENTITY.columns)
    reading = {
        "id_status": "coalesce(number.status, 'missing')",
        "id_text": "number.text",
        "id_clean": "number.number",
        "id_birth_date": "number.birth_date",
        "id_sex": "number.sex",
        "name_key": "name.name_key",
        "name_pinyin": "name.name_pinyin",
        "name_bag": "name.name_bag",
        "surname_sound": "name.surname_sound",
        "given_sound": "name.given_sound",
        "parent_name_key": "name.parent_name_key",
        "parent_name_bag": "parent.name_bag",
        "former_name_key": "former.name_key",
        "former_name_bag": "former.name_bag",
        "contact_name_key": "contact.name_key",
        "contact_name_bag": "contact.name_bag",
        "phone_key": "phone.phone",
        "contact_phone_key": "contact_phone.phone",
        "number_hash": keyed("'number'", "number.number"),
        "household_hash": keyed("'household'", "who.household_no"),
        "in_county": "coalesce(address.in_county, place.in_county, registered.in_county)",
        "township_code": _place("township_code"),
        "village_code": _place("village_code"),
    }
    readings = ", ".join(f"{reading[column]} AS {column}" for column in READING_COLUMNS)
    engine.duckdb.execute(
        f"""
        INSERT INTO identities
        SELECT {_VERSION}, $record AS record, who.dated, {identity}, {readings}
        FROM incoming JOIN who USING (record_key)
        LEFT JOIN reading_number AS number ON number.value = who.id_number
        LEFT JOIN reading_name AS name ON name.value = who.name
        LEFT JOIN reading_name AS former ON former.value = who.former_name
        LEFT JOIN reading_name AS contact ON contact.value = who.contact_name
        LEFT JOIN reading_parent AS parent ON parent.value = name.parent_name_key
        LEFT JOIN reading_phone AS phone ON phone.value = who.phone
        LEFT JOIN reading_phone AS contact_phone ON contact_phone.value = who.contact_phone
        LEFT JOIN reading_place AS place ON place.value = who.place_code
        LEFT JOIN reading_address AS address ON address.value = who.address
        LEFT JOIN reading_address AS registered
          ON registered.value = CASE WHEN who.address IS NULL THEN who.registered_address END
        """,
        {
            "source": source.name,
            "arrival": arrival,
            "record": source.becomes.name,
            "secret": secret,
        },
    )


def _place(column: str) -> str:
    """The reading to trust: the address as written, then the code, then the registered address."""
    return (
        "CASE WHEN address.in_county IS NOT NULL AND address.township_code IS NOT NULL "
        f"OR address.in_county = false THEN address.{column} "
        f"ELSE coalesce(place.{column}, registered.{column}) END"
    )


def keyed(purpose: str, value: str, parameter: str = "secret") -> str:
    """A join key (SQL): what finds a number again without telling it."""
    return (
        f"CASE WHEN {value} IS NOT NULL THEN "
        f"substr(sha256(concat(${parameter}, chr(31), {purpose}, chr(31), {value})), 1, 24) END"
    )
