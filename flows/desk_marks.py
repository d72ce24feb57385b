"""What officers decided at the desk about households, folded into what a night honours.

Like a case, a mark hangs on the persons of the household as it was when it was decided, and it
stands until its day unless there is new evidence. The last visitor that was named counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from flows.cases import ORDER_FINDINGS, ORDERS
from transforms.escalated import AT_DESK

ASSIGN, SNOOZE, CLOSE, REOPEN = "desk_assign", "desk_snooze", "desk_close", "desk_reopen"
KINDS = (ASSIGN, SNOOZE, CLOSE, REOPEN)

WORDS = {SNOOZE: "经办人暂缓", CLOSE: "经办人结案"}


@dataclass(frozen=True, kw_only=True)
class Decided:
    """One decision of an officer as the ledger keeps it.

    on: the night it was decided of. until: the day it lapses (snooze, close). visitor: whom an
    assignment names; empty takes it back. severity and signals (with their measures): what was
    known of the household then, so that something worse is recognised as new.
    """

    entry: int
    kind: str
    who: str
    on: date
    household_id: str
    persons: tuple[str, ...]
    reason: str = ""
    until: date | None = None
    visitor: str = ""
    severity: int = 0
    signals: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What stands: snoozes and closes in the order of decision, and each person's named visitor.

    entry: the newest decision; the ledger's other entries change nothing of this.
    """

    entry: int = 0
    pauses: tuple[Decided, ...] = ()
    visitors: Mapping[str, str] = field(default_factory=dict)


def decided(rows: Iterable[Mapping[str, Any]]) -> list[Decided]:
    """The ledger's entries (entry, kind, who, body) as decisions, in their order."""
    return [_decided(row) for row in rows if row["kind"] in KINDS]


def _decided(row: Mapping[str, Any]) -> Decided:
    body = dict(row["body"])
    body["on"] = date.fromisoformat(body["on"])
    body["until"] = date.fromisoformat(body["until"]) if body.get("until") else None
    body["persons"] = tuple(body["persons"])
    return Decided(entry=row["entry"], kind=row["kind"], who=row["who"], **body)


def marks(decisions: Iterable[Decided], into: Mapping[str, str]) -> Marks:
    """Fold the decisions, persons by the ids they bear now; reopening lifts what stood before it."""
    pauses: list[Decided] = []
    visitors: dict[str, str] = {}
    entry = 0
    for one in decisions:
        entry = one.entry
        persons = {into.get(person, person) for person in one.persons}
        if one.kind == ASSIGN:
            visitors |= dict.fromkeys(persons, one.visitor)
        if one.kind == REOPEN:
            pauses = [
                kept
                for kept in pauses
                if not persons & {into.get(person, person) for person in kept.persons}
            ]
        if one.kind in AT_DESK:
            pauses.append(one)
    named = {person: visitor for person, visitor in visitors.items() if visitor}
    return Marks(entry=entry, pauses=tuple(pauses), visitors=named)


def order_rows(standing: Marks) -> pl.DataFrame:
    """The rows of transforms.covered.ORDERS: a pause is an order that came to a result."""
    rows = [
        (number(one), one.severity, one.on, one.until, one.on, one.kind, None, None, True)
        for one in standing.pauses
    ]
    return pl.DataFrame(rows, schema=ORDERS, orient="row")


def member_rows(standing: Marks, into: Mapping[str, str]) -> pl.DataFrame:
    """The rows of transforms.covered.ORDER_MEMBERS."""
    rows = {
        (number(one), into.get(person, person)) for one in standing.pauses for person in one.persons
    }
    schema = {"order_no": pl.String, "person_id": pl.String}
    return pl.DataFrame(sorted(rows), schema=schema, orient="row")


def finding_rows(standing: Marks) -> pl.DataFrame:
    """The rows of transforms.covered.ORDER_FINDINGS."""
    rows = [
        (number(one), signal, measure)
        for one in standing.pauses
        for signal, measure in sorted(one.signals.items())
    ]
    schema = ORDER_FINDINGS | {"measure": pl.String}
    found = pl.DataFrame(rows, schema=schema, orient="row")
    return found.with_columns(pl.col("measure").cast(pl.Decimal(16, 2)))


def number(one: Decided) -> str:
    """What stands for an order's number: no order of a night is called so."""
    return f"desk-{one.entry}"
