"""By what an erased person is known again: keyed hashes of what their rows say, never the values.

A row that bears a usable number is somebody's by that number and a name that may be meant for theirs
(a guardian's number on a child's row is not the guardian's row); without one, by name and birth date
or name and phone; and in any case by the record key that it had before.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from flows import reference
from matchers.identity_number import read_numbers
from matchers.names import read_names
from matchers.phones import read_phones

_DIGITS = 32
_FEWEST_FOR_A_SLIP = 3
"""Characters of a name of which one may be wrong; in a shorter name it could be anybody's."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What one row says of whom it is about, as the matchers read it; None where it says nothing."""

    number: str | None
    name: str | None
    pinyin: str | None
    born: date | None
    phone: str | None


def read_said(rows: Iterable[tuple[str | None, str | None, date | None, str | None]]) -> list[Said]:
    """Raw number, name, birth date and phone of rows, read exactly as loading reads them."""
    listed = list(rows)
    numbers = _read([row[0] for row in listed], lambda values: read_numbers(values), "number")
    private = reference.private_use_characters()
    names = _read(
        [row[1] for row in listed], lambda values: read_names(values, private), "name_key"
    )
    sounds = _read(
        [row[1] for row in listed], lambda values: read_names(values, private), "name_pinyin"
    )
    phones = _read([row[3] for row in listed], lambda values: read_phones(values), "phone")
    return [
        Said(
            number=numbers.get(number),
            name=names.get(name),
            pinyin=sounds.get(name),
            born=born,
            phone=phones.get(phone),
        )
        for number, name, born, phone in listed
    ]


def marks_of(said: Said, secret: bytes) -> Iterator[str]:
    """The marks by which a row would be recognised as this person's."""
    if said.number:
        yield _keyed(secret, "number", said.number)
        for form in _forms(said):
            yield _keyed(secret, "number and name", f"{said.number} {form}")
    if said.name and said.born:
        yield _keyed(secret, "name and birth", f"{said.name} {said.born}")
    if said.name and said.phone:
        yield _keyed(secret, "name and phone", f"{said.name} {said.phone}")


def is_marked(said: Said, marks: frozenset[str], secret: bytes) -> bool:
    """Whether a row is about somebody who bears one of the marks."""
    if said.number and not said.name:
        return _keyed(secret, "number", said.number) in marks
    if said.number:
        forms = (f"{said.number} {form}" for form in _forms(said))
        return any(_keyed(secret, "number and name", form) in marks for form in forms)
    found = marks_of(said, secret)
    return any(mark in marks for mark in found)


def record_mark(record_key: str, secret: bytes) -> str:
    """The mark of a record key."""
    return _keyed(secret, "record", record_key)


def _forms(said: Said) -> Iterator[str]:
    """The name itself, its sound, and what stays when any one character is misread."""
    if said.name:
        yield f"name {said.name}"
        if len(said.name) >= _FEWEST_FOR_A_SLIP:
            for at in range(len(said.name)):
                yield f"name {said.name[:at]}_{said.name[at + 1 :]}"
    if said.pinyin:
        yield f"sound {said.pinyin}"


def _keyed(secret: bytes, kind: str, value: str) -> str:
    text = f"erased {kind}\x1f{value}".encode()
    return hmac.new(secret, text, hashlib.sha256).hexdigest()[:_DIGITS]


def _read(values: list[str | None], reader: object, column: str) -> Mapping[str | None, str]:
    """Of each distinct value what a matcher reads in it."""
    distinct = sorted({value for value in values if value is not None})
    if not distinct:
        return {}
    table = reader(pa.array(distinct, pa.string()))  # type: ignore[operator]
    found = zip(distinct, table[column].to_pylist(), strict=True)
    return {value: read for value, read in found if read is not None}
