"""[alerts] of doorstep.toml: to whom, on what, and which hosts may be spoken to. Nothing by default."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.errors import DoorstepError

KINDS = (
    "night_failed",
    "night_interrupted",
    "night_degraded",
    "source_late",
    "delivery_held",
    "lines_withheld",
    "heartbeat_missed",
)
"""What can be alerted of; a test alert is sent whatever is chosen."""


@dataclass(frozen=True, kw_only=True)
class AlertSettings:
    """Addresses as Apprise writes them; they hold tokens and are never shown."""

    urls: Sequence[str] = field(default=(), repr=False)
    urls_file: str = ""
    hosts: Sequence[str] = ()
    on: Sequence[str] = KINDS
    heartbeat_hours: int = 26
    ping: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        lists = (self.urls, self.hosts, self.on)
        if any(
            isinstance(one, str) or not all(isinstance(item, str) for item in one) for one in lists
        ):
            raise DoorstepError("doorstep.toml:[alerts] 的 urls、hosts、on 应为文字列表。")
        unknown = sorted(set(self.on) - set(KINDS))
        if unknown:
            raise DoorstepError(
                f"doorstep.toml:[alerts] 的 on 不认识 {'、'.join(unknown)}。可用的是:{'、'.join(KINDS)}。"
            )
        if not isinstance(self.heartbeat_hours, int) or self.heartbeat_hours < 1:
            raise DoorstepError("doorstep.toml:[alerts] 的 heartbeat_hours 应为不小于 1 的整数。")

    @property
    def are_wanted(self) -> bool:
        """Whether anybody is to be told: without a named host nothing is written or sent."""
        return bool(self.hosts)
