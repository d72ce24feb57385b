"""Start a night: take the lock first, and only then import anything heavy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flows.home import Home
from flows.lock import only_one

if TYPE_CHECKING:
    from flows.night import Night


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the caller asks for."""

    on: date
    baseline: bool = False
    with_later_arrivals: bool = False


def start(home: Home, wish: Wish, *, prefect: bool = True, say: bool = False) -> Night:
    """Run one night, or refuse at once because another holds the lock."""
    with only_one(home.lock):
        from flows.night import run

        if not prefect:
            return run(home, wish, say=say)
        from flows.orchestrate import in_prefect

        return run(home, wish, around=in_prefect, say=say)
