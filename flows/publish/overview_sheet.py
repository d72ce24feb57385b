"""总表, the first sheet: which village has how many to visit, by when, and who is to go.

For the assistant who hands the sheets to the villages; nobody visited is named on it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import lines_needed, plain, typeset
from flows.publish.routes import Village
from flows.publish.sheet_formats import Formats
from flows.publish.sheet_heads import AFTER_HEAD, footer, title_of, write_head
from flows.publish.work_orders import SEVERITY_WORDS, OrderLine, TownshipList

COLUMNS = (
    ("表名", 24),
    *((word, 8) for word in SEVERITY_WORDS.values()),
    ("合计", 8),
    ("最早期限", 20),
    ("指派走访人", 30),
)
LAST_COLUMN = len(COLUMNS) - 1
_WIDTH = sum(width for _, width in COLUMNS)
LINE_HEIGHT, LEAST_HEIGHT = 15.5, 24
A4 = 9


def write_overview(
    sheet: Worksheet, formats: Formats, township: TownshipList, villages: Sequence[Village]
) -> None:
    """One row a village, in the order of its sheets, and what they come to together."""
    title = title_of(township, "")
    write_head(
        sheet,
        formats,
        township,
        township.lines,
        title=title,
        last_column=LAST_COLUMN,
        notice_height=34,
    )
    sheet.set_row(AFTER_HEAD, 28)
    for at, (heading, width) in enumerate(COLUMNS):
        sheet.write_string(AFTER_HEAD, at, heading, formats.header)
        sheet.set_column(at, at, width)
    told = [(village.sheet, village.lines, _going(village.lines)) for village in villages]
    total = ("合计", township.lines, "")
    for row, (name, lines, going) in enumerate((*told, total), AFTER_HEAD + 1):
        soonest = min(lines, key=lambda line: line.due_on).due
        texts = [name, *_counts(lines), typeset(str(soonest)), going]
        for at, text in enumerate(texts):
            sheet.write_string(row, at, text, formats.known)
        sheet.set_row(row, max(LEAST_HEIGHT, lines_needed(going, COLUMNS[-1][1]) * LINE_HEIGHT + 4))
    last = AFTER_HEAD + 1 + len(villages)
    if township.known_until:
        last += 1
        text = typeset(f"各部门数据截至日期:{plain(township.known_until)}")
        sheet.set_row(last, lines_needed(text, _WIDTH) * LINE_HEIGHT + 4)
        sheet.merge_range(last, 0, last, LAST_COLUMN, "", formats.notice)
        sheet.write_string(last, 0, text, formats.notice)
    _protect_and_set_up_print(sheet, township, last)


def _counts(lines: Sequence[OrderLine]) -> Iterator[str]:
    """Households by severity, an empty cell for none, and all of them."""
    counts = Counter(line.severity for line in lines)
    for severity in SEVERITY_WORDS:
        yield str(counts[severity] or "")
    yield str(len(lines))


def _going(lines: Sequence[OrderLine]) -> str:
    return "、".join(dict.fromkeys(plain(line.visitor) for line in lines if plain(line.visitor)))


def _protect_and_set_up_print(sheet: Worksheet, township: TownshipList, last: int) -> None:
    sheet.protect("", {"format_columns": True, "format_rows": True})
    sheet.hide_gridlines(2)
    sheet.freeze_panes(AFTER_HEAD + 1, 0)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(AFTER_HEAD)
    sheet.print_area(0, 0, last, LAST_COLUMN)
    sheet.set_footer(footer(township, "", sheet.get_name()), {"margin": 0.25})
