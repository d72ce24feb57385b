"""The work orders as CSV, the interface of record: one fact per column, opens right in Excel.

UTF-8 with a byte order mark and CRLF, because Excel and WPS on Chinese Windows take anything else
for GBK. The lines stand in the order of walking, as in the workbook. The same list gives the same
bytes. The last column, the same in every row, says how new the data are: a line above or below the
table would be sorted or filtered away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flows.excel_csv import excel_csv
from flows.publish.cells import guarded, plain, shown_phone, typeset
from flows.publish.routes import villages_of
from flows.publish.visit_results import RESULT_COLUMNS
from flows.publish.work_orders import (
    KNOWN_UNTIL,
    ORDER_NUMBER_HEADER,
    SEVERITY_WORDS,
    SEX_WORDS,
    OrderLine,
    TownshipList,
)

BETWEEN_SENTENCES = "\uff1b"


def _free(text: str | None) -> str:
    """Text from outside the house, made harmless."""
    return guarded(plain(text))


def _sentences(texts: tuple[str, ...]) -> str:
    return guarded(BETWEEN_SENTENCES.join(dict.fromkeys(typeset(plain(text)) for text in texts)))


PREFILLED: Mapping[str, Callable[[OrderLine], str]] = {
    ORDER_NUMBER_HEADER: lambda line: line.order_no,
    "紧急程度": lambda line: SEVERITY_WORDS[line.severity],
    "走访期限": lambda line: str(line.due),
    "指派走访人": lambda line: _free(line.visitor),
    "乡镇代码": lambda line: line.township_code,
    "乡镇": lambda line: _free(line.township_name),
    "村代码": lambda line: _free(line.village_code),
    "村或社区": lambda line: _free(line.village_name),
    "姓名": lambda line: _free(line.person_name),
    "性别": lambda line: SEX_WORDS[line.sex],
    "年龄": lambda line: "" if line.age is None else str(line.age),
    "证件后四位": lambda line: line.number_last4 or "",
    "户内人数": lambda line: str(line.household_size),
    "登记电话": lambda line: guarded(shown_phone(line.phone)),
    "登记住址": lambda line: _free(line.address),
    "住址依据": lambda line: _free(line.address_basis),
    "走访原因": lambda line: _sentences(line.reasons),
    "请核实": lambda line: _sentences(line.verify),
    "可介绍的政策": lambda line: _sentences(line.offers),
    "上次走访": lambda line: _sentences((line.last_visit or "",)),
    "首次发现": lambda line: line.first_found.isoformat(),
    "说明": lambda line: _sentences((line.note or "",)),
}
"""What is filled in already, by header; the eight result columns follow, empty, then `KNOWN_UNTIL`."""


def work_order_csv(township: TownshipList) -> bytes:
    """The township's orders as the bytes of a CSV file."""
    header = [*PREFILLED, *(column.title for column in RESULT_COLUMNS), KNOWN_UNTIL]
    to_fill = [""] * len(RESULT_COLUMNS)
    known_until = _sentences((township.known_until,))
    rows = (
        [*(cell(line) for cell in PREFILLED.values()), *to_fill, known_until]
        for village in villages_of(township.lines)
        for line in village.lines
    )
    return excel_csv([header, *rows])
