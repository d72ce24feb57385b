"""What may stand in the house's own log: declared fields only, and texts without anything of a person.

A Chinese name cannot be told from other words by its look. So names are kept out by what is declared
(a field nobody declared loses its value, an error of somebody else's code loses its text) and the
patterns here are the second fence, not the first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

LONGEST_TEXT = 400
WITHHELD = "‹withheld›"

FIELDS = frozenset(
    {
        *("at", "level", "event", "message", "run", "command", "night", "step", "state", "exit"),
        *("seconds", "kind", "place", "logger", "source", "verdict", "alert", "rows", "loaded"),
        *(
            "quarantined",
            "duplicate",
            "deliveries",
            "orders",
            "needs",
            "count",
            "attempts",
            "hours",
        ),
        *("days", "process", "program"),
    }
)
"""Every key an event may carry; tests hold that no name, number, phone or address is among them."""

_MOST_OF_A_NUMBER = 6
_NUMBER = re.compile(r"\d(?:[ \-·•.]?[\dxXX]){6,}")
_A_DATE = re.compile(r"(?:19|20)\d\d-(?:0\d|1[0-2])-[0-3]\d(?!\d)")
_A_FILE = re.compile(
    r"[^\s,。:;()/\\“”'\"|>]+(\.(?:csv|tsv|txt|xlsx?|xlsm|et|ods|zip|rar|7z|parquet|docx?|pdf|ok))\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(
    r"(姓名|户主|监护人|联系人|本人|死者|患者|申请人|所有人|承租人|学生)([::\s]*)([㐀-鿿·]{2,})"
)
_MAIL_OR_TOKEN = re.compile(
    r"[\w.+-]+@[\w-]+\.[\w.]+|(?:key|token|password)=[^\s&]+", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


def masked(text: str) -> str:
    """A text without long digits, file names, labelled names, mail addresses or tokens; bounded."""
    calm = _CONTROL.sub(" ", text)
    calm = _MAIL_OR_TOKEN.sub("‹address›", calm)
    calm = _A_FILE.sub(r"‹file›\1", calm)
    calm = _SOMEBODY.sub(r"\1\2‹name›", calm)
    calm = _NUMBER.sub(_without_digits, calm)
    return calm if len(calm) <= LONGEST_TEXT else calm[:LONGEST_TEXT] + "…"


def declared(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event as it may be written: undeclared fields keep their key and lose their value."""
    return {
        masked(str(key)): _value(value) if key in FIELDS else WITHHELD
        for key, value in event.items()
    }


def _value(value: Any) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10 ** (_MOST_OF_A_NUMBER + 3) else WITHHELD
    if isinstance(value, str):
        return masked(value)
    return WITHHELD


def _without_digits(found: re.Match[str]) -> str:
    return found.group() if _A_DATE.fullmatch(found.group()) else "‹number›"
