"""What a township gets: one line per household, and at most eight things to write down.

Both files, CSV and XLSX, are made from these words, so that a returned copy of either reads alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flows.publish.cells import plain
from flows.publish.working_days import Due

SEVERITY_WORDS = {3: "紧急", 2: "重点", 1: "关注"}
SEX_WORDS = {"male": "男", "female": "女", None: ""}
ORDER_NUMBER_HEADER = "工作单号"
KNOWN_UNTIL = "数据截至"
"""The column that says up to which day each office's data were known."""
LISTS = "工作单"
"""The folder of a night's lists in the outbox."""


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """One household to visit. Texts are for the township's eyes; None is 'not known'.

    `sex` is male, female or None; `number_last4` is already masked; `address_basis` says which
    source knew the address and when; `note` is what the visitor must know beforehand; `offers` are
    the programmes that may help; `last_visit` says what came of the last visit.
    """

    order_no: str
    severity: int
    township_code: str
    township_name: str
    village_name: str | None
    person_name: str
    sex: str | None
    age: int | None
    number_last4: str | None
    household_size: int
    phone: str | None
    address: str | None
    address_basis: str | None
    reasons: tuple[str, ...]
    verify: tuple[str, ...]
    due_on: date
    due_provisional: bool
    first_found: date
    note: str | None = None
    village_code: str | None = None
    visitor: str | None = None
    offers: tuple[str, ...] = ()
    last_visit: str | None = None

    @property
    def due(self) -> Due:
        """By when to visit."""
        return Due(self.due_on, self.due_provisional)


@dataclass(frozen=True, kw_only=True)
class TownshipList:
    """The orders of one township and night, as triage ranked them. Never empty.

    `supplement` is 0 for the night's list and counts the supplements (补充单) that follow it;
    `contact` is the county's line for questions; `known_until` says up to which day each office's
    data were known.
    """

    county_name: str
    township_code: str
    township_name: str
    on: date
    contact: str
    lines: tuple[OrderLine, ...]
    supplement: int = 0
    known_until: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a township without orders gets no list")

    @property
    def file_stem(self) -> str:
        """A file name, ending left off, that every system accepts whatever the township's name."""
        name = re.sub(r"[^\w]", "", plain(self.township_name))[:20]
        code = re.sub(r"[^0-9A-Za-z]", "", self.township_code)
        ending = f"_补充单{self.supplement}" if self.supplement else ""
        return f"{code}_{name}_走访工作单_{self.on:%Y%m%d}{ending}"


def township_lists(
    lines: Iterable[OrderLine],
    *,
    county_name: str,
    on: date,
    contact: str,
    supplement: int = 0,
    known_until: str = "",
) -> list[TownshipList]:
    """The lines of each township together, in the order they came; townships by code."""
    by_township: dict[str, list[OrderLine]] = {}
    for line in lines:
        by_township.setdefault(line.township_code, []).append(line)
    return [
        TownshipList(
            county_name=county_name,
            township_code=code,
            township_name=its_lines[0].township_name,
            on=on,
            contact=contact,
            lines=tuple(its_lines),
            supplement=supplement,
            known_until=known_until,
        )
        for code, its_lines in sorted(by_township.items())
    ]
