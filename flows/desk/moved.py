"""People who moved to another township: where they go now, and a new address that an officer adds.

What is added is handed in as a sheet of one row, like any correction of a visit: the last report
counts, the earlier one stays, and the next night sends the case where the address says.
"""

from __future__ import annotations

from typing import Any

from data_contracts.visit_results import Outcome
from flows import reference
from flows.case_frames import STATE_WORDS
from flows.cases import outcome_of
from flows.desk.handing_in import hand_in
from flows.desk.page import Visit
from flows.errors import UsageError
from flows.excel_csv import excel_csv
from flows.publish.order_numbers import canonical_order_number
from flows.returned_files import HandedIn, Receipt
from flows.returns.header import RESULTS, TITLES
from flows.returns.taken import Visit as Visited
from flows.review.notes import why_not_kept

REMARK = "工作台补记新住址"
_LONGEST = 120


def moved(visit: Visit) -> list[dict[str, Any]]:
    """Households whose last visit said that they live in another township of the county."""
    rows = visit.snapshot.rows(_MOVED, STATE_WORDS[Outcome.MOVED_WITHIN])
    last = visit.ledger.last_visits([row["order_no"] for row in rows])
    for row in rows:
        told = last.get(row["order_no"])
        row["is_mended"] = told is not None and REMARK in told.note
        row["is_known"] = row["present"] not in (None, row["township_code"])
    return rows


def add_address(visit: Visit) -> Receipt:
    """Note a new address beside what the visitor said; refused unless the visit said 'moved'."""
    number = canonical_order_number(visit.said("order"))
    last = visit.ledger.last_visits([number or ""]).get(number or "")
    if number is None or last is None or outcome_of(last) is not Outcome.MOVED_WITHIN:
        raise UsageError("这张工作单的走访结论不是“在本县其他乡镇”,不能补记新住址。")
    townships = reference.townships(visit.home.config.site.county)
    township, place = townships.get(visit.said("township")), visit.said("address")
    if township is None:
        raise UsageError("请选择现在住在哪个乡镇。")
    unfit = why_not_kept(place)
    if unfit or len(place) > _LONGEST:
        raise UsageError("新住址太长或含号码,没有登记。请只写村、组、门牌。")
    return hand_in(visit, _sheet(number, last, f"{township}{place}"))


def _sheet(number: str, last: Visited, address: str) -> HandedIn:
    """The last report again as a sheet of one row, with the new address."""
    amount = f" {last.amount}元" if last.amount is not None else ""
    reached = {True: "是", False: "否", None: ""}[last.reached]
    said = {
        "order_no": number,
        "visited_on": last.visited_on.isoformat(),
        "visitor": last.visitor,
        "reached": reached,
        "conclusion": "、".join(last.codes) + amount,
        "address": address,
        "phone": last.phone or "",
        "needs": last.needs,
        "note": ";".join(filter(None, (last.note, REMARK))),
    }
    columns = ("order_no", *RESULTS)
    sheet = [[TITLES[column][0] for column in columns], [said[column] for column in columns]]
    return HandedIn(file_name=f"{REMARK}.csv", content=excel_csv(sheet))


_MOVED = """
SELECT "case".order_no, "case".household_id, "case".township_code, "case".visited_on,
       came_from.name AS from_name, worklist.township_code AS present,
       worklist.township_name AS present_name, worklist.state
FROM "case" LEFT JOIN worklist USING (household_id)
LEFT JOIN township AS came_from ON came_from.code = "case".township_code
QUALIFY row_number() OVER (
  PARTITION BY household_id ORDER BY issued_on DESC, "case".order_no DESC) = 1
  AND "case".state = ?
ORDER BY visited_on DESC, "case".order_no
"""
