"""One control of GB/T 22239-2019, level three: whose it is and what shows it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.access.commands import COMMANDS


class Whose(StrEnum):
    """Who has to see to a control."""

    OURS = "本系统"
    SHARED = "本系统与使用单位"
    SITE = "使用单位"
    NOT_COVERED = "未覆盖"


@dataclass(frozen=True, kw_only=True)
class Control:
    """`shown` are files of this repository; `commands` those of doorstep that it rests on.

    A control whose command does not exist is not covered, whatever `how` says.
    """

    name: str
    whose: Whose
    how: str
    shown: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """The commands it rests on that this version does not have."""
        return [one for one in self.commands if one not in COMMANDS]

    @property
    def stands(self) -> Whose:
        """Whose it truly is in this version."""
        return Whose.NOT_COVERED if self.missing else self.whose


@dataclass(frozen=True, kw_only=True)
class Area:
    """One clause of the standard with its controls in their order."""

    clause: str
    title: str
    controls: tuple[Control, ...]


def sites(how: str, *names: str) -> tuple[Control, ...]:
    """Controls that the site sees to alone, all in the same way."""
    return tuple(Control(name=name, whose=Whose.SITE, how=how) for name in names)
