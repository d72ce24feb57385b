"""Whether a row's order number and its printed facts belong together.

A list sorted by one column only, or shifted by a row, puts a stranger's answer beside a number. So
what we printed beside the number is looked at; it can only speak against a row, never find one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from flows.returns.rows import Row
from flows.returns.taken import Fault, IssuedOrder

_NOT_A_LETTER = re.compile(r"[\W_]|\*")
_APART = Fault(
    "工作单号", "工作单号和姓名(电话、住址)对不上", "可能只排了一列或错了行,请对照原单逐行核对"
)
_Facts = dict[str, str]


class Printed:
    """What is printed on the orders of each township: names, telephones, addresses."""

    def __init__(self, orders: Iterable[IssuedOrder]) -> None:
        self._of: dict[str | None, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for order in orders:
            for fact, text in _facts(order).items():
                self._of[order.township_code][fact].add(text)

    def fault(self, row: Row, order: IssuedOrder) -> Fault | None:
        """Why a row is not about the order it names, if so."""
        own, others = _facts(order), self._of[order.township_code]
        for fact, text in _told(row).items():
            if fact not in own or not text or text == own[fact]:
                continue
            stranger = fact == "name" and not set(text) & set(own[fact])
            if stranger or text in others[fact]:
                return _APART
        return None


def _facts(order: IssuedOrder) -> _Facts:
    found = {"name": order.person_name, "phone": order.phone, "address": order.address}
    told = {fact: _bare(text) for fact, text in found.items() if text}
    return {fact: text for fact, text in told.items() if text}


def _told(row: Row) -> _Facts:
    return {
        "name": _bare(row.cells["name"]),
        "phone": _bare(row.cells["registered_phone"]),
        "address": _bare(row.cells["registered_address"]),
    }


def _bare(text: str) -> str:
    """Letters and digits alone, in one width and case."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text)).casefold()
