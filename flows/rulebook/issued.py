"""For which county and day a rulebook is written, and with which values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.policy import NotInForce, Policy, PolicyValue


@dataclass(frozen=True, kw_only=True)
class Issued:
    """A county, the day asked about, and the policy whose values are in force on it."""

    name: str
    county: str
    on: date
    policy: Policy

    def value(self, name: str) -> PolicyValue | None:
        """What is in force under a full name; None where the policy states nothing yet."""
        try:
            return self.policy.value(name, self.on)
        except NotInForce:
            return None

    @property
    def missing(self) -> list[str]:
        """The values that the county has yet to state."""
        return self.policy.missing(self.on)
