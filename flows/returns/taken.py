"""What comes of a returned file: visits, leads, and problems that go back to who sent it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class IssuedOrder:
    """An order as the ledger keeps it; name, phone and address as they were printed, None if not."""

    order_no: str
    issued_on: date
    township_code: str | None
    person_name: str | None
    phone: str | None = None
    address: str | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """What a visitor wrote down of one order.

    `codes` are keys of VISIT_RESULTS in the order written; `amount` is the one sum, in yuan,
    that the conclusion names; `address` and `phone` are None where nothing new was written. What
    stood in another cell and could not be read whole is told in `note`.
    """

    order_no: str
    visited_on: date
    visitor: str
    reached: bool | None
    codes: tuple[str, ...]
    amount: Decimal | None
    address: str | None
    phone: str | None
    needs: str
    note: str
    sheet: str
    line: int


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A household in need that no order named, added by a visitor below the list.

    `id_number` is None unless it is whole and its check character is right; `reported_on` is the
    day written in the row, else the day the file was taken.
    """

    name: str
    village: str
    address: str
    phone: str
    id_number: str | None
    needs: str
    note: str
    reported_on: date
    visitor: str
    township_code: str | None
    sheet: str
    line: int


@dataclass(frozen=True)
class Fault:
    """What is wrong with a cell and what to do about it; neither ever repeats what stands in it."""

    column: str
    reason: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A fault with its row as it was sent. Line 0 is the file itself; `key` tells orders apart."""

    sheet: str
    line: int
    fault: Fault
    key: str = ""
    titles: tuple[str, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Orders of a file: `received` were filled in, of these `valid` were taken and `to_mend` not.

    `not_visited` have nothing filled in; `repeated` rows said again what another row says.
    """

    valid: int = 0
    to_mend: int = 0
    not_visited: int = 0
    repeated: int = 0
    leads: int = 0

    @property
    def received(self) -> int:
        """How many orders were filled in."""
        return self.valid + self.to_mend


@dataclass(frozen=True, kw_only=True)
class Taken:
    """All that a returned file says, each list in the order of the file.

    `left_out` is what of a lead could not be taken along; the lead itself was.
    """

    file_name: str
    visits: Sequence[Visit] = ()
    leads: Sequence[Lead] = ()
    problems: Sequence[Problem] = ()
    left_out: Sequence[Problem] = ()
    counts: Counts = Counts()
