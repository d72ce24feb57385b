"""The columns of a sheet of questions: which facts of the two records are shown, and how wide."""

from __future__ import annotations

from dataclasses import dataclass

from flows.review.words import ANSWER_HEADER, NOTE_HEADER, NUMBER_HEADER, SHEET_HEADER


@dataclass(frozen=True)
class SideColumn:
    """One fact of both records; `compared` marks what differs."""

    title: str
    width: float
    fact: str
    compared: bool = True


SIDE_COLUMNS = (
    SideColumn("来源", 13, "source", compared=False),
    SideColumn("姓名", 12, "name"),
    SideColumn("证件号码", 12, "number"),
    SideColumn("性别", 5, "sex"),
    SideColumn("出生日期", 12, "birth_date"),
    SideColumn("住址", 30, "address"),
    SideColumn("电话", 13, "phone"),
    SideColumn("户和联系人", 20, "household", compared=False),
)
BEFORE = ((NUMBER_HEADER, 18.0), (SHEET_HEADER, 9.0), ("记录", 5.0))
AFTER = (("系统的判断", 28.0), (ANSWER_HEADER, 12.0), (NOTE_HEADER, 15.0))
TITLES = [title for title, _ in BEFORE] + [c.title for c in SIDE_COLUMNS] + [t for t, _ in AFTER]
WIDTHS = [width for _, width in BEFORE] + [c.width for c in SIDE_COLUMNS] + [w for _, w in AFTER]
LAST_COLUMN = len(TITLES) - 1
WHY, ANSWER, NOTE = range(len(TITLES) - 3, len(TITLES))
