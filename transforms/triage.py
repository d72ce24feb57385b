"""Who is visited tonight: one row per household with findings, and the reason for its state.

A household that needs nothing new is not forgotten: it stays in the list as suppressed, open or
resting, and one that no township can visit goes to the county. The order looks only at facts that
get worse in one direction, so a worse household never stands behind a better one; a share of every
township's visits is kept for those who have waited longest, so that nobody waits for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import ibis
import ibis.expr.types as ir
from ibis import _

from transforms.covered import covered, of_households, standing
from transforms.escalated import sent_to_county
from transforms.helped import answered, any_help, last_help
from transforms.residence import FAR_AHEAD, addresses

SUPPRESSED, OPEN, RESTING = "suppressed", "open", "resting"
COUNTY, ISSUED, CARRIED = "county", "issued", "carried"
STATES = (ISSUED, CARRIED, OPEN, RESTING, SUPPRESSED, COUNTY)

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
    "need": "int64",
    "rests_until": "date",
}
"""One row per household with findings. position counts from 1 within a township and is empty for
households that do not wait for a visit; place_person_id is the member whose place is used; need is
the level of want (see transforms/situation.py); rests_until the day its standing order lapses."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The tables that triage reads.

    findings: FINDINGS with first_found and is_sensitive, of signals that lead to a visit. signals:
    one row per signal with by_event. answered_by pairs signal and category. helps: the assistance
    by the persons it hangs on, and before_help: see transforms/helped.py. needs: household_id and
    need. capacity: township_code and visits tonight. orders, order_members, order_findings: see
    transforms/covered.py.
    """

    findings: ir.Table
    signals: ir.Table
    answered_by: ir.Table
    people: ir.Table
    helps: ir.Table
    before_help: ir.Table
    needs: ir.Table
    capacity: ir.Table
    orders: ir.Table
    order_members: ir.Table
    order_findings: ir.Table


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What the county's policy says about visits on a day.

    capacity: visits for a township that `Asked.capacity` does not name. waiting_share: the share of
    visits kept for those who have waited longest. county_after: orders without help after which
    the county takes over. renewal_growth: how many times its former measure a need must reach to
    be new evidence.
    """

    capacity: int
    waiting_share: Decimal
    county_after: int
    renewal_growth: Decimal


def considered(asked: Asked, limits: Limits, on: date) -> ir.Table:
    """The findings with `answered` and `covered`."""
    growth = limits.renewal_growth
    helped = last_help(asked.answered_by, asked.people, asked.helps, on)
    judged = answered(asked.findings, asked.signals, helped, asked.before_help, growth)
    stands = standing(_household_orders(asked), asked.order_findings, on)
    return covered(judged, asked.signals, stands, growth)


def worklist(asked: Asked, limits: Limits, on: date) -> ir.Table:
    """One row per household with findings: its state, why, and its place in its township's line."""
    counted = _that_count(considered(asked, limits, on))
    households = _summed_up(counted).join(addresses(counted, asked.people), "household_id")
    orders = _household_orders(asked)
    helped = any_help(asked.people, asked.helps, on)
    sent = sent_to_county(orders, helped, limits.county_after, on)
    known = (
        households.left_join(_until(orders, on), "household_id", rname="{name}_until")
        .left_join(sent, "household_id", rname="{name}_sent")
        .left_join(asked.needs, "household_id", rname="{name}_need")
    )
    stated = _stated(known.mutate(need=_.need.fill_null(0)))
    return _within_capacity(_in_line(_with_capacity(stated, asked.capacity, limits)))


def _household_orders(asked: Asked) -> ir.Table:
    return of_households(asked.orders, asked.order_members, asked.people)


def _that_count(judged: ir.Table) -> ir.Table:
    """The findings that nobody sees to yet, or all of a household that has only such as are."""
    seen_to = judged.mutate(seen_to=_.answered | _.covered)
    settled = seen_to.mutate(settled=_.seen_to.all().over(ibis.window(group_by="household_id")))
    return settled.filter(~_.seen_to | _.settled)


def _summed_up(counted: ir.Table) -> ir.Table:
    """One row per household: how bad, how many kinds of need, since when, how recently."""
    return counted.group_by("household_id").agg(
        severity=_.severity.max().cast("int8"),
        signal_count=_.signal.nunique().cast("int64"),
        first_found=_.first_found.min(),
        latest=_.occurred_on.max(),
        settled=_.settled.all(),
        helped=_.answered.all(),
        sensitive=_.is_sensitive.any(),
    )


def _until(household_orders: ir.Table, on: date) -> ir.Table:
    """Until when each household is covered, and whether its visit is still to come."""
    now = household_orders.filter(_.issued_on <= on, _.until > on)
    return now.group_by("household_id").agg(
        rests_until=_.until.max(), is_open=_.outcome.isnull().any()
    )


def _stated(households: ir.Table) -> ir.Table:
    """Each household's state before capacity is known, with the reason in the county's words."""
    outside = ~households.in_county.fill_null(True)
    is_settled = households.settled
    has_left = households.sent_from.isnull() | (households.sent_from != households.township_code)
    is_sent = households.sent_because.notnull() & ~(households.if_unmoved & has_left)
    waiting = ibis.cases(
        (households.borrowed, "列入名单;本人住址不详,按其他家庭成员的住址派单"), else_="列入名单"
    )
    return households.mutate(
        state=ibis.cases(
            (is_settled & households.helped, SUPPRESSED),
            (is_settled & households.is_open.fill_null(False), OPEN),
            (is_settled, RESTING),
            (is_sent.fill_null(False), COUNTY),
            (households.sensitive, COUNTY),
            (households.township_code.isnull(), COUNTY),
            else_=ISSUED,
        ),
        state_reason=ibis.cases(
            (is_settled & households.helped, "事后已获得对应的救助"),
            (is_settled & households.is_open.fill_null(False), "工作单已发出,等待走访反馈"),
            (is_settled, "已走访,尚在冷却期内,期间没有新的情况"),
            (is_sent.fill_null(False), households.sent_because),
            (households.sensitive, "含不宜下发乡镇的情形,由县级统筹处理"),
            (households.township_code.notnull(), waiting),
            (outside, "现住址在县外,由县级联系或转办"),
            (households.in_county.notnull(), "住在本县但乡镇不明,由县级核实住址"),
            else_="没有来源记载现住址,由县级核实住址",
        ),
    )


def _with_capacity(stated: ir.Table, capacity: ir.Table, limits: Limits) -> ir.Table:
    """Each household with tonight's visits of its township and how many go to the worst off."""
    known = stated.left_join(capacity, "township_code", rname="{name}_capacity")
    visits = known.visits.fill_null(limits.capacity).cast("int64")
    kept = (visits * ibis.literal(limits.waiting_share, "decimal(8, 4)")).floor().cast("int64")
    return known.mutate(visits=visits, by_need=visits - kept)


def _in_line(stated: ir.Table) -> ir.Table:
    """The households that wait for a visit, numbered from 1 within each township.

    The worst off come first; behind them, on the visits that are kept for it, who waited longest.
    """
    town = [stated.state, stated.township_code]
    worst = ibis.window(group_by=town, order_by=_worst_first(stated))
    placed = stated.mutate(place=(ibis.row_number().over(worst) + 1).cast("int64"))
    is_ahead = (placed.place <= placed.by_need).cast("int8")
    longest = ibis.window(
        group_by=[placed.state, placed.township_code],
        order_by=[
            is_ahead.desc(),
            ibis.ifelse(is_ahead == 1, FAR_AHEAD, placed.first_found).asc(),
            placed.place.asc(),
        ],
    )
    seated = placed.mutate(seat=(ibis.row_number().over(longest) + 1).cast("int64"))
    return seated.mutate(position=(seated.state == ISSUED).ifelse(seated.seat, ibis.null("int64")))


def _worst_first(stated: ir.Table) -> list[ir.Value]:
    """Severity, then want, then how many kinds of need, then how long nobody came."""
    return [
        stated.severity.desc(),
        stated.need.desc(),
        stated.signal_count.desc(),
        stated.first_found.asc(),
        stated.latest.desc(),
        stated.household_id.asc(),
    ]


def _within_capacity(lined_up: ir.Table) -> ir.Table:
    """The finished worklist: whoever stands behind the last visit of tonight is carried over."""
    beyond = (lined_up.position > lined_up.visits).fill_null(False)
    carried = lined_up.state_reason.replace("列入名单", "超过本乡镇今日走访上限,顺延到明日")
    stated = lined_up.mutate(
        state=beyond.ifelse(CARRIED, lined_up.state),
        state_reason=beyond.ifelse(carried, lined_up.state_reason),
    )
    return stated.select(*WORKLIST).cast(WORKLIST)
