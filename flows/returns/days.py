"""The day of a visit as people and spreadsheets write it. What could mean two days is no day."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from flows.returns.taken import Fault

TITLE = "走访日期"
_HOW = "请写成 2026-11-25 的样子"
_CLOCK = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?"
_WHOLE = (
    re.compile(rf"(20\d\d)([-/.])(\d{{1,2}})\2(\d{{1,2}}){_CLOCK}"),
    re.compile(rf"(20\d\d)(年)(\d{{1,2}})月(\d{{1,2}})[日号]?{_CLOCK}"),
    re.compile(r"(20\d\d)()(\d\d)(\d\d)"),
)
_BESIDE = re.compile(r"\s+(?=[-/.年月日号])|(?<=[-/.年月])\s+|\(?(?:周|星期)[一二三四五六日天]\)?")
"""Blanks inside a day, and the day of the week."""

_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_NO_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?")
_DAY_OR_MONTH = re.compile(r"\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?")
_DAY_ZERO = date(1899, 12, 30)


def day_of(text: str, earliest: date, latest: date) -> date | Fault:
    """The day a cell says. Where the year is left out there must be one day in between that fits."""
    said = _BESIDE.sub("", unicodedata.normalize("NFKC", text)).strip()
    days = _days(said, earliest, latest)
    if days is None:
        reason = "分不清几月几日" if _DAY_OR_MONTH.fullmatch(said) else "看不懂"
        return Fault(TITLE, f"走访日期{reason}", _HOW)
    fitting = [day for day in days if earliest <= day <= latest]
    if len(fitting) == 1:
        return fitting[0]
    if len(days) > 1:
        return Fault(TITLE, "走访日期没有写年份,确定不了是哪一年", _HOW)
    early = any(day < earliest for day in days)
    reason = "走访日期早于派单日期" if early else "走访日期晚于今天"
    return Fault(TITLE, reason, "请核对走访日期")


def _days(said: str, earliest: date, latest: date) -> list[date] | None:
    """The days that a text can mean; none at all if it is no day."""
    if found := next((match for form in _WHOLE if (match := form.fullmatch(said))), None):
        return _real([int(found[1])], int(found[3]), int(found[4]))
    if found := _SERIAL.fullmatch(said):
        return [_DAY_ZERO + timedelta(days=int(found[1]))]
    if found := _NO_YEAR.fullmatch(said):
        return _real(range(earliest.year, latest.year + 1), int(found[1]), int(found[2]))
    return None


def _real(years: range | list[int], month: int, day: int) -> list[date] | None:
    days = []
    for year in years:
        try:
            days.append(date(year, month, day))
        except ValueError:
            continue
    return days or None
