"""What an examination finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from flows.home import Home


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was looked at; how to mend it in Chinese and in English."""

    what: str
    well: bool
    mend: str = ""
    mend_en: str = ""


Check = Callable[[Home, date], Iterator[Finding]]
"""Looks at one part of a home on a day."""
