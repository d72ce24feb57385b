"""Look the installation over and say, for whatever is wrong, how to mend it."""

from __future__ import annotations

from datetime import date

from flows.doctor import filled_in, kept, machine, people, schedule, sealed
from flows.doctor.finding import Check, Finding
from flows.home import Home

__all__ = ["Finding", "examine"]

_CHECKS: tuple[Check, ...] = (
    filled_in.settings,
    filled_in.policy,
    filled_in.coverage,
    filled_in.calendar,
    machine.disk,
    machine.inodes,
    machine.memory,
    machine.zone,
    machine.encodings,
    machine.extension,
    kept.permissions,
    kept.clock,
    kept.locks,
    kept.parts,
    people.roles,
    sealed.key,
    sealed.places,
    schedule.installed,
    schedule.last_night,
    schedule.alerts,
)


def examine(home: Home, today: date) -> list[Finding]:
    """Everything that can be checked without starting a night."""
    return [finding for check in _CHECKS for finding in check(home, today)]
