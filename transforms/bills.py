"""What a person has really been charged: medical bills after refunds have cancelled theirs.

A refund does not say which bill it cancels, so it takes the person's earliest open bill of the same
personal amount; later bills stand. A refund that finds no such bill (it gave back a part, or the
bill is older than our history) stays, and counts against the sum. So a bill of another amount than
before is another bill wherever a refund bears either amount; elsewhere a larger bill never sums to less.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.expr.types import Table

from transforms.periods import within

MONEY_BASES: Mapping[str, Callable[[Table], ir.DecimalColumn]] = {
    "personal_amount": lambda bills: bills.personal_amount,
    "in_scope": lambda bills: bills.in_scope_amount - bills.fund_amount,
    "cash": lambda bills: bills.cash_amount,
}
"""What 'the burden' may mean: all a person bore, only what the policy covers, or cash paid."""


def burden(settlement: Table, base: str, on: date, days: int) -> Table:
    """The bills and refunds of a window, with their `amount` and each person's `person_total`."""
    counted = net_bills(settlement, on).filter(within(_.settled_on, on, days))
    signed = ibis.ifelse(
        counted.cancels, -MONEY_BASES[base](counted).abs(), MONEY_BASES[base](counted)
    )
    amounts = counted.mutate(amount=signed.cast("decimal(16, 2)")).filter(_.amount != 0)
    totals = amounts.group_by("person_id").aggregate(person_total=_.amount.sum())
    return amounts.join(totals, "person_id")


def net_bills(settlement: Table, on: date) -> Table:
    """Every bill and refund known on a day, without the pairs that cancel each other."""
    known = settlement.filter(_.settled_on <= on).mutate(
        cancels=(_.is_refund == "yes").fill_null(False)
    )
    with_refund = known.filter(_.cancels).select("person_id").distinct()
    untouched = known.anti_join(with_refund, "person_id")
    return untouched.union(_unpaired(known.semi_join(with_refund, "person_id")))


def _unpaired(entries: Table) -> Table:
    """The earliest bills, as many as there are refunds with a bill before them, fall away."""
    numbered = _numbered(entries)
    pairs = (_.cancels & ~_.is_orphan).cast("int64").sum()
    counted = numbered.mutate(pairs=pairs.over(group_by=["person_id", "same_amount"]))
    stands = ibis.ifelse(counted.cancels, counted.is_orphan, counted.bill_number > counted.pairs)
    return counted.filter(stands).select(*entries.columns)


def _numbered(entries: Table) -> Table:
    """Bills numbered from the earliest; a refund is an orphan when more refunds than bills came."""
    steps = entries.mutate(
        same_amount=_.personal_amount.abs(), step=ibis.ifelse(_.cancels, -1, 1).cast("int64")
    )
    order = [_.settled_on, _.step.desc(), _.record_key]
    so_far = ibis.window(
        group_by=["person_id", "same_amount"], order_by=order, preceding=None, following=0
    )
    earlier = ibis.window(
        group_by=["person_id", "same_amount"], order_by=order, preceding=(None, 1)
    )
    running = steps.mutate(
        open_bills=_.step.sum().over(so_far),
        bill_number=(~_.cancels).cast("int64").sum().over(so_far),
    )
    lowest = running.mutate(lowest=ibis.least(_.open_bills.min().over(earlier).fill_null(0), 0))
    return lowest.mutate(is_orphan=_.cancels & (_.open_bills < _.lowest))
