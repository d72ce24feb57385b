"""Which households the county takes over because of what their visits came to."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from data_contracts.visit_results import Outcome

TO_COUNTY, ELSEWHERE = "county", "elsewhere"
"""Where a visit's result sends a household: to the county, or to the township it has moved to."""

AT_DESK = ("desk_snooze", "desk_close")
"""Outcomes that an officer set without a visit: they rest a household and say nothing of a visit."""


IN_VAIN = "多次发单仍未获得帮助,提请县级协调(一事一议)"
"""Why the county takes over a household that was flagged again and again without help."""

HELPLESS = (
    Outcome.NOT_ELIGIBLE,
    Outcome.UNWILLING,
    Outcome.NOT_FOUND,
    Outcome.MOVED_AWAY,
    Outcome.AWAY,
    Outcome.REFUSED,
)
"""Outcomes after which the family still stands without help."""

UNDER_WAY = (Outcome.IN_PROCEDURE,)
"""Outcomes that are no failure while their time runs: once it is over, help has not come either."""

HELPFUL = (Outcome.HELPED, Outcome.ALREADY_HELPED)
"""Outcomes that say the family has help."""


def sent_to_county(household_orders: ir.Table, helped: ir.Table, after: int, on: date) -> ir.Table:
    """One row per household that the county takes over: sent_because, sent_from, if_unmoved.

    The last visit asked for it; or `after` orders have ended in vain since the family was last helped
    (flagged again and again without help is how a family is lost); or it has moved to another
    township (if_unmoved) and its place is still known only as the township it has left (sent_from).
    `helped` says when each household was last granted help (household_id, helped_on).
    """
    is_visit = ~_.outcome.isin(list(AT_DESK)).fill_null(False)
    issued = household_orders.filter(_.issued_on <= on, is_visit)
    newest_first = ibis.window(
        group_by="household_id",
        order_by=[ibis.desc("issued_on"), ibis.desc("order_no")],
    )
    last = issued.mutate(place=ibis.row_number().over(newest_first)).filter(_.place == 0)
    tries = _in_vain(issued, helped, on).group_by("household_id").agg(tries=_.order_no.nunique())
    known = last.left_join(tries, "household_id").drop("household_id_right")
    is_asked = (known.goes_to == TO_COUNTY).fill_null(False)
    has_moved = (known.goes_to == ELSEWHERE).fill_null(False)
    is_tried = (known.tries >= after).fill_null(False)
    told = known.mutate(
        sent_because=ibis.cases(
            (is_asked, "上次走访反馈需要县级处理(查无此人、住在县外或需多部门研究)"),
            (is_tried, IN_VAIN),
            (has_moved, "走访反馈已搬到本县其他乡镇,新住址还不清楚"),
        ),
        if_unmoved=has_moved & ~is_asked & ~is_tried,
    )
    return told.filter(_.sent_because.notnull()).select(
        "household_id", "sent_because", "if_unmoved", sent_from=_.township_code
    )


def _in_vain(issued: ir.Table, helped: ir.Table, on: date) -> ir.Table:
    """The orders that ended without help or without any answer, of those issued since the last help.

    An application under way is no failure for as long as its order stands (`procedure_days`): the
    family waits for a decision. When that time is over without help it counts like an order that
    nobody answered, so that no family is lost in an office either.
    """
    waits = _.outcome.isnull() | _.outcome.isin(list(UNDER_WAY))
    failed = issued.filter(_.outcome.isin(list(HELPLESS)) | (waits & (_.until <= on)))
    visits = issued.filter(_.outcome.isin(list(HELPFUL))).select(
        "household_id", helped_on="visited_on"
    )
    known = helped.select("household_id", "helped_on").union(visits)
    last = known.group_by("household_id").agg(last_help=_.helped_on.max())
    since = failed.left_join(last, "household_id", rname="{name}_helped")
    return since.filter(_.last_help.isnull() | (_.issued_on > _.last_help))
