"""The night's facts as two frames that everything is counted from: orders, and flagged people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl

from flows.ledger import WorkOrder
from flows.returns.taken import Visit
from flows.yields.outcomes import came_to, was_missed

DAYS = 365
"""Counted is what was first found, or issued, in the 365 days that end with the night."""

PEOPLE = {
    "household_id": pl.String,
    "person_id": pl.String,
    "sex": pl.String,
    "age": pl.Int64,
    "township_code": pl.String,
    "has_number": pl.Boolean,
}
"""One row per living person of the county, by present ids; `household_id` may be null."""

_ORDERS = {
    "order_no": pl.String,
    "issued_on": pl.Date,
    "township_code": pl.String,
    "person_id": pl.String,
    "signals": pl.List(pl.String),
    "members": pl.List(pl.String),
    "visited": pl.Boolean,
    "confirmed": pl.Boolean,
    "helped": pl.Boolean,
    "missed": pl.Boolean,
    "days": pl.Int64,
}


def since(on: date) -> date:
    """The first day that counts."""
    return on - timedelta(days=DAYS - 1)


def order_rows(
    orders: Sequence[WorkOrder],
    visits: Mapping[str, Visit],
    person_into: Mapping[str, str],
    on: date,
) -> pl.DataFrame:
    """One row per order that counts; `person_id` is its lead, `days` run from issue to visit."""
    rows = []
    for order in orders:
        if not since(on) <= order.issued_on <= on:
            continue
        visit = visits.get(order.order_no)
        lead = order.printed.get("lead")
        visited, confirmed, helped = came_to(visit)
        rows.append(
            (
                order.order_no,
                order.issued_on,
                order.township_code,
                person_into.get(lead, lead) if lead else None,
                list(order.signals),
                [person_into.get(person, person) for person in order.members],
                visited,
                confirmed,
                helped,
                was_missed(visit),
                (visit.visited_on - order.issued_on).days if visit and visited else None,
            )
        )
    return pl.DataFrame(rows, schema=_ORDERS, orient="row")


def flagged_rows(
    seen: pl.DataFrame, people: pl.DataFrame, orders: pl.DataFrame, on: date
) -> pl.DataFrame:
    """One row per person and signal first found in the days that count.

    `people` columns, signal, first_found, and `issued`: whether an order over the person names the
    signal. `household_id` is the person's own id where it is in no household.
    """
    named = (
        orders.select("signals", person_id="members")
        .explode("person_id")
        .explode("signals")
        .select("person_id", signal="signals", issued=pl.lit(True))
        .unique()
    )
    return (
        seen.filter(pl.col("first_found").is_between(since(on), on))
        .join(people, on="person_id")
        .join(named, on=["person_id", "signal"], how="left")
        .with_columns(
            pl.col("issued").fill_null(False),
            household_id=pl.coalesce("household_id", "person_id"),
        )
    )
