"""What linking knows of one record: who it says it is about, read once per distinct value."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

INPUTS = {
    "rid": "int64",
    "source": "string",
    "is_register": "boolean",
    "id_status": "string",
    "id_text": "string",
    "id_clean": "string",
    "id_birth_date": "date",
    "id_sex": "string",
    "name_key": "string",
    "name_bag": "int64",
    "surname_sound": "int64",
    "given_sound": "int64",
    "parent_name_key": "string",
    "parent_name_bag": "int64",
    "former_name_key": "string",
    "former_name_bag": "int64",
    "sex": "string",
    "birth_date": "date",
    "birth_year": "int64",
    "birth_digits": "int64",
    "phone": "string",
    "address": "string",
    "household": "string",
    "relation": "string",
    "contact_name_key": "string",
    "contact_name_bag": "int64",
    "contact_phone": "string",
    "guardian_name_key": "string",
    "guardian_name_bag": "int64",
    "guardian_number": "string",
    "guardian_phone": "string",
}
"""The columns that every table brings to linking; what a table has not got is null.

`rid` is unique and orders the records (delivery, then row). `id_clean` is a verified number, all 18
characters; `id_text` what was typed. A `_sound` is a hash of syllables, a `_bag` of the sorted ones.
`birth_digits` is yyyymmdd as typed, also where there is no such day. `parent_name_key` is 张三 where the name said 张三之子. More columns (given_name, postcode, extra_1
...) are compared as plain text.
"""

TEXT_FIELDS = ("given_name", "surname", "postcode")
"""Plain text that a table may bring besides; `extra_...` columns are compared alike."""


def text_columns(rows: ir.Table) -> list[str]:
    """The plain text fields that the rows bring."""
    return [name for name in rows.columns if name in TEXT_FIELDS or name.startswith("extra_")]


def with_whole_dates(rows: ir.Table) -> ir.Table:
    """Where only the year is known, 1 January stands for any day of it."""
    first_day = ibis.ifelse(
        rows.birth_year.between(1000, 2100), ibis.date(rows.birth_year, 1, 1), ibis.null("date")
    )
    digits = ibis.ifelse(rows.birth_year.notnull(), rows.birth_year * 10_000 + 101, None)
    return rows.mutate(
        birth_date=ibis.coalesce(rows.birth_date, first_day),
        birth_digits=ibis.coalesce(rows.birth_digits, digits),
    )
