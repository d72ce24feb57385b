"""A simulated year of nights, each with its retention, as a row of the table of trust."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from benchmarks.trust.row import Row
from benchmarks.year import judged, made, run_year

RESIDENTS, SEED = 700, 1


def year(count: int = 365) -> Row:
    """So many nights in a row; a night that fails ends it."""
    with tempfile.TemporaryDirectory(prefix="trust-year-") as folder:
        home = made(Path(folder) / "home", residents=RESIDENTS, nights=count, seed=SEED)
        try:
            sizes = run_year(home, random.Random(SEED))
        except Exception as error:
            return Row(_case(count), _ASKED, f"a night failed: {type(error).__name__}", False)
        seen = judged(home, sizes)
    return Row(_case(count), _ASKED, "; ".join(seen.lines), seen.passed)


_ASKED = "0 failures; what a night adds after retention stays flat"


def _case(count: int) -> str:
    return f"{count} nights in a row, lists visited and sent back"
