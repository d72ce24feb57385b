"""One fact of the two records of a question, written one above the other, what differs marked."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from flows.publish.cells import lines_needed, plain, shortened, typeset
from flows.review.difference import differences
from flows.review.question_formats import QuestionFormats
from flows.review.sheet_columns import BEFORE, SIDE_COLUMNS
from flows.review.sides import Side

LINE_HEIGHT, TALLEST_ROW = 15.5, 400
"""Points. Excel shows no row taller than 409."""
MOST_LINES = int(TALLEST_ROW // LINE_HEIGHT)


def write_fact(
    sheet: Worksheet,
    formats: QuestionFormats,
    row: int,
    at: int,
    pair: tuple[Side, Side],
) -> float:
    """One fact of both records, what differs marked; how tall the rows must be for it."""
    column, place = SIDE_COLUMNS[at], len(BEFORE) + at
    texts = [_fact(side, column.fact) for side in pair]
    cut = [shortened(text, column.width, MOST_LINES) for text in texts]
    parts = differences(*cut) if column.compared else ([(cut[0], False)], [(cut[1], False)])
    for below, (text, stretches) in enumerate(zip(cut, parts, strict=True)):
        if len(stretches) > 1:
            rich = [
                one for part, is_other in stretches for one in (formats.stretch[is_other], part)
            ]
            sheet.write_rich_string(row + below, place, *rich, formats.known)
        else:
            style = formats.differs if stretches[0][1] else formats.known
            sheet.write_string(row + below, place, text, style)
    return max(height_of(lines_needed(text, column.width)) for text in cut)


def _fact(side: Side, name: str) -> str:
    """The lines of a fact, each cleaned of what cannot be seen."""
    lines = [plain(line) for line in str(getattr(side, name)).split("\n")]
    if name == "source" and side.dated:
        lines.append(side.dated)
    return "\n".join(typeset(line) if name == "household" else line for line in lines)


def height_of(lines: int) -> float:
    """How tall a row of so many lines must be."""
    return lines * LINE_HEIGHT + 4
