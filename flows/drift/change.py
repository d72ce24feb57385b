"""One thing that is not as it was: in which column, what, and since when; and its words."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Change:
    """What changed. `holds` asks a person first; otherwise the rows are read right all the same.

    `column` is a column's name, or empty for the delivery as a whole; `last` is the night of the
    last delivery that was as before.
    """

    kind: str
    column: str
    said: str
    said_en: str
    last: date
    holds: bool

    @property
    def name(self) -> str:
        """The name of the rule that it breaks."""
        return "_".join(part for part in ("drift", self.kind, self.column) if part)

    @property
    def sentence(self) -> str:
        """What the county reads."""
        return f"{self.said}(上一批于 {self.last} 接收)"

    def as_json(self) -> dict[str, Any]:
        """Plain values, as the ledger keeps them."""
        return asdict(self) | {"last": str(self.last)}


def percent(share: float) -> str:
    """A share as it is told."""
    return f"{share:.0%}" if share in (0, 1) or 0.01 <= share <= 0.99 else f"{share:.1%}"


def amount(log10: float) -> str:
    """An amount from its logarithm, in two digits."""
    return f"{float(f'{10**log10:.1e}'):,.10g}"


def day(number: float) -> str:
    """A day number as a month: a profile knows it to about ten days."""
    return f"{date.fromordinal(date(1970, 1, 1).toordinal() + round(number)):%Y-%m}"
