"""What arrives about somebody who was erased is dropped before anything stores it.

Departments know nothing of an erasure and send everybody again. How many rows were dropped stands in
the report; which they were is not kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from data_contracts.terms import Source
from flows.erasure.erased import ERASED
from flows.erasure.spotting import Marks, is_a_table, names_a_number, spotted
from flows.erasure.stripping import stripped
from flows.ledger import Ledger
from flows.receive import Judgement
from flows.receive.opening import opened

_TOLD = "依法删除的人员"


def wanted_in(ledger: Ledger, source: str) -> Marks:
    """The marks of everybody who was erased, with those of their records in a source."""
    bodies = [one["body"] for one in ledger.notes((ERASED,))]
    return Marks(
        people=frozenset(mark for body in bodies for mark in body["marks"]),
        records=frozenset(mark for body in bodies for mark in body["records"].get(source, ())),
    )


def without_erased(
    connection: Any, ledger: Ledger, source: Source, data: bytes, *, on: date, secret: bytes
) -> tuple[bytes, int]:
    """The file as it may be kept, and how many rows were dropped.

    What cannot be read as the source's table is refused and goes back; until then we keep it without
    the lines that name an erased number. A broken workbook has no lines and is kept as it came.
    """
    wanted = wanted_in(ledger, source.name)
    if not wanted:
        return data, 0
    if not is_a_table(data, source):
        return _without_numbers(data, wanted.people, secret)
    table = opened(data, source)
    spots = spotted(connection, source, table, wanted, on=on, secret=secret)
    return stripped(data, table, spots), len(spots)


def _without_numbers(data: bytes, marks: frozenset[str], secret: bytes) -> tuple[bytes, int]:
    """Whatever the encoding: digits are the same in all of them, but for zero bytes between."""
    kept, dropped = [], 0
    for line in data.splitlines(keepends=True):
        text = line.replace(b"\0", b"").decode("ascii", "replace")
        if names_a_number([text], marks, secret):
            dropped += 1
            kept.append(line[len(line.rstrip(b"\r\n\0")) :])
        else:
            kept.append(line)
    return b"".join(kept), dropped


def with_suppressed(judgement: Judgement, rows: int) -> Judgement:
    """The judgement, with a line on how many rows the law kept out."""
    if not rows:
        return judgement
    told = f"{_TOLD} {rows} 行,未保存、未导入"
    return replace(judgement, warnings=(*judgement.warnings, told))


def was_suppressed(accepted: Mapping[str, Any]) -> bool:
    """Whether rows of a delivery were kept out, by its judgement as the ledger has it."""
    return any(told.startswith(_TOLD) for told in accepted.get("warnings", ()))
