"""`doorstep statistics`: a month's summary for the outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType

from flows import files, reference
from flows.audit.noting import note_export
from flows.errors import UsageError
from flows.excel_csv import excel_csv
from flows.home import Home
from flows.ledger import Ledger
from flows.statistics.monthly import STAGES, Month, monthly_counts
from flows.statistics.protecting import protected
from flows.statistics.sheet import NOTE, as_workbook, summary_lines

_WRITERS: Mapping[str, Callable[[Sequence[Sequence[str | int]]], bytes]] = MappingProxyType(
    {".csv": excel_csv, ".xlsx": as_workbook}
)

_AROUND = 2
_HANDLING = "小数已按规则隐去或取整,可按本单位的公开程序使用。"
"""Header and sum."""
_NOTHING = (0,) * len(STAGES)
"""Every place has its line: one left out would say that nobody there was found."""


def write_statistics(home: Home, out: Path, month: Month | None, today: date) -> str:
    """Write the summary of a month that is over, by default the last one; returns what to say."""
    write = _WRITERS.get(out.suffix.lower())
    if write is None:
        raise UsageError("--out 的文件名应以 .csv 或 .xlsx 结尾。")
    wanted = month or last_month(today)
    lines = month_lines(home, wanted, today)
    files.write(out, write(lines))
    note_export(home, out, "statistics", str(wanted), len(lines) - _AROUND, _HANDLING)
    return f"已写出 {wanted} 的汇总:{out}\n{NOTE}"


def last_month(today: date) -> Month:
    """The last month that is over."""
    return Month(today.replace(day=1)).before


def month_lines(home: Home, wanted: Month, today: date) -> list[tuple[str | int, ...]]:
    """The summary of a month that is over: header, one line per township, the county."""
    if wanted.last >= today:
        raise UsageError(f"{wanted} 还没有结束。请在月末之后再做汇总。")
    if not home.ledger.exists():
        raise UsageError("还没有派过单。请先运行 doorstep nightly。")
    ledger = Ledger(home.ledger)
    position = ledger.position()
    counts = monthly_counts(ledger.orders(position), ledger.visits(position), wanted)
    if not counts:
        raise UsageError(f"{wanted} 没有派过单,没有可汇总的。")
    site = home.config.site
    townships = reference.townships(site.county)
    places = sorted({site.county, *townships, *counts})
    table = protected([counts.get(place, _NOTHING) for place in places])
    return summary_lines(table, places, wanted, townships)


def month_of(text: str | None) -> Month | None:
    """The month meant by YYYY-MM."""
    if text is None:
        return None
    try:
        return Month(date.fromisoformat(f"{text}-01"))
    except ValueError:
        raise UsageError("--month 应写成 YYYY-MM,例如 2026-10。") from None
