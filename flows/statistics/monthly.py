"""What a month's visits came to, township by township: the counts behind the monthly summary."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from flows.ledger import WorkOrder
from flows.returns.taken import Visit
from flows.sample import SAMPLE
from flows.yields.counting import TOTAL, by_order
from flows.yields.groups import with_place_groups
from flows.yields.rows import order_rows

STAGES = {"orders": "派单", "visited": "走访到", "confirmed": "情况属实", "helped": "落实帮扶"}
"""The stages of yields.counting.ORDERS and their heads."""


@dataclass(frozen=True)
class Month:
    """A calendar month."""

    first: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.first.replace(day=monthrange(self.first.year, self.first.month)[1])

    @property
    def before(self) -> Month:
        """The month before it."""
        return Month((self.first - timedelta(days=1)).replace(day=1))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"


def monthly_counts(
    orders: Sequence[WorkOrder], visits: Mapping[str, Visit], month: Month
) -> dict[str, tuple[int, ...]]:
    """Township code to counts by stage of the orders issued in a month, whenever they were visited.

    The random sample is left out, as in the yield: nobody had flagged its households.
    """
    counted = [
        order
        for order in orders
        if month.first <= order.issued_on <= month.last and SAMPLE not in order.signals
    ]
    rows = with_place_groups(order_rows(counted, visits, {}, month.last))
    counts = by_order(rows, {"township": rows.with_columns(group=pl.col("township"))})
    return {cell[1]: chain for cell, chain in sorted(counts.items()) if cell != TOTAL}
