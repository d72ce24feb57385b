"""What a night tells about itself: its log, its heartbeat, its alerts. None of it can fail the night."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flows import logs
from flows.alerts import heartbeat
from flows.alerts.alert import (
    Alert,
    DeliveryHeld,
    LinesWithheld,
    NightDegraded,
    NightFailed,
    SourceLate,
    SourceName,
)
from flows.alerts.pending import raise_alert
from flows.errors import DoorstepError, Exit
from flows.home import Home
from flows.states import DEGRADED, NOTHING_NEW

if TYPE_CHECKING:
    from flows.night import Night

_TROUBLED = {"refused", "held", "postponed"}


def telling(home: Home, on: date, work: Callable[[], Night]) -> Night:
    """Run a night and write down how it went; the error of a failed one goes on as it is."""
    started = time.perf_counter()
    logs.note("night.started", "夜间任务开始", night=str(on))
    _calmly(lambda: heartbeat.begin(home, on))
    try:
        night = work()
    except Exception as error:
        logs.note_error("night.failed", error, night=str(on), seconds=_since(started))
        code = error.exit if isinstance(error, DoorstepError) else Exit.FAILED
        _calmly(lambda: heartbeat.end(home, on, well=False))
        _calmly(lambda: raise_alert(home, NightFailed(day=on, exit=int(code))))
        raise
    counts = _counts(night.report)
    logs.note(
        "night.ended",
        "夜间任务结束",
        night=night.inputs.label,
        state=night.state,
        exit=int(night.exit),
        seconds=_since(started),
        **counts,
    )
    _calmly(lambda: heartbeat.end(home, on, well=True))
    _calmly(lambda: [raise_alert(home, one) for one in alerts_of(night)])
    return night


def alerts_of(night: Night) -> Iterator[Alert]:
    """What somebody should hear of before reading the report."""
    on, report = night.inputs.night, night.report
    if night.state == NOTHING_NEW or not report:
        return
    sources = report["sources"]
    if night.state == DEGRADED:
        yield NightDegraded(day=on, sources=sum(map(_is_troubled, sources)))
    for one in sources:
        name = SourceName(one["source"])
        if one["late_days"]:
            newest = date.fromisoformat(one["latest"])
            yield SourceLate(day=newest, source=name, days_late=one["late_days"])
        held = sum(delivery["verdict"] == "held" for delivery in one["deliveries"])
        if held:
            yield DeliveryHeld(day=on, source=name, files=held)
    if report["withheld"]:
        yield LinesWithheld(day=on, lines=report["withheld"])


def _is_troubled(source: Mapping[str, Any]) -> bool:
    bad = any(one["verdict"] in _TROUBLED for one in source["deliveries"])
    return bad or bool(source["late_days"]) or source["latest"] is None


def _counts(report: Mapping[str, Any]) -> dict[str, Any]:
    if not report:
        return {}
    return {
        **report["totals"],
        "orders": sum(one["count"] for one in report["orders"]),
        "needs": len(report["needs_a_person"]),
    }


def _calmly(work: Callable[[], Any]) -> None:
    try:
        work()
    except Exception as error:
        logs.note_error("telling.failed", error)


def _since(started: float) -> float:
    return round(time.perf_counter() - started, 3)
