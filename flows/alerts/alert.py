"""What an alert can say: fixed sentences around whole numbers, dates and names of our own lists.

No field of an alert is a free text, so nothing of a person can stand in one; what lies on disk is
the fields, and the sentence is made from them when it is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from data_contracts.sources import SOURCES
from flows.errors import DoorstepError

_MOST = 99_999_999
"""A count beyond it would be somebody's number, not a count."""


class SourceName(str):
    """The name of one of our sources."""

    def __new__(cls, name: str) -> SourceName:
        """Only a name that stands in data_contracts/sources."""
        if name not in SOURCES:
            raise ValueError("not a source")
        return super().__new__(cls, name)


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One kind of alert: `day` is the night or day it is about."""

    day: date

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, bool) or not isinstance(value, int | date | SourceName):
                raise TypeError(f"{type(self).__name__}.{one.name} is no number, date or source")
            if isinstance(value, int) and not 0 <= value <= _MOST:
                raise ValueError(f"{type(self).__name__}.{one.name} is no count")

    @property
    def key(self) -> str:
        """Two alerts with the same key say the same thing, and only one is sent."""
        return "-".join((kind_of(self), self.day.isoformat(), *map(str, self.same())))

    def same(self) -> tuple[Any, ...]:
        """What else makes this alert another one."""
        return ()


@dataclass(frozen=True, kw_only=True)
class NightFailed(Alert):
    """A night ended with an error."""

    exit: int

    def same(self) -> tuple[Any, ...]:
        """Another way to fail is another alert."""
        return (self.exit,)


@dataclass(frozen=True, kw_only=True)
class NightInterrupted(Alert):
    """A night began, and neither ended nor runs."""


@dataclass(frozen=True, kw_only=True)
class NightDegraded(Alert):
    """A night ended, and some sources were refused, held or late."""

    sources: int


@dataclass(frozen=True, kw_only=True)
class SourceLate(Alert):
    """A source brings nothing new; `day` is its newest business date. Said again every week."""

    source: SourceName
    days_late: int

    def same(self) -> tuple[Any, ...]:
        """Once a week for every source."""
        return (self.source, self.days_late // 7)


@dataclass(frozen=True, kw_only=True)
class DeliveryHeld(Alert):
    """Deliveries of a source wait for a person."""

    source: SourceName
    files: int

    def same(self) -> tuple[Any, ...]:
        """Once a night for every source."""
        return (self.source,)


@dataclass(frozen=True, kw_only=True)
class LinesWithheld(Alert):
    """Lines did not pass the check on what may go out."""

    lines: int


@dataclass(frozen=True, kw_only=True)
class HeartbeatMissed(Alert):
    """No night has ended well for too long; 0 hours means never, or a clock that jumped."""

    hours: int


@dataclass(frozen=True, kw_only=True)
class Trial(Alert):
    """Somebody wants to know whether alerts arrive."""


_SENTENCES: Mapping[type[Alert], tuple[str, Callable[[Any], str]]] = {
    NightFailed: (
        "night_failed",
        lambda one: (
            f"{one.day} 夜间任务失败(退出码 {one.exit})。已发布的内容未改动,请看服务日志的最后一行。"
        ),
    ),
    NightInterrupted: (
        "night_interrupted",
        lambda one: f"{one.day} 夜间任务中断,没有结束。再次运行 doorstep nightly 即从原清单补完。",
    ),
    NightDegraded: (
        "night_degraded",
        lambda one: f"{one.day} 夜间任务完成,但有 {one.sources} 个来源异常。请看晨报“待处理”。",
    ),
    SourceLate: (
        "source_late",
        lambda one: f"来源“{_title(one)}”已迟 {one.days_late} 天,数据到 {one.day}。请联系该部门。",
    ),
    DeliveryHeld: (
        "delivery_held",
        lambda one: (
            f"来源“{_title(one)}”有 {one.files} 批文件暂缓接收({one.day})。核实后用 doorstep release 放行。"
        ),
    ),
    LinesWithheld: (
        "lines_withheld",
        lambda one: f"{one.day} 有 {one.lines} 户未通过外发检查,改由县级处理。",
    ),
    HeartbeatMissed: (
        "heartbeat_missed",
        lambda one: (
            f"已 {one.hours} 小时没有完成夜间任务。请在服务器上运行 doorstep doctor。"
            if one.hours
            else "没有夜间任务完成的可信记录(从未完成,或时钟变动)。请在服务器上运行 doorstep doctor。"
        ),
    ),
    Trial: ("test", lambda one: f"这是 {one.day} 的告警测试,收到即可,无需处理。"),
}
_KINDS = {name: kind for kind, (name, _) in _SENTENCES.items()}


def kind_of(alert: Alert) -> str:
    """The kind as [alerts] `on` names it."""
    return _SENTENCES[type(alert)][0]


def sentence(alert: Alert) -> str:
    """What is sent."""
    return _SENTENCES[type(alert)][1](alert)


def as_plain(alert: Alert) -> dict[str, Any]:
    """What lies on disk."""
    values = {one.name: getattr(alert, one.name) for one in fields(alert)}
    plain = {name: str(one) if isinstance(one, date) else one for name, one in values.items()}
    return {"kind": kind_of(alert), **plain}


def from_plain(plain: Mapping[str, Any]) -> Alert:
    """An alert as it lay on disk; what is not one is refused, whoever wrote it."""
    try:
        values = {name: value for name, value in plain.items() if name != "kind"}
        values["day"] = date.fromisoformat(values["day"])
        if "source" in values:
            values["source"] = SourceName(values["source"])
        return _KINDS[plain["kind"]](**values)
    except (KeyError, TypeError, ValueError):
        raise DoorstepError("state/alerts 中有一份文件不是告警,已跳过。") from None


def _title(alert: Any) -> str:
    return SOURCES[alert.source].title
