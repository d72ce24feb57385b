"""One line of the table of trust."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """The case, what is asked of it, what was seen, and whether that passes."""

    case: str
    asked: str
    seen: str
    passed: bool
