"""Who is visited tonight: one row per household with findings, and the reason for its state.

A household that needs nothing new is not forgotten: it stays in the list as suppressed or open,
and one without a township goes to the county. The order looks only at facts that get worse in one
direction, so a worse household never stands behind a better one.
"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from transforms.answered import weighed
from transforms.residence import addresses

SUPPRESSED, OPEN, COUNTY, ISSUED, CARRIED = "suppressed", "open", "county", "issued", "carried"

WORKLIST = {
    "household_id": "string",
    "severity": "int8",
    "state": "string",
    "state_reason": "string",
    "position": "int64",
    "township_code": "string",
    "village_code": "string",
    "lead_person_id": "string",
    "place_person_id": "string",
    "first_found": "date",
    "signal_count": "int64",
}
"""One row per household with findings. position counts from 1 within a township and is empty for
households that do not wait for a visit; place_person_id is the member whose place is used."""


def worklist(
    findings: ir.Table,
    answered_by: ir.Table,
    people: ir.Table,
    assistance: ir.Table,
    open_orders: ir.Table,
    *,
    on: date,
    capacity: int,
    cool_down_days: int,
) -> ir.Table:
    """One row per household with findings: its state, why, and its place in its township's line.

    `findings` are FINDINGS with first_found; `answered_by` pairs signal and category; `capacity`
    is how many households one township can visit; an order cools down for `cool_down_days` nights,
    the night of its issue included.
    """
    judged = weighed(findings, answered_by, people, assistance, open_orders, on, cool_down_days)
    counted = _that_count(judged)
    households = _summed_up(counted).join(addresses(counted, people), "household_id")
    return _within_capacity(_in_line(_stated(households)), capacity)


def _that_count(judged: ir.Table) -> ir.Table:
    """The findings that nobody has answered yet, or all of a household that has only answers."""
    settled = _.answered.all().over(ibis.window(group_by="household_id"))
    return judged.mutate(settled=settled).filter(~_.answered | _.settled)


def _summed_up(counted: ir.Table) -> ir.Table:
    """One row per household: how bad, how many kinds of need, since when, how recently."""
    return counted.group_by("household_id").agg(
        severity=_.severity.max().cast("int8"),
        signal_count=_.signal.nunique().cast("int64"),
        first_found=_.first_found.min(),
        latest=_.occurred_on.max(),
        settled=_.settled.all(),
        ordered=_.ordered.all(),
    )


def _stated(households: ir.Table) -> ir.Table:
    """Each household's state before capacity is known, with the reason in the county's words."""
    outside = ~households.in_county.fill_null(True)
    waiting = ibis.cases(
        (households.borrowed, "列入名单;本人住址不详,按其他家庭成员的住址派单"), else_="列入名单"
    )
    return households.mutate(
        state=ibis.cases(
            (households.settled, SUPPRESSED),
            (households.ordered, OPEN),
            (households.township_code.isnull(), COUNTY),
            else_=ISSUED,
        ),
        state_reason=ibis.cases(
            (households.settled, "事后已获得对应的救助"),
            (households.ordered, "同样情形的工作单已发出,尚在冷却期内"),
            (households.township_code.notnull(), waiting),
            (outside, "现住址在县外,由县级联系或转办"),
            (households.in_county.notnull(), "住在本县但乡镇不明,由县级核实住址"),
            else_="没有来源记载现住址,由县级核实住址",
        ),
    )


def _in_line(stated: ir.Table) -> ir.Table:
    """The households that wait for a visit, numbered from 1 within each township, worst first."""
    line = ibis.window(
        group_by=[stated.state, stated.township_code],
        order_by=[
            stated.severity.desc(),
            stated.signal_count.desc(),
            stated.first_found.asc(),
            stated.latest.desc(),
            stated.household_id.asc(),
        ],
    )
    place = (ibis.row_number().over(line) + 1).cast("int64")
    return stated.mutate(position=(stated.state == ISSUED).ifelse(place, ibis.null("int64")))


def _within_capacity(lined_up: ir.Table, capacity: int) -> ir.Table:
    """The finished worklist: whoever stands behind the last visit of tonight is carried over."""
    beyond = (lined_up.position > capacity).fill_null(False)
    carried = lined_up.state_reason.replace("列入名单", "超过本乡镇今日走访上限,顺延到明日")
    stated = lined_up.mutate(
        state=beyond.ifelse(CARRIED, lined_up.state),
        state_reason=beyond.ifelse(carried, lined_up.state_reason),
    )
    return stated.select(*WORKLIST).cast(WORKLIST)
