"""Which findings help has answered: granted since the need arose, which has not grown after it.

Like a case, help hangs on persons: on everybody who lived with its recipient when it was granted. So
both parts of a split household have it, and a merged one has that of both.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import ibis
import ibis.expr.types as ir
from ibis import _

ONE_OFF = ("temporary", "medical_aid")
"""Help that is paid once: it has no end, so it answers whatever happened before it."""

FORMER_HOMES = {
    "person_id": "string",
    "household_id": "string",
    "since": "date",
    "until": "date",
}
"""Who belonged to which household before the one of today. since is null where nobody knows of any
other before it; until is the first day on which it was so no more."""

BEFORE_HELP = {
    "person_id": "string",
    "signal": "string",
    "measure": "decimal(16, 2)",
    "severity": "int8",
}
"""What a finding of a helped household would be tonight, had nothing happened since its help. A need
that would not be found at all has no row."""


def hanging_on(assistance: ir.Table, former_homes: ir.Table, people: ir.Table) -> ir.Table:
    """The assistance once for every person it hangs on: person_id, category, approved_on, exit_on."""
    granted = assistance.select("person_id", "category", "approved_on", "exit_on")
    homes = _homes(former_homes, people)
    then = granted.join(homes, "person_id").filter(_lived_there)
    lived = then.select("household_id", "category", "approved_on", "exit_on")
    together = lived.join(homes, "household_id").filter(_lived_there)
    shared = together.select("person_id", "category", "approved_on", "exit_on")
    return granted.union(shared, distinct=True)


def last_help(answered_by: ir.Table, people: ir.Table, helps: ir.Table, on: date) -> ir.Table:
    """When each household was last granted help that still answers each signal, as `helped_on`."""
    lasting = _.category.isin(ONE_OFF) | _.exit_on.isnull() | (_.exit_on > on)
    return (
        helps.filter(_.approved_on <= on, lasting)
        .join(people.select("person_id", "household_id"), "person_id")
        .join(answered_by.select("signal", "category"), "category")
        .group_by("household_id", "signal")
        .agg(helped_on=_.approved_on.max())
    )


def any_help(people: ir.Table, helps: ir.Table, on: date) -> ir.Table:
    """When each household was last granted help of whatever kind: household_id, helped_on."""
    granted = helps.filter(_.approved_on <= on)
    homes = people.select("person_id", "household_id")
    return (
        granted.join(homes, "person_id").group_by("household_id").agg(helped_on=_.approved_on.max())
    )


def answered(
    findings: ir.Table,
    signals: ir.Table,
    helped: ir.Table,
    before_help: ir.Table,
    growth: Decimal,
) -> ir.Table:
    """The findings with `answered`; `helped` is what `last_help` gives, `before_help` BEFORE_HELP.

    As after a visit, what is new since the help counts again: a further event where an event is new
    evidence by itself, a need that was not there before, one that is worse, and one that has grown.
    """
    known = (
        findings.left_join(helped, ["household_id", "signal"], rname="{name}_helped")
        .left_join(before_help, ["person_id", "signal"], rname="{name}_before")
        .left_join(signals.select("signal", "by_event"), "signal", rname="{name}_kind")
    )
    is_earlier = known.occurred_on <= known.helped_on
    outgrown = known.measure_before * ibis.literal(growth, "decimal(16, 2)")
    is_the_same = (known.measure < outgrown) & (known.severity <= known.severity_before)
    is_kept = is_the_same & ~known.by_event.fill_null(False)
    told = known.mutate(answered=is_earlier.fill_null(False) | is_kept.fill_null(False))
    return told.select(*findings.columns, "answered")


def _homes(former_homes: ir.Table, people: ir.Table) -> ir.Table:
    """Everybody's households with their times; the one of today begins where the last one ended."""
    moved = former_homes.group_by("person_id").agg(since=_.until.max())
    today = people.select("person_id", "household_id").left_join(moved, "person_id")
    today = today.select("person_id", "household_id", "since", until=ibis.null("date"))
    return former_homes.select(*FORMER_HOMES).union(today)


def _lived_there(homes: ir.Table) -> ir.BooleanValue:
    """Was it the person's household on the day of the approval?"""
    has_come = homes.since.isnull() | (homes.since <= homes.approved_on)
    return has_come & (homes.until.isnull() | (homes.until > homes.approved_on))
