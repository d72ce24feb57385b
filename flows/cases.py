"""What the orders issued so far mean tonight: which still stand, over whom, and for what.

A case hangs on the persons an order was issued for, by the ids they bear now, so that a split
household leaves both parts their case and a merged one has the cases of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import polars as pl

from data_contracts.visit_results import Outcome, main_outcome, said_by
from flows.ledger import WorkOrder
from flows.returns.taken import Visit
from transforms.pauses import Pause, PauseRules, after_visit, while_open

REMEMBERED_DAYS = 730
"""Orders older than this say nothing any more: who left or refused help is watched for two years."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """An order with the result it came to, if any, and for how long it stands."""

    order: WorkOrder
    visit: Visit | None
    pause: Pause

    @property
    def outcome(self) -> Outcome | None:
        """What the visit came to, whatever else it says."""
        return outcome_of(self.visit) if self.visit else None

    @property
    def said(self) -> frozenset[Outcome]:
        """All that the visit says."""
        return said_by(self.visit.codes) if self.visit else frozenset()

    def stands(self, on: date) -> bool:
        """Whether the order still keeps others away on a day."""
        return self.order.issued_on <= on < self.pause.until


def outcome_of(visit: Visit) -> Outcome:
    """What a visit came to: of several conclusions the one that goes before the others."""
    return main_outcome(said_by(visit.codes))


def pause_rules(shared: SimpleNamespace) -> PauseRules:
    """The county's pauses from its shared policy values."""
    return PauseRules(
        cool_down_days=shared.cool_down_days,
        helped_pause_days=shared.helped_pause_days,
        procedure_days=shared.procedure_days,
        retry_days=shared.retry_days,
        reissue_after_days=shared.reissue_after_days,
    )


def cases(
    orders: list[WorkOrder],
    visits: Mapping[str, Visit],
    rules: PauseRules,
    county: str,
    on: date,
) -> list[Case]:
    """Every order that is remembered on a day, in the order of issue."""
    since = on - timedelta(days=REMEMBERED_DAYS)
    return [
        Case(order=order, visit=visit, pause=_pause(order, visit, rules, county))
        for order in orders
        if order.issued_on >= since
        for visit in [visits.get(order.order_no)]
    ]


def _pause(order: WorkOrder, visit: Visit | None, rules: PauseRules, county: str) -> Pause:
    if visit is None:
        return while_open(date.fromisoformat(str(order.printed["due"])), rules)
    by_county = order.township_code == county
    said = said_by(visit.codes)
    return after_visit(said, visit.visited_on, by_county=by_county, rules=rules)


def order_table(known: list[Case], county: str) -> pl.DataFrame:
    """The rows of transforms.covered.ORDERS."""
    rows = [
        (
            case.order.order_no,
            case.order.severity,
            case.order.issued_on,
            case.pause.until,
            case.visit.visited_on if case.visit else None,
            case.outcome.value if case.outcome else None,
            case.pause.goes_to,
            case.order.township_code,
            case.order.township_code == county,
        )
        for case in known
    ]
    return _frame(rows, ORDERS)


def member_table(known: list[Case], person_into: Mapping[str, str]) -> pl.DataFrame:
    """The rows of transforms.covered.ORDER_MEMBERS, by the ids that persons bear now."""
    rows = {
        (case.order.order_no, person_into.get(person, person))
        for case in known
        for person in case.order.members
    }
    return _frame(sorted(rows), {"order_no": pl.String, "person_id": pl.String})


def finding_table(known: list[Case]) -> pl.DataFrame:
    """The rows of transforms.covered.ORDER_FINDINGS; an old order knows its signals alone."""
    rows: list[tuple[Any, ...]] = []
    for case in known:
        measures = case.order.printed.get("measures", {})
        rows += [
            (case.order.order_no, signal, measures.get(signal)) for signal in case.order.signals
        ]
    found = _frame(rows, ORDER_FINDINGS | {"measure": pl.String})
    return found.with_columns(pl.col("measure").cast(pl.Decimal(16, 2)))


ORDERS = {
    "order_no": pl.String,
    "severity": pl.Int8,
    "issued_on": pl.Date,
    "until": pl.Date,
    "visited_on": pl.Date,
    "outcome": pl.String,
    "goes_to": pl.String,
    "township_code": pl.String,
    "by_county": pl.Boolean,
}

ORDER_FINDINGS = {"order_no": pl.String, "signal": pl.String, "measure": pl.Decimal(16, 2)}


def _frame(rows: list[tuple[Any, ...]], schema: Mapping[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict(schema), orient="row")
