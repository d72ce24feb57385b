"""How the cells of a sheet of questions look: those of a work order, and what marks a difference."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

from flows.publish.sheet_formats import FONT, INK, Formats

_MARKED: dict[str, Any] = {"bold": True, "underline": 1, "font_color": "#9B1C1C"}


class QuestionFormats(Formats):
    """A cell that differs as a whole, and the fonts of stretches inside a cell."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.differs = self._made(**_MARKED)
        plain = {"font_name": FONT, "font_size": 10.5, "font_color": INK}
        self.stretch = {False: book.add_format(plain), True: book.add_format(plain | _MARKED)}
