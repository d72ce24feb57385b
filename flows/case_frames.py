"""The snapshot's tables about cases: what was ordered for each household and what came of it."""

from __future__ import annotations

from typing import Any

import polars as pl

from data_contracts.visit_results import VISIT_RESULTS, Outcome
from flows.cases import Case
from flows.ledger import WorkOrder
from flows.tonight import Tonight

CASE = {
    "household_id": pl.String,
    "order_no": pl.String,
    "issued_on": pl.Date,
    "township_code": pl.String,
    "severity": pl.Int8,
    "signals": pl.String,
    "visitor": pl.String,
    "state": pl.String,
    "visited_on": pl.Date,
    "conclusions": pl.String,
    "amount": pl.Decimal(16, 2),
    "rests_until": pl.Date,
}
"""One row per order and household its persons live in now; signals are parted by commas."""

STATE_WORDS = {
    None: "已派单,待走访",
    Outcome.HELPED: "已帮扶",
    Outcome.IN_PROCEDURE: "办理中",
    Outcome.NOT_ELIGIBLE: "暂不符合",
    Outcome.RELIEVED: "困难已缓解",
    Outcome.UNWILLING: "本人不愿申请",
    Outcome.NOT_FOUND: "未找到:查无此人",
    Outcome.MOVED_WITHIN: "已搬走:转新住地乡镇",
    Outcome.MOVED_AWAY: "已搬走:在县外",
    Outcome.AWAY: "未找到:长期外出或住院",
    Outcome.REFUSED: "未找到:谢绝入户",
    Outcome.DIED: "已去世",
    Outcome.WRONG_PERSON: "不是本人:交人工核对",
    Outcome.WRONG_DATA: "数据有误:退来源部门更正",
    Outcome.ALREADY_HELPED: "早已在保",
    Outcome.COUNTY: "县级协调",
}
"""A case's state in the county's words, by what its visit came to."""


def case_frame(tonight: Tonight, known: list[Case], issued: list[WorkOrder]) -> pl.DataFrame:
    """Every remembered order beside the households of its persons, tonight's orders included."""
    homes = _homes(tonight, known, issued)
    rows = [_row(case, home) for case in known for home in homes[case.order.order_no]]
    rows += [_fresh(order, home) for order in issued for home in homes[order.order_no]]
    frame = pl.DataFrame(rows, schema=CASE)
    return frame.sort("household_id", "issued_on", "order_no")


def _homes(tonight: Tonight, known: list[Case], issued: list[WorkOrder]) -> dict[str, list[str]]:
    """order_no to the households that its persons live in now."""
    into = tonight.minted.person_into
    orders = [*(case.order for case in known), *issued]
    members = [
        (order.order_no, into.get(person, person)) for order in orders for person in order.members
    ]
    frame = pl.DataFrame(
        members, schema={"order_no": pl.String, "person_id": pl.String}, orient="row"
    )
    tonight.engine.register("case_member", frame.to_arrow())
    homes: dict[str, list[str]] = {order.order_no: [] for order in orders}
    for row in tonight.rows(
        "SELECT DISTINCT order_no, household_id FROM case_member JOIN people USING (person_id) "
        "WHERE household_id IS NOT NULL ORDER BY ALL"
    ):
        homes[row["order_no"]].append(row["household_id"])
    return homes


def _row(case: Case, household_id: str) -> dict[str, Any]:
    visit = case.visit
    return {
        **_fresh(case.order, household_id),
        "state": STATE_WORDS[case.outcome],
        "visited_on": visit.visited_on if visit else None,
        "conclusions": "、".join(VISIT_RESULTS[code].words for code in visit.codes)
        if visit
        else None,
        "amount": visit.amount if visit else None,
        "rests_until": case.pause.until,
    }


def _fresh(order: WorkOrder, household_id: str) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "order_no": order.order_no,
        "issued_on": order.issued_on,
        "township_code": order.township_code,
        "severity": order.severity,
        "signals": ",".join(order.signals),
        "visitor": order.printed.get("visitor"),
        "state": STATE_WORDS[None],
        "visited_on": None,
        "conclusions": None,
        "amount": None,
        "rests_until": None,
    }
