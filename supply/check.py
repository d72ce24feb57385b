"""What a check of `make audit` says. What could not be looked at is never called clean."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check ended."""

    CLEAN = "clean"
    FOUND = "FOUND"
    NOT_CHECKED = "NOT CHECKED"


@dataclass(frozen=True)
class Check:
    """One line of the table; `problems` are printed below it, a line each."""

    name: str
    state: State
    detail: str
    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, detail: str, problems: list[str]) -> Check:
        """Clean where there is no problem."""
        state = State.FOUND if problems else State.CLEAN
        return cls(name, state, detail, tuple(problems))
