"""Where a working database is made anew, aside from the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from flows.home import Home


@dataclass(frozen=True)
class Workshop(Home):
    """The same HOME, but its working database stands aside; it is emptied by every start."""

    @property
    def bench(self) -> Path:
        """What a killed rebuild left here is worth nothing."""
        return self.state / "rebuild"

    @property
    def work(self) -> Path:
        """The working database that is being made."""
        return self.bench / "work.duckdb"
