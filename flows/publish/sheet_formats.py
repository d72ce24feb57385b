"""How the cells of a work order look: printed in black and white it must read as well."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.format import Format

FONT = "微软雅黑"
INK, LINE = "#1F2933", "#8A94A0"
QUIET, TO_FILL, WHITE = "#E8ECF0", "#FFF8E1", "#FFFFFF"
SEVERITY_FILL = {3: "#F8D7D4", 2: "#FCE8B8", 1: "#DCE9F7"}


class Formats:
    """Every format of the workbook, by what it is for. Only what is to be filled is unlocked."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self.title = self._made(font_size=18, bold=True, align="center", border=0)
        self.summary = self._made(font_size=11, align="center", border=0)
        self.notice = self._made(font_size=10, align="center", border=0, font_color="#9B1C1C")
        self.band = self._made(align="center", bg_color=QUIET, font_size=9)
        self.band_to_fill = self._made(align="center", bg_color=SEVERITY_FILL[2], font_size=9)
        self.header = self._made(bold=True, align="center", bg_color=QUIET)
        self.header_to_fill = self._made(bold=True, align="center", bg_color=SEVERITY_FILL[2])
        self.known = self._made()
        self.person = self._made(bold=True)
        self.severity = {
            at: self._made(bold=True, align="center", bg_color=fill)
            for at, fill in SEVERITY_FILL.items()
        }
        self.closed = self._made(bg_color=QUIET)
        self.to_fill = self._made(locked=False, bg_color=TO_FILL)
        self.day_to_fill = self._made(locked=False, bg_color=TO_FILL, num_format="yyyy-mm-dd")
        self.heading = self._made(font_size=13, bold=True, border=0)
        self.text = self._made(border=0)

    def _made(self, **wanted: object) -> Format:
        common: dict[str, object] = {
            "font_name": FONT,
            "font_size": 10.5,
            "font_color": INK,
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
            "border_color": LINE,
            "num_format": "@",
        }
        return self._book.add_format(common | wanted)
