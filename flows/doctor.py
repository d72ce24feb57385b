"""Look the installation over and say, for whatever is wrong, how to mend it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from flows.errors import DoorstepError
from flows.freshness import is_awaited
from flows.home import Home
from flows.ledger import Ledger

_FREE_GB = 10


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    well: bool
    mend: str = ""


def examine(home: Home, today: date) -> list[Finding]:
    """Everything that can be checked without starting a night."""
    return [finding for check in _CHECKS for finding in check(home, today)]


def _settings(home: Home, today: date) -> Iterator[Finding]:
    site = home.config.site
    well = len(site.county) == 6 and site.county.isdigit() and bool(site.name)
    yield Finding(
        what="站点名称与区划代码", well=well, mend="在 doorstep.toml 的 [site] 填写 name 和 county"
    )
    from flows.ready import has_known_county

    yield Finding(
        what="区划表中有本县乡镇",
        well=has_known_county(home),
        mend="核对 doorstep.toml 的 county(6 位区划代码)",
    )


def _policy(home: Home, today: date) -> Iterator[Finding]:
    from flows.ready import require_policy

    try:
        require_policy(home, today)
    except DoorstepError as error:
        yield Finding(what="政策数值", well=False, mend=str(error))
    else:
        yield Finding(what="政策数值", well=True)


def _coverage(home: Home, today: date) -> Iterator[Finding]:
    known = Ledger(home.ledger).deliveries() if home.ledger.exists() else []
    delivered = {one.source for one in known}
    overlays = home.config.overlays
    unstated = [
        source.title
        for name, source in home.config.sources.items()
        if is_awaited(source, delivered)
        and (name not in overlays or not overlays[name].complete_since)
    ]
    yield Finding(
        what="各来源的完整起始日期",
        well=not unstated,
        mend=f"{'、'.join(unstated)} 未写 complete_since;不写则“没有记录”不会被当作“没有”",
    )


def _disk(home: Home, today: date) -> Iterator[Finding]:
    free = shutil.disk_usage(home.root).free / 1e9
    yield Finding(
        what=f"磁盘剩余 {free:.0f} GB", well=free > _FREE_GB, mend=f"至少留出 {_FREE_GB} GB"
    )


def _calendar(home: Home, today: date) -> Iterator[Finding]:
    from flows.publish.working_days import due_date

    due = due_date(date(today.year, 12, 31), 5) if today.month >= 11 else due_date(today, 5)
    yield Finding(
        what="工作日历",
        well=not due.provisional,
        mend="下一年的放假安排尚未收录,跨年期限按周末推算并标注“暂定”;请升级 chinesecalendar",
    )


def _permissions(home: Home, today: date) -> Iterator[Finding]:
    open_to_others = [path for path in (home.state, home.archive) if path.stat().st_mode & 0o077]
    names = "、".join(path.name for path in open_to_others)
    yield Finding(
        what="目录权限", well=not open_to_others, mend=f"chmod 700 {names}(目前其他用户可读)"
    )


_CHECKS: tuple[Callable[[Home, date], Iterator[Finding]], ...] = (
    _settings,
    _policy,
    _coverage,
    _disk,
    _calendar,
    _permissions,
)
