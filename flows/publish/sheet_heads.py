"""What every sheet of a list says above its table: whose it is, whom to ask, and to keep it private."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import chinese_day, plain, typeset
from flows.publish.sheet_formats import Formats
from flows.publish.work_orders import SEVERITY_WORDS, OrderLine, TownshipList

PRIVACY_NOTICE = (
    "内部资料,注意保密:仅供本次走访使用,不得公示、转发或拍照外传,用后交回乡镇统一保管或销毁。"
    "本单只用于上门了解情况、提供帮助,不作为停发或减少救助的依据。"
)
TITLE_ROW, SUMMARY_ROW, NOTICE_ROW, AFTER_HEAD = range(4)
_LONGEST_IN_FOOTER = 20


def write_head(
    sheet: Worksheet,
    formats: Formats,
    township: TownshipList,
    lines: Sequence[OrderLine],
    *,
    title: str,
    last_column: int,
    notice_height: float = 20,
) -> None:
    """The title, the counts of these lines and the notice, each across the whole table."""
    heads = (
        (TITLE_ROW, 30, title, formats.title),
        (SUMMARY_ROW, 20, _summary(township, lines), formats.summary),
        (NOTICE_ROW, notice_height, PRIVACY_NOTICE, formats.notice),
    )
    for row, height, text, style in heads:
        sheet.set_row(row, height)
        sheet.merge_range(row, 0, row, last_column, "", style)
        sheet.write_string(row, 0, typeset(text), style)


def title_of(township: TownshipList, of: str) -> str:
    """What a sheet is a list of, for whom and when."""
    supplement = f"(补充单 第{township.supplement}号)" if township.supplement else ""
    place = plain(township.county_name) + plain(township.township_name)
    return f"{place}{of}走访工作单{supplement}  {chinese_day(township.on)}"


def footer(township: TownshipList, of: str, sheet: str) -> str:
    """The foot of every printed page: whose it is, which sheet of how many, which page."""
    names = (plain(township.township_name), plain(of))
    place = " ".join(name[:_LONGEST_IN_FOOTER].replace("&", "&&") for name in names if name)
    pages = f"{sheet}  第 &P 页 / 共 &N 页"
    return f"&L{place} {township.on.isoformat()}&C{pages}&R内部使用 严禁外传"


def _summary(township: TownshipList, lines: Sequence[OrderLine]) -> str:
    counts = Counter(line.severity for line in lines)
    by_severity = "、".join(f"{word} {counts[at]} 户" for at, word in SEVERITY_WORDS.items())
    contact = plain(township.contact)
    asked = f"    有疑问请联系:{contact}" if contact else ""
    return f"共 {len(lines)} 户,其中{by_severity}{asked}"
