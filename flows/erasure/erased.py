"""What the ledger says of erasures: whose rows were taken out of which deliveries, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.engine import Engine
from flows.ledger import Ledger

ERASED = "erased"


@dataclass(frozen=True)
class Rewritten:
    """A file as the last erasure left it, and how many rows all of them took out of it."""

    sha256: str
    rows: int


def erased_after(ledger: Ledger, entry: int) -> bool:
    """Whether somebody was erased after an entry, so that what was published then differs now."""
    return any(one["entry"] > entry for one in ledger.notes((ERASED,)))


def erased_files(ledger: Ledger) -> set[str]:
    """The hashes of files as erasures left them."""
    return {file["new"] for one in ledger.notes((ERASED,)) for file in one["body"]["files"]}


def rewritten_files(ledger: Ledger) -> dict[str, Rewritten]:
    """The files that erasures wrote anew, by their path in HOME."""
    found: dict[str, Rewritten] = {}
    for one in ledger.notes((ERASED,)):
        for file in one["body"]["files"]:
            before = found.get(file["path"])
            rows = file["rows"] + (before.rows if before else 0)
            found[file["path"]] = Rewritten(file["new"], rows)
    return found


def erased_lines(ledger: Ledger) -> dict[str, list[int]]:
    """Of each delivery the numbers that the rows had that were taken out of it."""
    found: dict[str, list[int]] = {}
    for one in ledger.notes((ERASED,)):
        for delivery, rows in one["body"]["rows"].items():
            found[delivery] = sorted({*found.get(delivery, ()), *rows})
    return found


def renumber(engine: Engine, rows: Sequence[int]) -> None:
    """Let the other rows of `good` bear the numbers they were published under."""
    for row in rows:
        engine.duckdb.execute("UPDATE good SET row = row + 1 WHERE row >= ?", [row])
