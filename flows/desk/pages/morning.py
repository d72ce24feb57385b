"""今晨: how the night went, what arrived, what adds up, and what needs a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from flows.desk.cases_shown import in_vain
from flows.desk.held import held_deliveries
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.words import N_
from flows.errors import UsageError
from flows.meetings import KINDS, items, overdue, undecided
from flows.policy.drafts import drafts
from flows.review.notes import why_not_kept
from flows.site import release_delivery

LIGHTS = {"done": N_("完成"), "degraded": N_("降级"), "nothing_new": N_("无新内容")}
VERDICTS = {
    "accepted": N_("接收"),
    "repeated": N_("重复文件"),
    "held": N_("暂缓,待放行"),
    "refused": N_("未接收"),
    "postponed": N_("留待下次"),
}
OVERDUE = N_("项会商决定已过期限,没有办结")
UNDECIDED = N_("件议题的会期已过,还没有记录决定")
VAIN = N_("户多次发单仍未获得帮助,请县级牵头")
DRAFTED = N_("份政策草案等另一位经办人决定")
DOUBTED = N_("对记录拿不准是不是同一人,等人核对")
_TERMINAL = "doorstep release"
"""What the report says to people at a terminal; here the held files have a button."""

_COUNTS = ("rows", "loaded", "quarantined", "duplicate")


def morning(visit: Visit) -> Response:
    """The whole page from what the night published, and what still waits at this moment."""
    report = json.loads(visit.snapshot.rows("SELECT told FROM night_report")[0]["told"])
    return visit.show(
        "morning.html.j2",
        report=report,
        needs=[need for need in report["needs_a_person"] if _TERMINAL not in need],
        light=LIGHTS.get(report["state"], report["state"]),
        verdicts=VERDICTS,
        sources=[_source(one) for one in report["sources"]],
        totals={**report["totals"], "adds_up": _adds_up(report["totals"])},
        held=held_deliveries(visit.home, frozenset(visit.ledger.released())),
        waiting=_waiting(visit),
        anchor=_anchor(visit),
    )


def release(visit: Visit) -> Response:
    """Let a held delivery in, exactly as `doorstep release` does."""
    delivery, reason = visit.said("delivery"), visit.said("reason")
    unfit = why_not_kept(reason)
    if unfit:
        raise UsageError(f"理由{'、'.join(unfit)},台账不保存。请改写。")
    visit.note("release", on=delivery, reason=reason)
    visit.tell(release_delivery(visit.home, delivery, reason, visit.who))
    return visit.go("/")


def _waiting(visit: Visit) -> list[tuple[int, str, str]]:
    """What waits on a page that the reader may open: how many, what for, and where."""
    cases, today = items(visit.ledger.notes(KINDS)), visit.now.date()
    drafted = sum(not one.decided for one in drafts(visit.ledger).values())
    doubts = visit.snapshot.rows("SELECT count(*) AS n FROM doubt")[0]["n"]
    told = (
        (len(overdue(cases, today)), OVERDUE, "/meeting", Need.MEETING),
        (len(undecided(cases, today)), UNDECIDED, "/meeting", Need.MEETING),
        (len(in_vain(visit)), VAIN, "/back", Need.DECIDE),
        (drafted, DRAFTED, "/drafts", Need.PLAN),
        (doubts, DOUBTED, "/who", Need.REVIEW),
    )
    return [(n, words, place) for n, words, place, need in told if n and visit.may(need)]


def _source(source: Mapping[str, Any]) -> dict[str, Any]:
    deliveries = [{**one, "adds_up": _adds_up(one)} for one in source["deliveries"]]
    troubled = source["late_days"] or source["latest"] is None
    return {**source, "deliveries": deliveries, "troubled": bool(troubled)}


def _adds_up(counts: Mapping[str, Any]) -> bool:
    rows, *parts = (counts[name] for name in _COUNTS)
    return bool(rows == sum(parts))


def _anchor(visit: Visit) -> str:
    """The audit trail's last kept anchor."""
    kept = visit.desk.trail.anchors()
    return str(kept[-1]) if kept else ""


PAGES = (
    Page("/", morning, needs=Need.MORNING, title=N_("今晨"), menu=1),
    Page("/release", release, needs=Need.RELEASE, method="POST"),
)
