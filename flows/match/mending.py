"""Name and number in each other's cell are put back, before anything is read."""

from __future__ import annotations

import pyarrow.compute as pc

from flows.engine import Engine
from flows.match.landing import Landed
from flows.match.plain import odd
from flows.match.reading import names_of
from matchers.identity_number import read_numbers

_NUMBER = odd("id_number")
_HAN = r"[\x{3400}-\x{9fff}]"
_LONG = 15
"""Bytes. No number is shorter, and few names are as long."""


def mend_swapped_cells(engine: Engine, table: Landed) -> int:
    """Swap back where the name is a verified number or missing, and the number is a name.

    Returns how many.
    """
    if not {"name", "id_number"} <= set(table.spec.columns):
        return 0
    suspects = engine.arrow(
        f"SELECT rowid AS place, name, {_NUMBER} AS number FROM {table.name} "
        f"WHERE strlen(name) >= {_LONG} AND {_NUMBER} IS NOT NULL AND regexp_matches(name, '[0-9０-９]') "
        f"OR name IS NULL AND regexp_full_match({_NUMBER}, '{_HAN}{{2}}[^0-9０-９]*')"
    )
    if not suspects.num_rows:
        return 0
    has_number = pc.is_valid(read_numbers(suspects["name"])["number"])
    says_nothing = pc.equal(read_numbers(suspects["number"])["status"], "placeholder")
    is_name = pc.and_not(pc.is_valid(names_of(suspects["number"])["name_key"]), says_nothing)
    is_parent = pc.is_valid(names_of(suspects["number"])["parent_name_key"])
    swapped = suspects.filter(
        pc.and_(pc.or_(has_number, pc.is_null(suspects["name"])), pc.or_(is_name, is_parent))
    )
    engine.duckdb.register("match_swapped", swapped.select(["place"]))
    engine.duckdb.execute(
        f"UPDATE {table.name} SET name = {_NUMBER}, {_NUMBER} = name "
        "WHERE rowid IN (SELECT place FROM match_swapped)"
    )
    engine.duckdb.unregister("match_swapped")
    return swapped.num_rows
