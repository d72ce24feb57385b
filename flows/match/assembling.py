"""The matcher's input: one row per record, every raw value replaced by what was read in it.

Each table is kept by a statement of its own, with no more joins than it has columns, and its raw
values are forgotten before the next one lands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flows.engine import Engine
from flows.match.fields import FIELDS, PARTS, Reading
from flows.match.landing import HAN, Landed
from flows.match.plain import ID_BORN, odd
from flows.match.reading import PARENTS, fields, reading_table
from flows.match.words import literal
from matchers.rows import INPUTS

_TYPES = {"string": "VARCHAR", "date": "DATE", "int64": "BIGINT", "boolean": "BOOLEAN"}

_READ = {
    "name": {
        "name_key": "name_key",
        "name_sound": "name_sound",
        "name_bag": "name_bag",
        "surname_sound": "surname_sound",
        "given_sound": "given_sound",
        "parent_name_key": "parent_name_key",
    },
    "former_name": {"former_name_key": "name_key", "former_name_bag": "name_bag"},
    "contact_name": {"contact_name_key": "name_key", "contact_name_bag": "name_bag"},
    "guardian_name": {"guardian_name_key": "name_key", "guardian_name_bag": "name_bag"},
    "id_number": {
        "id_status": "status",
        "id_text": "text",
        "id_clean": "number",
        "id_birth_date": "birth_date",
    },
    "guardian_number": {"guardian_number": "number"},
    "sex": {"sex": "sex"},
    "birth_date": {
        "birth_date": "birth_date",
        "birth_year": "birth_year",
        "birth_digits": "birth_digits",
    },
    "phone": {"phone": "phone"},
    "contact_phone": {"contact_phone": "phone"},
    "guardian_phone": {"guardian_phone": "phone"},
    "household": {"household": "text"},
    "relation": {"relation": "relation"},
}
"""What each field says: the input, and the column of the reading that holds it."""

_DERIVED = {
    "id_text": "coalesce(id_text, id_clean)",
    "id_status": "coalesce(id_status, CASE WHEN id_clean IS NULL THEN 'missing' ELSE 'valid' END)",
    "id_sex": "CASE WHEN ord(id_clean[17]) % 2 = 1 THEN 'male' WHEN id_clean <> '' THEN 'female' END",
}
"""What need not be kept, because it follows from what is."""


def assemble(engine: Engine, table: Landed, kept: str) -> None:
    """Keep the rows of a landed table as `kept`, and forget its raw values."""
    said = _said(table)
    kinds = _kinds([table])
    chosen = ", ".join(
        f"CAST({said[name]} AS {_TYPES[kinds[name]]}) AS {name}" for name in kinds if name in said
    )
    raw = f"SELECT rowid, *, {_is_latin(table)} AS is_latin FROM {table.name}"
    # A row carries its number, so they may be written in any order; that is faster.
    engine.duckdb.execute("SET preserve_insertion_order = false")
    engine.duckdb.execute(
        f"CREATE OR REPLACE TABLE {kept} AS SELECT {chosen} FROM ({raw}) AS raw {' '.join(_joins(table))}"
    )
    engine.duckdb.execute("RESET preserve_insertion_order")
    engine.duckdb.execute(f"DROP TABLE {table.name}")


def rows_view(engine: Engine, kept: Mapping[str, Landed]) -> Any:
    """All kept tables as one, `match_rows`.

    It is a view, so that columns which a file has not got cost nothing, and a question about the
    register looks into no other table.
    """
    kinds = _kinds(kept.values())
    parts = " UNION ALL ".join(_shown(table, name, kinds) for name, table in kept.items())
    engine.duckdb.execute(f"CREATE OR REPLACE TEMP VIEW match_rows AS {parts}")
    return engine.table("match_rows")


def _shown(table: Landed, kept: str, kinds: Mapping[str, str]) -> str:
    shown = {
        **{name: name for name in _said(table)},
        **(_DERIVED if "id_number" in table.fields else {"id_status": "'missing'"}),
        "source": literal(table.spec.name),
        "is_register": str(table.spec.is_register).lower(),
    }
    columns = ", ".join(
        f"CAST({shown.get(name, 'NULL')} AS {_TYPES[kind]}) AS {name}"
        for name, kind in kinds.items()
    )
    return f"SELECT {columns} FROM {kept}"


def _kinds(tables: Iterable[Landed]) -> dict[str, str]:
    """Every column of the matcher's input and its type: the plain texts differ from spec to spec."""
    texts = sorted({field for table in tables for field in fields(table, Reading.TEXT)})
    return INPUTS | dict.fromkeys(texts, "string")


def _is_latin(table: Landed) -> str:
    """Given name and surname apart, and in no Chinese characters."""
    return "false" if table.has_name else f"NOT coalesce(regexp_matches(name, '{HAN}'), false)"


def _said(table: Landed) -> dict[str, str]:
    """Every input that is kept of a table, as an expression over its raw rows and the readings."""
    said = {
        "rid": f"{table.before} + raw.rowid + 1",
        "parent_name_bag": "read_parent.name_bag",
    }
    for field in table.fields:
        said |= {name: f"read_{field}.{part}" for name, part in _READ.get(field, {}).items()}
        match FIELDS.get(field, Reading.TEXT):
            case Reading.PHONE | Reading.CODE:
                said[field] = f"coalesce(raw.{field}, {said[field]})"
            case Reading.AS_TYPED:
                said[field] = f"raw.{field}"
            case Reading.TEXT:
                said[field] = f"read_{field}.text"
    if "id_number" in table.fields:
        said["id_clean"] = f"coalesce(raw.id_number, {said['id_clean']})"
        said["id_birth_date"] = f"coalesce(raw.{ID_BORN}, {said['id_birth_date']})"
    return said if table.has_name else said | _parts_say(table, said)


def _parts_say(table: Landed, said: Mapping[str, str]) -> dict[str, str]:
    """Given name and surname apart: one name in Chinese; in other letters they stay apart.

    There the parts are compared and not the whole, which would count the same evidence twice; the
    sounds still bring together who may be the same.
    """
    parted = {
        name: f"CASE WHEN NOT raw.is_latin THEN {said[name]} END"
        for name in ("name_key", "parent_name_key")
    }
    for part, sound in zip(PARTS, ("given_sound", "surname_sound"), strict=True):
        if part in table.fields:
            parted[sound] = (
                f"CASE WHEN raw.is_latin THEN part_{part}.name_bag ELSE {said[sound]} END"
            )
            parted[part] = f"CASE WHEN raw.is_latin THEN {said[part]} END"
    return parted


def _joins(table: Landed) -> Iterator[str]:
    for field in table.fields:
        reading = FIELDS.get(field, Reading.TEXT)
        if reading is not Reading.AS_TYPED:
            yield _join(reading_table(reading), f"read_{field}", f"raw.{odd(field)}")
        if field in PARTS and not table.has_name:
            yield _join(reading_table(Reading.NAME), f"part_{field}", f"raw.{field}")
    yield _join(PARENTS, "read_parent", "read_name.parent_name_key")


def _join(table: str, alias: str, key: str) -> str:
    return f"LEFT JOIN {table} AS {alias} ON {key} = {alias}.value"
