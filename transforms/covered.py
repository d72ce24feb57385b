"""Which findings an order that still stands covers already.

An order stands while it is open, and after its visit for as long as its result gives (`until`). It
covers its household unless there is new evidence: a finding worse than the order, a need that first
showed after the visit, or the same need clearly grown or happened again since. What a township was
sent for never covers a sensitive finding, of which nobody there has heard.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
import ibis.expr.types as ir
from ibis import _

from transforms.signal import YELLOW

ORDERS = {
    "order_no": "string",
    "severity": "int8",
    "issued_on": "date",
    "until": "date",
    "visited_on": "date",
    "outcome": "string",
    "goes_to": "string",
    "township_code": "string",
    "by_county": "boolean",
}
"""One row per order. It stands on the nights before `until`; outcome and visited_on are null while
nobody has answered. goes_to: county or elsewhere where the result sends the household there. by_county:
whether the county sees to it, by a list of its own or a decision at its desk; null is not known to."""

ORDER_MEMBERS = {"order_no": "string", "person_id": "string"}
"""The persons an order was issued for, by the ids they bear now: a case hangs on persons."""

ORDER_FINDINGS = {"order_no": "string", "signal": "string", "measure": "decimal(16, 2)"}
"""What an order was issued for: one row per signal with the largest measure then."""


def of_households(orders: ir.Table, order_members: ir.Table, people: ir.Table) -> ir.Table:
    """Each order beside every household one of its persons lives in now.

    After a split both parts have it, after a merge the one household has those of both.
    """
    homes = people.select("person_id", "household_id").filter(_.household_id.notnull())
    pairs = order_members.join(homes, "person_id").select("order_no", "household_id").distinct()
    return orders.join(pairs, "order_no")


def standing(household_orders: ir.Table, order_findings: ir.Table, on: date) -> ir.Table:
    """The orders that stand on a day, one row per household, order and signal it was issued for."""
    now = household_orders.filter(_.issued_on <= on, (_.until > on).fill_null(False))
    return now.left_join(order_findings, "order_no").drop("order_no_right")


def covered(
    findings: ir.Table, signals: ir.Table, standing_orders: ir.Table, growth: Decimal
) -> ir.Table:
    """The findings (each with `is_sensitive`) with `covered`.

    `signals` names the signals whose further event is new evidence by itself (signal, by_event);
    `standing_orders` is what `standing` gives.
    """
    same_finding = ["household_id", "person_id", "signal"]
    seen_to = _covered(findings, signals, standing_orders, growth)
    judged = findings.left_join(seen_to, same_finding, rname="{name}_seen_to")
    told = judged.mutate(covered=_.covered.fill_null(False))
    return told.select(*findings.columns, "covered")


def _covered(
    findings: ir.Table, signals: ir.Table, standing_orders: ir.Table, growth: Decimal
) -> ir.Table:
    """The findings that some standing order covers: household_id, person_id, signal, covered."""
    orders = standing_orders.group_by("household_id", "order_no").agg(
        order_severity=_.severity.max(),
        visited_on=_.visited_on.max(),
        by_county=_.by_county.fill_null(False).any(),
    )
    issued_for = standing_orders.filter(_.signal.notnull()).select(
        "household_id", "order_no", "signal", was=_.measure, was_for=_.order_no
    )
    kinds = signals.select("signal", "by_event")
    pairs = findings.join(orders, "household_id").left_join(
        issued_for, ["household_id", "order_no", "signal"], rname="{name}_then"
    )
    pairs = pairs.left_join(kinds, "signal", rname="{name}_kind")
    since = pairs.occurred_on > pairs.visited_on
    has_grown = pairs.measure >= pairs.was * ibis.literal(growth, "decimal(16, 2)")
    is_renewed = since & (pairs.by_event.fill_null(False) | has_grown.fill_null(False))
    is_new_need = pairs.was_for.isnull() & (pairs.severity >= YELLOW)
    is_new_need = is_new_need & (pairs.first_found > pairs.visited_on)
    is_evidence = (is_renewed | is_new_need).fill_null(False)
    is_worse = pairs.severity > pairs.order_severity
    is_kept_from_them = pairs.is_sensitive & ~pairs.by_county
    covered = pairs.mutate(covered=~(is_worse | is_evidence | is_kept_from_them))
    return covered.group_by("household_id", "person_id", "signal").agg(covered=_.covered.any())
