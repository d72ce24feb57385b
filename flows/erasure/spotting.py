"""Which rows of a delivered file are about people who bear certain marks.

Rows are parsed as loading parses them, so that what would have been loaded as theirs is found; a row
that is spoilt is known by a number that stands anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data_contracts.terms import Source
from flows.erasure.marks import is_marked, read_said, record_mark
from flows.receive.chunks import DeliveredTable
from flows.receive.keys import hash_rows, sort_out
from flows.receive.opening import opened
from flows.receive.parse import PARSED, Parser, sql_types
from flows.receive.unusable import UnusableFileError

_WANTED = ("id_number", "name", "birth_date", "phone")
_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]|[0-9]{15}")


@dataclass(frozen=True, order=True)
class Spot:
    """A row of a delivered file: its number among the rows, and the line it begins on."""

    row: int
    line: int


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What to look for: marks of people, and of records that were theirs."""

    people: frozenset[str]
    records: frozenset[str]

    def __bool__(self) -> bool:
        """Whether there is anybody to look for."""
        return bool(self.people or self.records)


def is_a_table(data: bytes, source: Source) -> bool:
    """Whether a file can be read to its end as the source's table."""
    try:
        table = opened(data, source)
        if table.header.clashes or not table.header.fits(source):
            return False
        for _ in table.chunks():
            pass
    except UnusableFileError:
        return False
    return True


def spotted(
    connection: Any,
    source: Source,
    table: DeliveredTable,
    wanted: Marks,
    *,
    on: date,
    secret: bytes,
) -> list[Spot]:
    """The rows of an opened file that are about somebody wanted, in the order of the file."""
    parser = Parser(connection, source, table.header, on)
    parser.parse(table)
    found = _by_what_they_say(connection, source, wanted.people, secret)
    found |= _by_record(connection, source, wanted.records, secret)
    found |= _spoilt(connection, parser.faulty_cells, wanted.people, secret)
    connection.execute(f"DROP TABLE IF EXISTS {PARSED}")
    connection.execute("DROP TABLE IF EXISTS good")
    return sorted(found)


def _by_what_they_say(
    connection: Any, source: Source, marks: frozenset[str], secret: bytes
) -> set[Spot]:
    columns = [f'"{name}"' if name in sql_types(source) else "NULL" for name in _WANTED]
    rows = connection.execute(f"SELECT row, line, {', '.join(columns)} FROM {PARSED}").fetchall()
    said = read_said((number, name, born, phone) for _, _, number, name, born, phone in rows)
    return {
        Spot(row, line)
        for (row, line, *_), one in zip(rows, said, strict=True)
        if is_marked(one, marks, secret)
    }


def _by_record(connection: Any, source: Source, marks: frozenset[str], secret: bytes) -> set[Spot]:
    """Rows of the records that were theirs, and every copy of such a row in the file."""
    if not marks:
        return set()
    sort_out(connection, source, secret)
    rows = connection.execute("SELECT row, record_key FROM good").fetchall()
    theirs = [row for row, key in rows if record_mark(key, secret) in marks]
    hash_rows(connection, source, secret)
    found = connection.execute(
        "SELECT row, line FROM good WHERE (record_key, content) IN "
        "(SELECT (record_key, content) FROM good WHERE list_contains(?, row))",
        [theirs],
    ).fetchall()
    return {Spot(row, line) for row, line in found}


def _spoilt(
    connection: Any, cells: Mapping[int, Sequence[str]], marks: frozenset[str], secret: bytes
) -> set[Spot]:
    lines = dict(connection.execute(f"SELECT row, line FROM {PARSED}").fetchall())
    return {
        Spot(row, lines[row])
        for row, texts in cells.items()
        if names_a_number(texts, marks, secret)
    }


def names_a_number(texts: Sequence[str], marks: frozenset[str], secret: bytes) -> bool:
    """Whether one of the numbers in some texts is a wanted person's."""
    numbers = _NUMBER.findall(" ".join(texts))
    said = read_said((number, None, None, None) for number in numbers)
    return any(is_marked(one, marks, secret) for one in said)
