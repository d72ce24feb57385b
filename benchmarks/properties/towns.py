"""Random townships to be listed: households with findings, help, orders and need, and tonight's line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from data_contracts.visit_results import Outcome
from tests.signals.asking import ON
from transforms.covered import ORDER_FINDINGS, ORDER_MEMBERS, ORDERS
from transforms.helped import BEFORE_HELP
from transforms.known import FINDINGS, PEOPLE
from transforms.signal import LeadsTo, RenewedBy
from transforms.signals import SIGNALS
from transforms.triage import Asked, Limits, worklist

VISITED = tuple(name for name, one in SIGNALS.items() if one.leads_to is LeadsTo.VISIT)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A finding about the first or second member of a household; days count back from tonight."""

    member: int
    severity: int
    days: int
    waited: int
    measure: int


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order of a household, perhaps visited, and what one of its needs measured then."""

    severity: int
    issued: int
    stands_for: int
    visited: int | None
    outcome: str | None
    signal: str
    measure: int


@dataclass(frozen=True, kw_only=True)
class Household:
    """What triage knows of a household; `helped` is a category and how many days ago."""

    findings: dict[str, Finding]
    need: int
    helped: tuple[str, int] | None
    orders: tuple[Order, ...]


Town = dict[str, Household]
"""The households of a township by name."""


def town(rng: Random, names: Iterable[str]) -> Town:
    """A township of random households."""
    return {name: _household(rng) for name in names}


def finding(rng: Random) -> Finding:
    """A random finding."""
    return Finding(
        member=rng.randint(0, 1),
        severity=rng.randint(1, 3),
        days=rng.randint(0, 60),
        waited=rng.randint(0, 9),
        measure=rng.choice([100, 149, 150, 300]),
    )


def _household(rng: Random) -> Household:
    # Few names, so that help and orders are often for what was found.
    names = rng.sample(VISITED[:3] + VISITED[-1:] + ("missing_or_self_harm",), rng.randint(1, 3))
    helped = (rng.choice(["dibao", "temporary", "other"]), rng.randint(0, 60))
    return Household(
        findings={name: finding(rng) for name in names},
        need=rng.randint(0, 3),
        helped=helped if rng.random() < 0.2 else None,
        orders=tuple(_order(rng, names) for __ in range(rng.choice([0, 0, 0, 1, 2]))),
    )


def _order(rng: Random, names: list[str]) -> Order:
    issued = rng.randint(1, 60)
    is_visited = rng.random() < 0.6
    return Order(
        severity=rng.randint(1, 3),
        issued=issued,
        stands_for=rng.choice([15, 90]),
        visited=rng.randint(0, issued) if is_visited else None,
        outcome=rng.choice([Outcome.HELPED, Outcome.AWAY, Outcome.COUNTY]) if is_visited else None,
        signal=rng.choice(names),
        measure=100,
    )


def listed(
    towns: dict[str, Town], visits: dict[str, int], waiting_share: Decimal
) -> list[dict[str, Any]]:
    """Tonight's worklist of all townships at once, ids beginning with the township's name and a dot."""
    homes = {
        f"{place}.{name}": (place, home)
        for place, households in towns.items()
        for name, home in households.items()
    }
    asked = Asked(
        findings=_table(_FOUND, _findings(homes)),
        signals=_SIGNALS,
        answered_by=_ANSWERS,
        people=_table(PEOPLE, _people(homes)),
        helps=_table(_HELP, _help(homes)),
        before_help=_table(BEFORE_HELP, []),
        needs=_table(
            _NEED, [_row(household_id=key, need=home.need) for key, (__, home) in homes.items()]
        ),
        capacity=_table(
            _VISITS, [_row(township_code=key, visits=each) for key, each in visits.items()]
        ),
        **_orders(homes),
    )
    limits = Limits(
        capacity=1, waiting_share=waiting_share, county_after=3, renewal_growth=Decimal("1.5")
    )
    rows: list[dict[str, Any]] = worklist(asked, limits, ON).to_pyarrow().to_pylist()
    return rows


Homes = dict[str, tuple[str, Household]]
_FOUND = {**FINDINGS, "first_found": "date", "is_sensitive": "boolean"}
_HELP = {
    "person_id": "string",
    "category": "string",
    "approved_on": "date",
    "exit_on": "date",
}
_NEED = {"household_id": "string", "need": "int64"}
_VISITS = {"township_code": "string", "visits": "int64"}


def _row(**cells: Any) -> dict[str, Any]:
    return cells


def _table(columns: dict[str, str], rows: Iterable[dict[str, Any]]) -> Table:
    schema = ibis.schema(columns)
    return ibis.memtable(
        pa.Table.from_pylist(list(rows), schema=schema.to_pyarrow()), schema=schema
    )


_SIGNALS = _table(
    {"signal": "string", "by_event": "boolean"},
    [
        _row(signal=name, by_event=one.renewed_by is RenewedBy.EVENT)
        for name, one in SIGNALS.items()
    ],
)
_ANSWERS = _table(
    {"signal": "string", "category": "string"},
    [_row(signal=name, category=each) for name, one in SIGNALS.items() for each in one.answered_by],
)


def _ago(days: int | None) -> date | None:
    return None if days is None else ON - timedelta(days=days)


def _findings(homes: Homes) -> Iterable[dict[str, Any]]:
    for key, (__, home) in homes.items():
        for signal, one in home.findings.items():
            yield {
                "signal": signal,
                "person_id": f"{key}.{one.member}",
                "household_id": key,
                "severity": one.severity,
                "occurred_on": _ago(one.days),
                "first_found": _ago(one.waited),
                "measure": Decimal(one.measure),
                "proof_count": 1,
                "is_sensitive": SIGNALS[signal].is_sensitive,
            }


def _people(homes: Homes) -> Iterable[dict[str, Any]]:
    for key, (place, __) in homes.items():
        for member in (0, 1):
            yield {
                "person_id": f"{key}.{member}",
                "household_id": key,
                "life_status": "alive",
                "in_county": True,
                "township_code": place,
            }


def _help(homes: Homes) -> Iterable[dict[str, Any]]:
    for key, (__, home) in homes.items():
        if home.helped:
            category, days = home.helped
            yield {"person_id": f"{key}.0", "category": category, "approved_on": _ago(days)}


def _orders(homes: Homes) -> dict[str, Table]:
    every = [
        (f"{key}#{number}", key, place, order)
        for key, (place, home) in homes.items()
        for number, order in enumerate(home.orders)
    ]
    orders = [
        {
            "order_no": number,
            "severity": one.severity,
            "issued_on": _ago(one.issued),
            "until": _ago(one.issued - one.stands_for),
            "visited_on": _ago(one.visited),
            "outcome": one.outcome,
            "goes_to": "county" if one.outcome == Outcome.COUNTY else None,
            "township_code": place,
        }
        for number, __, place, one in every
    ]
    members = [_row(order_no=number, person_id=f"{key}.0") for number, key, *__ in every]
    issued_for = [
        _row(order_no=number, signal=one.signal, measure=Decimal(one.measure))
        for number, __, __, one in every
    ]
    return {
        "orders": _table(ORDERS, orders),
        "order_members": _table(ORDER_MEMBERS, members),
        "order_findings": _table(ORDER_FINDINGS, issued_for),
    }
