"""The way through a township: village by village, and in each the urgent doors first, then along.

Neighbours stand together because addresses sort by what they say: 3组 before 21组. No map is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from flows.publish.cells import plain
from flows.publish.sheet_names import sheet_name
from flows.publish.work_orders import OrderLine

OVERVIEW_NAME, GUIDE_NAME, VILLAGE_UNKNOWN = "总表", "填表说明", "村不详"
_NUMBER = re.compile(r"([0-9]+)")


@dataclass(frozen=True, kw_only=True)
class Village:
    """One village's orders, in the order of walking; `name` is 村不详 where nobody knows it."""

    name: str
    sheet: str
    lines: tuple[OrderLine, ...]


def villages_of(lines: Iterable[OrderLine]) -> tuple[Village, ...]:
    """The villages of a township's list, the one with the most urgent door first.

    Of doors equally urgent the one that came first in the list decides, as triage ranked them.
    """
    doors: dict[tuple[str, str], list[OrderLine]] = {}
    for line in sorted(lines, key=lambda line: -line.severity):
        doors.setdefault(_village(line), []).append(line)
    villages: list[Village] = []
    for (_code, name), its_lines in doors.items():
        taken = [OVERVIEW_NAME, GUIDE_NAME, *(village.sheet for village in villages)]
        villages.append(
            Village(
                name=name or VILLAGE_UNKNOWN,
                sheet=sheet_name(name, taken, otherwise=VILLAGE_UNKNOWN),
                lines=tuple(sorted(its_lines, key=_along)),
            )
        )
    return tuple(villages)


def _village(line: OrderLine) -> tuple[str, str]:
    """Two villages of one name are two; a code without a name tells a visitor nothing."""
    name = plain(line.village_name)
    return (line.village_code or "", name) if name else ("", "")


def _along(line: OrderLine) -> tuple[int, bool, list[tuple[int, str]], str]:
    address = unicodedata.normalize("NFKC", plain(line.address))
    return -line.severity, not address, _natural(address), line.order_no


def _natural(text: str) -> list[tuple[int, str]]:
    """Pieces that compare as people count: words as text, numbers by their value."""
    return [
        (len(number := piece.lstrip("0")), number) if at % 2 else (0, piece)
        for at, piece in enumerate(_NUMBER.split(text))
    ]
