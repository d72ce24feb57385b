"""The working database as it was known at an arrival: versions known then and not yet replaced."""

from __future__ import annotations

from data_contracts.records import RECORDS
from data_contracts.terms import Source
from flows.engine import Engine
from flows.tables import record_table


def known_identities(engine: Engine, arrivals: int) -> None:
    """Make the view `known_identities`: who every currently known record is about."""
    engine.duckdb.execute(
        f"CREATE OR REPLACE TEMP VIEW known_identities AS "
        f"SELECT * FROM identities WHERE {_known(arrivals)}"
    )


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
