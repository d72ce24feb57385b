"""What is being done about a finding: help granted since, or an order still cooling down."""

from __future__ import annotations

from datetime import date, timedelta

import ibis.expr.types as ir
from ibis import _

ONE_OFF = ("temporary", "medical_aid")
"""Help that is paid once: it has no end, so it answers whatever happened before it."""


def weighed(
    findings: ir.Table,
    answered_by: ir.Table,
    people: ir.Table,
    assistance: ir.Table,
    open_orders: ir.Table,
    on: date,
    cool_down_days: int,
) -> ir.Table:
    """The findings, each with whether help answers it and whether an order is out for it."""
    helped = _last_help(answered_by, people, assistance, on)
    cooling = _cooling(open_orders, on, cool_down_days)
    same_need = ["household_id", "signal"]
    joined = findings.left_join(helped, same_need).drop("household_id_right", "signal_right")
    joined = joined.left_join(cooling, same_need).drop("household_id_right", "signal_right")
    return joined.mutate(
        answered=(_.last_help >= _.occurred_on).fill_null(False),
        ordered=(_.ordered_severity >= _.severity).fill_null(False),
    )


def _last_help(answered_by: ir.Table, people: ir.Table, assistance: ir.Table, on: date) -> ir.Table:
    """When a member of each household was last granted help that still answers each signal."""
    lasting = _.category.isin(ONE_OFF) | _.exit_on.isnull() | (_.exit_on > on)
    return (
        assistance.select("person_id", "category", "approved_on", "exit_on")
        .filter(_.approved_on <= on, lasting)
        .join(people.select("person_id", "household_id"), "person_id")
        .join(answered_by.select("signal", "category"), "category")
        .group_by("household_id", "signal")
        .agg(last_help=_.approved_on.max())
    )


def _cooling(open_orders: ir.Table, on: date, cool_down_days: int) -> ir.Table:
    """How severe the orders are that were issued so lately that nobody should go again."""
    return (
        open_orders.filter(_.issued_on > on - timedelta(days=cool_down_days), _.issued_on <= on)
        .group_by("household_id", "signal")
        .agg(ordered_severity=_.severity.max())
    )
