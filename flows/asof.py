"""The working database as it was known at an arrival: versions known then and not yet replaced."""

from __future__ import annotations

from data_contracts.records import RECORDS
from data_contracts.terms import Source
from flows.engine import Engine
from flows.tables import record_table
from matchers.rows import INPUTS


def known_identities(engine: Engine, arrivals: int) -> None:
    """Make the view `known_identities`: who every currently known record is about."""
    engine.duckdb.execute(
        f"CREATE OR REPLACE TEMP VIEW known_identities AS "
        f"SELECT * FROM identities WHERE {_known(arrivals)}"
    )


def link_rows(engine: Engine) -> None:
    """Make the view `link_rows`: what linking knows of every currently known record."""
    nothing = ", ".join(
        f"NULL::{_DUCKDB_TYPE[kind]} AS {name}"
        for name, kind in INPUTS.items()
        if name.startswith("guardian_")
    )
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP VIEW link_rows AS
        SELECT arrival * {ROWS_OF_A_DELIVERY} + row AS rid, record_key, source,
               record = 'resident' AS is_register, id_status, id_text, id_clean, id_birth_date,
               id_sex, name_key, name_bag, surname_sound, given_sound, parent_name_key,
               parent_name_bag, former_name_key, former_name_bag, sex, birth_date,
               year(birth_date) AS birth_year,
               CAST(strftime(birth_date, '%Y%m%d') AS BIGINT) AS birth_digits, phone_key AS phone,
               coalesce(address, registered_address) AS address, household_hash AS household,
               contact_relation AS relation, contact_name_key, contact_name_bag,
               contact_phone_key AS contact_phone, {nothing}
        FROM known_identities
        """
    )


_DUCKDB_TYPE = {"string": "VARCHAR", "int64": "BIGINT"}

ROWS_OF_A_DELIVERY = 10**10
"""Delivery and row in one number, in the order in which rows arrived."""


def known_facts(engine: Engine, arrivals: int) -> None:
    """Make one table per record: its currently known facts with their person."""
    for name, record in RECORDS.items():
        facts = ", ".join(f'record."{column}"' for column in record.columns)
        engine.duckdb.execute(
            f"CREATE OR REPLACE TEMP TABLE fact_{name} AS "
            f"SELECT record.record_key, link.person_id, {facts} "
            f"FROM {record_table(name)} AS record JOIN link USING (record_key) "
            f"WHERE {_known(arrivals)}"
        )


def known_places(engine: Engine, sources: dict[str, Source]) -> None:
    """Make the table `place`: every record that says where its person lives.

    Sources that see the person (a hospital stay, a lease) go before the register on the same day.
    """
    saying = [name for name, source in sources.items() if source.carries_current_address]
    listed = ", ".join(f"'{name}'" for name in saying)
    engine.duckdb.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE place AS
        SELECT identity.record_key, link.person_id, identity.source, identity.dated AS place_on,
               CASE WHEN identity.record = 'resident' THEN 1 ELSE 2 END::BIGINT AS precedence,
               identity.in_county, identity.township_code, identity.village_code
        FROM known_identities AS identity JOIN link USING (record_key)
        WHERE identity.source IN ({listed})
          AND (identity.in_county IS NOT NULL OR identity.township_code IS NOT NULL)
        """
    )


def _known(arrivals: int) -> str:
    return f"known_from <= {arrivals} AND (known_to IS NULL OR known_to > {arrivals})"
