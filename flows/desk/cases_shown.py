"""The cases as they stand at this moment: what waits, what is overdue, and what visits came to.

Whether an order was answered is asked of the ledger, so that a sheet taken a minute ago counts; what
the answers came to is what the last night published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flows.case_frames import STATE_WORDS
from flows.cases import REMEMBERED_DAYS
from flows.desk.page import Visit
from flows.desk.words import N_
from flows.ledger import WorkOrder
from transforms.escalated import IN_VAIN

OVERDUE, WAITING, CAME = "overdue", "waiting", "came"
LIVE = {
    OVERDUE: N_("逾期未反馈"),
    WAITING: N_("已派单,待走访"),
    CAME: N_("已收到反馈,下一夜归入结果"),
}
STATES = LIVE | {outcome.value: words for outcome, words in STATE_WORDS.items() if outcome}
"""Every state by what stands for it in an address."""

MOST_ROWS = 200


def open_orders(visit: Visit) -> list[WorkOrder]:
    """Orders that nobody has answered yet, as the reader may see them."""
    since = visit.now.date() - timedelta(days=REMEMBERED_DAYS)
    orders = visit.ledger.unanswered(since)
    return [one for one in orders if visit.area in (None, one.township_code)]


def is_overdue(order: WorkOrder, on: date) -> bool:
    """Whether the day by which to visit has passed."""
    due = order.printed.get("due")
    return due is not None and date.fromisoformat(str(due)) < on


def counts(visit: Visit, waiting: Sequence[WorkOrder]) -> dict[str, int]:
    """How many orders there are in each state."""
    late = sum(is_overdue(one, visit.now.date()) for one in waiting)
    rows = visit.snapshot.rows(
        'SELECT state, count(DISTINCT order_no) AS n FROM "case" GROUP BY state ORDER BY state'
    )
    published = Counter({row["state"]: row["n"] for row in rows})
    known = published.pop(STATE_WORDS[None], 0)
    live = {OVERDUE: late, WAITING: len(waiting) - late, CAME: max(0, known - len(waiting))}
    told = {key: published[words] for key, words in STATES.items() if key not in LIVE}
    return {key: n for key, n in (live | told).items() if n or key == OVERDUE}


def rows(visit: Visit, waiting: Sequence[WorkOrder], state: str) -> list[dict[str, Any]]:
    """The cases of one state, the longest overdue or the latest first."""
    today, open_now = visit.now.date(), {one.order_no: one for one in waiting}
    if state not in LIVE:
        return visit.snapshot.rows(f'{_CASES} WHERE "case".state = ? {_LATEST}', STATES[state])
    found = visit.snapshot.rows(f'{_CASES} WHERE "case".state = ? {_OLDEST}', STATE_WORDS[None])
    if state == CAME:
        return [row for row in found if row["order_no"] not in open_now][:MOST_ROWS]
    wanted = [
        {**row, "due": open_now[row["order_no"]].printed.get("due")}
        for row in found
        if row["order_no"] in open_now
        and is_overdue(open_now[row["order_no"]], today) is (state == OVERDUE)
    ]
    return sorted(wanted, key=lambda row: (str(row["due"]), row["order_no"]))[:MOST_ROWS]


def in_vain(visit: Visit) -> list[dict[str, Any]]:
    """Households flagged again and again without help, that the county has to take up itself."""
    return visit.snapshot.rows(_IN_VAIN, IN_VAIN)


_CASES = """
SELECT "case".*, township.name AS township_name FROM "case"
LEFT JOIN township ON township.code = "case".township_code
"""
_LATEST = f"ORDER BY visited_on DESC NULLS LAST, order_no LIMIT {MOST_ROWS}"
_OLDEST = "ORDER BY issued_on, order_no, household_id"

_IN_VAIN = """
SELECT worklist.household_id, worklist.severity, worklist.lead_name, worklist.township_name,
       worklist.village_name, worklist.first_found, count(DISTINCT "case".order_no) AS tries,
       max("case".issued_on) AS last_issued,
       string_agg(DISTINCT "case".state, '、' ORDER BY "case".state) AS states
FROM worklist LEFT JOIN "case" USING (household_id)
WHERE worklist.state = 'county' AND contains(worklist.state_reason, ?)
GROUP BY ALL ORDER BY worklist.severity DESC, tries DESC, worklist.household_id
"""
