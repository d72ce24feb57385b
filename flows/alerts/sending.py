"""Send what waits: the only place of the house that opens a connection."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from flows import logs
from flows.alerts import heartbeat
from flows.alerts.addresses import ping_address, services
from flows.alerts.alert import HeartbeatMissed, NightInterrupted, Trial, kind_of, sentence
from flows.alerts.only_named import only_named
from flows.alerts.pending import forget_old, raise_alert, waiting, was_not_sent, was_sent
from flows.errors import DoorstepError, Exit
from flows.home import Home
from flows.lock import only_one

_MOST_AT_ONCE = 20
_NOT_WANTED = "没有配置告警([alerts] 的 hosts 为空),什么也没有发送。"


def send_alerts(home: Home) -> tuple[Exit, list[str]]:
    """Send what is due in one message; what was not sent waits longer each time."""
    if not home.config.alerts.are_wanted:
        return Exit.NOTHING_NEW, [_NOT_WANTED]
    with only_one(home.state / "alerts.lock", "告警发送"):
        now = datetime.now(UTC)
        killed = heartbeat.interrupted(home)
        if killed:
            raise_alert(home, NightInterrupted(day=killed))
        forget_old(home, now)
        _ping(home, now)
        due = [one for one in waiting(home) if one.not_before <= now][:_MOST_AT_ONCE]
        if not due:
            return Exit.NOTHING_NEW, ["没有到时的告警。"]
        reached, failed = _deliver(home, [sentence(one.alert) for one in due])
        for one in due:
            if reached:
                was_sent(home, one)
            else:
                was_not_sent(one, now)
            logs.note(
                "alert.sent" if reached else "alert.not_sent",
                "告警已发送" if reached else "告警未发出,稍后重试",
                level="info" if reached else "warning",
                alert=kind_of(one.alert),
                attempts=one.attempts + 1,
            )
    return _told(len(due), reached, failed)


def try_alert(home: Home, today: date) -> tuple[Exit, list[str]]:
    """Send one test message to every address now."""
    if not home.config.alerts.are_wanted:
        raise DoorstepError(_NOT_WANTED)
    reached, failed = _deliver(home, [sentence(Trial(day=today))])
    return _told(1, reached, failed)


def check_heartbeat(home: Home, today: date) -> tuple[Exit, list[str]]:
    """Raise an alert when no night has ended well for too long; sends nothing itself."""
    hours = heartbeat.silent_hours(home, datetime.now(UTC))
    if hours is None:
        return Exit.DONE, ["夜间任务按时完成。"]
    alert = HeartbeatMissed(day=today, hours=hours)
    raise_alert(home, alert)
    logs.note("heartbeat.missed", "夜间任务没有按时完成", level="warning", hours=hours)
    return Exit.WARNINGS, [sentence(alert)]


def _deliver(home: Home, sentences: Sequence[str]) -> tuple[int, int]:
    """How many addresses took the message, and how many did not."""
    title = f"Doorstep {home.config.site.name}".strip()
    with only_named(home.config.alerts.hosts):
        took = [_take(service, title, "\n".join(sentences)) for service in services(home)]
    return sum(took), len(took) - sum(took)


def _take(service: Any, title: str, body: str) -> bool:
    """Whether an address took it; why not is logged by kind and place only."""
    try:
        return bool(service.notify(title=title, body=body))
    except Exception as error:
        logs.note_error("alert.refused", error)
        return False


def _told(count: int, reached: int, failed: int) -> tuple[Exit, list[str]]:
    if not reached:
        return Exit.FAILED, [f"{count} 条告警未能送达任何地址,稍后会再试。请核对地址和网络。"]
    if failed:
        return Exit.WARNINGS, [f"已发送 {count} 条告警,但有 {failed} 个地址未送达。"]
    return Exit.DONE, [f"已发送 {count} 条告警到 {reached} 个地址。"]


def _ping(home: Home, now: datetime) -> None:
    """Tell the outside watch that nights run; it raises the alarm when it hears nothing."""
    address = ping_address(home)
    if not address or heartbeat.silent_hours(home, now) is not None:
        return
    try:
        with only_named(home.config.alerts.hosts):
            _get(address)
    except (OSError, HTTPException) as error:
        logs.note_error("ping.failed", error)


def _get(address: str) -> None:
    """Ask for a page, without proxies and without following where it leads."""
    parts = urlsplit(address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.netloc, timeout=15)
    try:
        connection.request("GET", f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
        connection.getresponse()
    finally:
        connection.close()
