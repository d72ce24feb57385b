"""今晨: how the night went, what arrived, what adds up, and what needs a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from flows.desk.held import held_deliveries
from flows.desk.page import Page, Visit
from flows.desk.permissions import Need
from flows.desk.words import N_
from flows.errors import UsageError
from flows.meetings import KINDS, items, overdue
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
_TERMINAL = "doorstep release"
"""What the report says to people at a terminal; here the held files have a button."""

_COUNTS = ("rows", "loaded", "quarantined", "duplicate")


def morning(visit: Visit) -> Response:
    """The whole page from what the night published, and what still waits at this moment."""
    report = json.loads(visit.snapshot.rows("SELECT told FROM night_report")[0]["told"])
    doubts = visit.snapshot.rows("SELECT count(*) AS n FROM doubt")[0]["n"]
    return visit.show(
        "morning.html.j2",
        report=report,
        needs=[need for need in report["needs_a_person"] if _TERMINAL not in need],
        light=LIGHTS.get(report["state"], report["state"]),
        verdicts=VERDICTS,
        sources=[_source(one) for one in report["sources"]],
        totals={**report["totals"], "adds_up": _adds_up(report["totals"])},
        held=held_deliveries(visit.home, frozenset(visit.ledger.released())),
        doubts=doubts,
        overdue=len(overdue(items(visit.ledger.notes(KINDS)), visit.now.date())),
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
