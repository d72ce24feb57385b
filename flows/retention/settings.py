"""[retention] of doorstep.toml: how long what is kept. Shorter than a legal minimum is refused.

archive_months: departments' files and returned lists. 个人信息保护法 art. 19: no longer than the
purpose needs; the longest look-back of any signal is two years.
quarantine_days, refused_days: rows and files that go back to their department (art. 19).
lists_months: published nights, receipts. A list is of use until its visits are done; reports prove
what was done. 社会救助档案 are the site's own and not kept here.
backups_days: copies made by `doorstep backup`; erased people go with them.
Logs: [logs] keep_days. The audit trail is never cut (网络安全法 art. 21: at least six months; 个人信息保护法
art. 56: three years for what an impact assessment rests on). The ledger stays: orders, visits and
answers are what others rely on.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from flows.errors import DoorstepError

_LEAST = {"archive_months": 12, "quarantine_days": 7, "refused_days": 7, "lists_months": 6}
"""Less would take from the night what it still reads, or from people what they still work with."""


@dataclass(frozen=True, kw_only=True)
class RetentionSettings:
    """Months are calendar months."""

    archive_months: int = 24
    quarantine_days: int = 90
    refused_days: int = 90
    lists_months: int = 24
    backups_days: int = 90

    def __post_init__(self) -> None:
        """Refuse what is no number of months or days, or too few of them."""
        for one in fields(self):
            value, least = getattr(self, one.name), _LEAST.get(one.name, 1)
            if not isinstance(value, int) or isinstance(value, bool) or value < least:
                raise DoorstepError(
                    f"[retention] 的 {one.name} 应为不小于 {least} 的整数。请改正。"
                )
