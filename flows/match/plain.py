"""Cells in the plainest form say themselves: the engine sees that, and no reader is asked.

Nine cells in ten are such. What is said of them here must be what the readers say; a property test
holds that.
"""

from __future__ import annotations

from collections.abc import Collection

from flows.match.fields import FIELDS, Reading

ID_BORN = "id_born"
"""The date in a plain identity number."""

_SHAPE = "[1-8][0-9]{16}[0-9X]"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FIRST_YEAR, _LAST_YEAR = 1850, 2100
_PLAIN = {
    # Two equal digits at the end may be the end of a filler.
    Reading.PHONE: "regexp_full_match({0}, '1[3-9][0-9]{{9}}') AND {0}[10] <> {0}[11]",
    Reading.CODE: "regexp_full_match({0}, '[0-9a-z]*[1-9][0-9a-z]{{3,}}')",
}
"""What is as it would be read."""


def odd(field: str) -> str:
    """The raw column for what of a field has to be read: all of it, or what is not plain."""
    return f"odd_{field}" if field == "id_number" or FIELDS.get(field) in _PLAIN else field


def parted(rows: str, fields: Collection[str]) -> str:
    """Rows in which some fields keep their plain cells, and `odd_...` takes the others."""
    if "id_number" in fields:
        rows = _with_plain_numbers(rows)
    for field in sorted(fields):
        plain = _PLAIN.get(FIELDS.get(field, Reading.TEXT))
        if plain:
            rows = _split(f"SELECT *, {plain.format(field)} AS is_plain FROM ({rows})", field)
    return rows


def _with_plain_numbers(rows: str) -> str:
    """GB 11643-1999: 17 digits, a date in the 7th to 14th, and an ISO 7064 MOD 11-2 character."""
    digits = f"""
        SELECT *, CASE WHEN regexp_full_match(id_number, '{_SHAPE}')
            THEN CAST(left(id_number, 17) AS BIGINT) END AS digits FROM ({rows})"""
    # Two halves of 32 bits are divided faster than one number of 64.
    halves = f"""
        SELECT *, CAST(digits // 100000000 AS INTEGER) AS head,
            CAST(digits % 100000000 AS INTEGER) AS tail,
            CAST(digits // 1000 % 100000000 AS INTEGER) AS day,
            ord(id_number[18]) - ord('0') AS last FROM ({digits})"""
    summed = f"SELECT *, ({_weighed()}) % 11 AS remainder FROM ({halves})"
    judged = f"SELECT *, {_CHECK_HOLDS} AND {_IS_DAY} AS is_plain FROM ({summed})"
    born = f"make_date({_YEAR}, {_MONTH}, {_DAY})"
    dated = f"""
        SELECT * EXCLUDE (digits, head, tail, day, last, remainder),
            CASE WHEN is_plain THEN {born} END AS {ID_BORN} FROM ({judged})"""
    return _split(dated, "id_number")


def _split(rows: str, field: str) -> str:
    return f"""
        SELECT * EXCLUDE (is_plain) REPLACE (CASE WHEN is_plain THEN {field} END AS {field}),
            CASE WHEN is_plain THEN NULL ELSE {field} END AS odd_{field} FROM ({rows})"""


def _weighed() -> str:
    terms = [f"head // {10 ** (8 - at)} % 10 * {weight}" for at, weight in enumerate(_WEIGHTS[:9])]
    terms += [f"tail // {10 ** (7 - at)} % 10 * {weight}" for at, weight in enumerate(_WEIGHTS[9:])]
    return " + ".join(terms)


_LETTER_X = ord("X") - ord("0")
_CHECK_HOLDS = f"(12 - remainder) % 11 = CASE last WHEN {_LETTER_X} THEN 10 ELSE last END"

_YEAR, _MONTH, _DAY = "(day // 10000)", "(day // 100 % 100)", "(day % 100)"
_LEAP = f"({_YEAR} % 4 = 0 AND ({_YEAR} % 100 <> 0 OR {_YEAR} % 400 = 0))"
_HAS_31 = f"({_MONTH} + {_MONTH} // 8) % 2 = 1"
# No IN: the engine may make a join of it, and a join loses the order of the rows.
_IS_DAY = f"""
    {_YEAR} BETWEEN {_FIRST_YEAR} AND {_LAST_YEAR} AND {_MONTH} BETWEEN 1 AND 12
    AND {_DAY} BETWEEN 1 AND 31 AND ({_DAY} < 31 OR {_HAS_31})
    AND ({_MONTH} <> 2 OR {_DAY} <= 28 OR ({_DAY} = 29 AND {_LEAP}))"""
