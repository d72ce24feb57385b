"""A parameter is a name, a unit, a reference and which way is worse. It never has a value here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data_contracts.forbidden import refuse_forbidden
from data_contracts.terms import Reference


class Worse(StrEnum):
    """Which way a parameter must move to flag more households."""

    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class ValueKind(StrEnum):
    """What a policy value looks like in the TOML file."""

    MONEY = "money"
    DAYS = "days"
    COUNT = "count"
    SHARE = "share"
    MULTIPLE = "multiple"
    CODE = "code"
    CODES = "codes"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One policy value a county must state, with date and document.

    `flags_more_when` says which direction of the parameter flags more people. `shared` parameters
    stand once in county.toml; the others stand under their signal in signals.toml. `one_of` lists
    the codes that may be stated, so that a mistyped one is refused and not silently without effect.
    """

    name: str
    kind: ValueKind
    unit: str
    means: str
    reference: Reference
    flags_more_when: Worse
    shared: bool = False
    one_of: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        refuse_forbidden(self.name, self.name, self.means)
