"""Start a night: take the lock first, and only then import anything heavy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from flows.alerts.night import telling
from flows.audit.entries import Deed
from flows.audit.noting import note
from flows.home import Home
from flows.lock import only_one
from flows.sealing.commands import refuse_open_with_key

PATIENCE = 2 * 60 * 60
"""Seconds that a scheduled night waits for a backup, an erasure or an officer's trial to end."""

if TYPE_CHECKING:
    from flows.night import Night


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What the caller asks for."""

    on: date
    baseline: bool = False
    with_later_arrivals: bool = False


def start(
    home: Home, wish: Wish, *, prefect: bool = True, say: bool = False, patience: float = 0
) -> Night:
    """Run one night; whoever holds the lock is waited for as many seconds as there is patience."""
    refuse_open_with_key(home)
    with only_one(home.lock, patience=patience):
        note(home, Deed(what="night", on=str(wish.on)))
        _finish_erasing(home)
        from flows.night import run

        around = None
        if prefect:
            from flows.orchestrate import in_prefect

            around = in_prefect
        night = telling(home, wish.on, lambda: run(home, wish, around=around, say=say))
        _keep_no_longer(home)
        return night


def _keep_no_longer(home: Home) -> None:
    """What has had its time goes once the night is published."""
    from flows.ledger import Ledger
    from flows.retention.applying import apply

    apply(home, Ledger(home.ledger))


def _finish_erasing(home: Home) -> None:
    """An erasure that was killed is finished before any night; it is heavy, and there seldom is one."""
    if home.erasing.exists():
        from flows.erasure.completing import complete

        complete(home)
