"""[retention] of doorstep.toml: how long what is kept; what, why and by which law: `flows.retention.table`.

Shorter than the house needs is refused. Logs: [logs] keep_days. 社会救助档案 are the site's own and not
kept here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from flows.errors import DoorstepError

LEAST = {
    "archive_months": 12,
    "held_days": 7,
    "quarantine_days": 7,
    "refused_days": 7,
    "lists_months": 6,
}
"""Less would take from the night what it still reads, or from people what they still work with."""


@dataclass(frozen=True, kw_only=True)
class RetentionSettings:
    """Months are calendar months."""

    archive_months: int = 24
    held_days: int = 90
    quarantine_days: int = 90
    refused_days: int = 90
    lists_months: int = 24
    backups_days: int = 90

    def __post_init__(self) -> None:
        """Refuse what is no number of months or days, or too few of them."""
        for one in fields(self):
            value, least = getattr(self, one.name), LEAST.get(one.name, 1)
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise DoorstepError(
                    f"[retention] 的 {one.name} 应为不小于 {least} 的整数。请改正。"
                )
