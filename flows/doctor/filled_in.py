"""What a person fills in: settings, policy values, since when sources are complete, the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from flows.doctor.finding import Finding
from flows.errors import DoorstepError
from flows.freshness import is_awaited
from flows.home import Home
from flows.ledger import Ledger

_NEXT_YEARS_CALENDAR_IS_DUE = 11
"""The State Council publishes a year's holidays in the November before it."""


def settings(home: Home, today: date) -> Iterator[Finding]:
    """Who the site is, and whether its county is known."""
    from flows.ready import has_known_county

    site = home.config.site
    yield Finding(
        what="站点名称与区划代码",
        well=len(site.county) == 6 and site.county.isdigit() and bool(site.name),
        mend="在 doorstep.toml 的 [site] 填写 name 和 county",
        mend_en="fill in name and county under [site] in doorstep.toml",
    )
    yield Finding(
        what="区划表中有本县乡镇",
        well=has_known_county(home),
        mend="核对 doorstep.toml 的 county(6 位区划代码)",
        mend_en="check county in doorstep.toml, the six-digit division code",
    )


def policy(home: Home, today: date) -> Iterator[Finding]:
    """Whether every value has been given."""
    from flows.ready import require_policy

    try:
        require_policy(home, today)
    except DoorstepError as error:
        yield Finding(
            what="政策数值",
            well=False,
            mend=str(error),
            mend_en="fill in the missing values in policy/, with their documents",
        )
    else:
        yield Finding(what="政策数值", well=True)


def coverage(home: Home, today: date) -> Iterator[Finding]:
    """Whether silence of each awaited source may mean anything."""
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
        mend_en="write complete_since for each source; without it, no record never means none",
    )


def calendar(home: Home, today: date) -> Iterator[Finding]:
    """Whether the days that orders are due on are known, next year's from November on."""
    from flows.publish.working_days import due_date

    late = today.month >= _NEXT_YEARS_CALENDAR_IS_DUE
    due = due_date(date(today.year, 12, 31) if late else today, 5)
    yield Finding(
        what="工作日历",
        well=not due.provisional,
        mend="下一年的放假安排尚未收录,跨年期限按周末推算并标注“暂定”;请升级 chinesecalendar",
        mend_en="next year's holidays are not in chinesecalendar yet; upgrade it",
    )
