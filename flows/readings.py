"""Fetch the distinct raw identity values of what just arrived and let the matchers read them.

Only values of new rows are read, and only once: the answers stand beside the raw values in
`identities`. Nothing of this outlives the connection elsewhere.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from data_contracts.terms import Source
from flows import reference
from flows.engine import Engine
from matchers.addresses import read_addresses, read_place_codes
from matchers.divisions import Divisions
from matchers.identity_number import read_numbers
from matchers.names import read_names
from matchers.phones import read_phones


def read_identities(engine: Engine, source: Source, divisions: Divisions) -> None:
    """Make the reading tables for the rows in `who`: numbers, names, phones, places."""
    engine.register("reading_number", read_numbers(_distinct(engine, "id_number")))
    names = read_names(
        _distinct(engine, "name", "former_name", "contact_name"), reference.private_use_characters()
    )
    engine.register("reading_name", names)
    parents = names["parent_name_key"].unique().drop_null()
    engine.register("reading_parent", read_names(parents, reference.private_use_characters()))
    engine.register("reading_phone", read_phones(_distinct(engine, "phone", "contact_phone")))
    wanted = ("address", "registered_address") if source.carries_current_address else ()
    engine.register("reading_address", read_addresses(_distinct(engine, *wanted), divisions))
    engine.register("reading_place", read_place_codes(_distinct(engine, "place_code"), divisions))


def _distinct(engine: Engine, *columns: str) -> Any:
    if not columns:
        return pa.array([], pa.string())
    union = " UNION ALL ".join(
        f"SELECT {column} AS value FROM who WHERE {column} IS NOT NULL" for column in columns
    )
    return engine.arrow(f"SELECT DISTINCT value FROM ({union}) ORDER BY value")["value"]
