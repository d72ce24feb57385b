"""One cell of a sheet: cleaned of what cannot be seen, guarded against what Excel would do to it.

A guarded cell starts with an apostrophe that `unguarded` takes off again, so a returned file says
exactly what was sent. Order numbers and masked numbers never need it.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date

_INVISIBLE = {"Cc", "Cf", "Cs"}
_STARTS_A_FORMULA = frozenset("=+-@'\uff1d\uff0b\uff0d\uff20")
_READ_AS_NUMBER_OR_DATE = re.compile(
    r"[(¥$]?[0-9.,]+%?\)?|[0-9.]+E[+-]?[0-9]+|([0-9]+ )?[0-9]{1,4}([-/.:][0-9]{1,4}){1,2}"
    r"|[0-9]+年([0-9]+月)?([0-9]+日)?|[0-9]+月([0-9]+日)?|TRUE|FALSE",
    re.IGNORECASE,
)
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9][0-9])([0-9]{4})([0-9]{4})")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})([0-9]{7,8})")
_CHINESE = "\u3400-\u9fff\u3001-\u3011\u2018-\u201d"
_BESIDE_CHINESE = re.compile(f"(?<=[{_CHINESE}\uff09])[,;:!?]|[,;:!?](?=[{_CHINESE}])")
_AROUND_CHINESE = re.compile(
    rf"(?<=[{_CHINESE}])\(([^()]*)\)|\(([^()]*[{_CHINESE}][^()]*)\)|\(([^()]*)\)(?=[{_CHINESE}])"
)
_TO_FULL_WIDTH = str.maketrans(",;:()!?", "\uff0c\uff1b\uff1a\uff08\uff09\uff01\uff1f")
FIRST_WIDE = 0x1100
"""From the Hangul Jamo on nearly everything is two columns wide, rare characters included."""


def plain(text: str | None) -> str:
    """The text on one line, without control, direction and other invisible characters."""
    if text and text.isprintable():
        return " ".join(text.split())
    visible = "".join(
        " " if letter.isspace() else letter
        for letter in text or ""
        if letter.isspace() or _can_be_seen(letter)
    )
    return " ".join(visible.split())


def _can_be_seen(letter: str) -> bool:
    return unicodedata.category(letter) not in _INVISIBLE and ord(letter) & 0xFFFE != 0xFFFE


def typeset(text: str) -> str:
    """Our own words with the punctuation that Chinese readers expect beside Chinese characters."""
    text = _AROUND_CHINESE.sub(lambda found: f"\uff08{found[0][1:-1]}\uff09", text)
    return _BESIDE_CHINESE.sub(lambda found: found[0].translate(_TO_FULL_WIDTH), text)


def guarded(text: str) -> str:
    """The text so that a spreadsheet neither runs it nor turns it into a number or a date."""
    half_width = unicodedata.normalize("NFKC", text)
    risky = text[:1] in _STARTS_A_FORMULA or _READ_AS_NUMBER_OR_DATE.fullmatch(half_width)
    return f"'{text}" if risky else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text.removeprefix("'")


def shown_phone(text: str | None) -> str:
    """A telephone number in groups, which is easier to dial and stays text in a spreadsheet."""
    phone = plain(text)
    digits = re.sub(r"[\s-]", "", phone)
    if match := _MOBILE.fullmatch(digits):
        return " ".join(match.groups())
    if match := _LANDLINE.fullmatch(digits):
        return "-".join(match.groups())
    return phone


def chinese_day(day: date) -> str:
    """A day as a letter head says it."""
    return f"{day.year}年{day.month}月{day.day}日"


def display_width(text: str) -> int:
    """How many narrow columns the text takes; a Chinese character takes two."""
    return sum(
        2 if ord(letter) >= FIRST_WIDE or unicodedata.east_asian_width(letter) in "WFA" else 1
        for letter in text
    )


def lines_needed(text: str, width: float) -> int:
    """How many lines a wrapped cell of `width` columns needs for this text."""
    usable = max(2, math.floor(width) - 1)
    return sum(max(1, math.ceil(display_width(line) / usable)) for line in text.split("\n"))


def shortened(text: str, width: float, most_lines: int) -> str:
    """The text, or as much of it as `most_lines` lines hold, with a mark where it was cut."""
    if lines_needed(text, width) <= most_lines:
        return text
    end = len(text)
    while lines_needed(text[:end] + "…", width) > most_lines:
        end -= 1
    return text[:end] + "…"
