"""What a person has really been charged: medical bills after refunds have cancelled theirs.

The national insurance platform (结算表 setl_d) cancels a settlement by two rows: the bill itself is
flagged as refunded (refd_setl_flag 退费结算标志 = 1), and a flagged row of negative amounts is added that
names it (init_setl_id 原结算ID) or repeats its number. Other departments leave the bill as it was, repeat its number on the
refund or send the refund without its sign. So, in this order:

1. A flagged row that is not negative is a cancelled bill: it falls, and all that bears its number.
   Only where an unflagged bill of the same number is larger is it a part given back without its sign.
2. A refund belongs to the bill whose number it names or repeats. They fall when the bill was given
   back whole; a part given back counts against the sum. It falls where it names a bill we do not have.
3. A refund without a number takes a bill of the same person, institution and amounts: a cancelled one
   first, then one that was settled before it. Of several it never takes one: they fall when refunds
   have used up all of them, else all stand and the refund counts against the sum.
4. A refund counts only against a window with a bill that it can be a part of, or one of the several
   that it may be of; nobody bears less than nothing.
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

_ALIKE = ("person_id", "institution_code", "size", "share")


def burden(settlement: Table, base: str, on: date, days: int) -> Table:
    """The bills and refunds of a window, with their `amount` and each person's `person_total`."""
    counted = _accounted_for(net_bills(settlement, on).filter(within(_.settled_on, on, days)))
    signed = ibis.ifelse(
        counted.cancels, -MONEY_BASES[base](counted).abs(), MONEY_BASES[base](counted)
    )
    amounts = counted.mutate(amount=signed.cast("decimal(16, 2)")).filter(_.amount != 0)
    totals = amounts.group_by("person_id").aggregate(person_total=_.amount.sum())
    return amounts.join(totals.filter(_.person_total >= 0), "person_id")


def net_bills(settlement: Table, on: date) -> Table:
    """Every bill known on a day that stands, and every refund that counts (`cancels`)."""
    bills, flagged = _bills_and_flagged(settlement, on)
    cancelled = _cancelled_numbers(flagged)
    standing = bills.anti_join(cancelled, "number")
    refunds = flagged.filter(_.cancels).anti_join(cancelled, "number")
    of_a_number = refunds.filter(_.billed.notnull())
    unnumbered = refunds.filter(_.billed.isnull(), _.original_no.isnull())
    untouched = standing.anti_join(unnumbered, "person_id")
    alike = standing.semi_join(unnumbered, "person_id").union(unnumbered).union(_waiting(flagged))
    return untouched.union(of_a_number).union(_unpaired(alike))


def _accounted_for(window: Table) -> Table:
    """The window without refunds that can be no part of any bill in it."""
    refunds, bills = window.filter(_.cancels), window.filter(~_.cancels)
    possible = bills.select(
        payer="person_id",
        bill_number="number",
        bill_size="size",
        bill_share="share",
        billed_on="settled_on",
        billed_at="institution_code",
    )
    at_one_place = (refunds.institution_code == possible.billed_at).fill_null(True)
    may_be_part = (possible.bill_size >= refunds["size"]) & (
        possible.billed_on <= refunds.settled_on
    )
    is_alike = (possible.bill_size == refunds["size"]) & (possible.bill_share == refunds["share"])
    belongs = ibis.cases(
        (refunds.billed.notnull(), refunds.number == possible.bill_number),
        (refunds.of_several, is_alike & at_one_place),
        else_=may_be_part & at_one_place,
    )
    return bills.union(refunds.semi_join(possible, [refunds.person_id == possible.payer, belongs]))


def _bills_and_flagged(settlement: Table, on: date) -> tuple[Table, Table]:
    """Bills without the flag, and the flagged rows, of which some are refunds (`cancels`).

    `billed` is what a flagged row's number was charged, as far as an unflagged bill tells;
    `of_several` is told later.
    """
    known = settlement.filter(_.settled_on <= on).mutate(
        of_several=ibis.literal(False),
        size=ibis.coalesce(_.total_amount.nullif(0), _.personal_amount),
        share=_.personal_amount.abs(),
        is_flagged=(_.is_refund == "yes").fill_null(False),
    )
    bills = known.filter(~_.is_flagged).mutate(number=_.settlement_no)
    flagged = known.filter(_.is_flagged).mutate(
        number=ibis.coalesce(_.original_no, _.settlement_no)
    )
    theirs = bills.semi_join(flagged, "number").group_by("number").aggregate(billed=_["size"].max())
    told = flagged.left_join(theirs, "number").drop("number_right")
    is_part = (_["size"] > 0) & (_["size"] < _.billed)
    return (
        bills.mutate(billed=ibis.null("decimal(16, 2)"), cancels=ibis.literal(False)),
        told.mutate(cancels=((_["size"] < 0) | is_part).fill_null(False), size=_["size"].abs()),
    )


def _cancelled_numbers(flagged: Table) -> Table:
    """The numbers of bills that were flagged as cancelled, or given back whole."""
    struck = flagged.filter(~_.cancels)
    returned = flagged.filter(_.cancels).group_by("number")
    whole = returned.aggregate(returned=_["size"].sum(), billed=_.billed.max())
    return (
        struck.select("number")
        .union(struck.select(number=_.settlement_no))
        .union(whole.filter(_.returned >= _.billed).select("number"))
        .distinct()
    )


def _waiting(flagged: Table) -> Table:
    """The cancelled bills whose own refund cannot be told by its number."""
    return flagged.filter(~_.cancels).anti_join(flagged.filter(_.cancels), "number")


def _unpaired(entries: Table) -> Table:
    """What stands of bills and refunds without a number, and of the cancelled bills nothing."""
    is_waiting = ~_.cancels & (_.is_refund == "yes").fill_null(False)
    in_order = {"group_by": _ALIKE, "order_by": [_.settled_on, _.cancels, _.record_key]}
    so_far = ibis.window(**in_order, preceding=None, following=0)
    marked = entries.mutate(is_waiting=is_waiting)
    counted = marked.mutate(
        waiting=_.is_waiting.cast("int64").sum().over(group_by=_ALIKE),
        refund_number=_.cancels.cast("int64").sum().over(so_far),
    )
    left = counted.filter(~_.is_waiting, ~_.cancels | (_.refund_number > _.waiting))
    return _not_used_up(left, in_order).select(*entries.columns)


def _not_used_up(entries: Table, in_order: Mapping[str, object]) -> Table:
    """Bills of which refunds have not yet taken all; refunds that found none, or several (`of_several`)."""
    so_far = ibis.window(**in_order, preceding=None, following=0)
    to_come = ibis.window(**in_order, preceding=0, following=None)
    steps = entries.mutate(step=ibis.ifelse(_.cancels, -1, 1).cast("int64"))
    running = steps.mutate(balance=_.step.sum().over(so_far))
    deepest = running.mutate(deepest=ibis.least(_.balance.min().over(so_far), 0))
    known = deepest.mutate(
        open_bills=_.balance - _.deepest,
        found_none=_.deepest < _.deepest.lag().over(**in_order).fill_null(0),
    )
    used_up = known.mutate(
        is_used_up=_.open_bills.min().over(to_come) == 0, of_several=_.cancels & ~_.found_none
    )
    return used_up.filter(~_.is_used_up | _.found_none)
