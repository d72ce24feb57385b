"""How right and how fast the command is as the city grows.

    python -m benchmarks.matching.scaling FOLDER [--people 100000 --people 300000 ...]

FOLDER takes a city each. The floor runs beside every size; F1 lost is counted from the first.
"""

from __future__ import annotations

import argparse
import math
import os
from pathlib import Path

from benchmarks.matching.measured import HEADS, city, doorstep, figures, floor, read_once, scored

SIZES = (100_000, 300_000, 1_000_000)
COLUMNS = ("lost", "wall s", "CPU s", "peak GB", "x floor", "CPU", "n log n", "load")


def main() -> None:
    """One line a size. `n log n`: CPU per row and log of rows, against the first size."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.scaling")
    ask.add_argument("folder", type=Path)
    ask.add_argument("--people", type=int, action="append", default=[])
    told = ask.parse_args()
    print(HEADS + "".join(f"{name:>9}" for name in COLUMNS))
    first: tuple[float, float] | None = None
    for people in told.people or SIZES:
        folder = told.folder / f"city-{people}"
        city(folder, people)
        read_once(folder)
        load = os.getloadavg()[0]
        least = floor(folder)
        used, links = doorstep(folder)
        result = scored(folder, links)
        rows, f1 = result.overall.rows, result.overall.pairs.f1
        each = used.cpu / (rows * math.log2(rows))
        first = first or (f1, each)
        print(
            f"{figures(f'{people:,} people, {rows:,} rows', result)}{first[0] - f1:>9.5f}"
            f"{used.wall:>9.1f}{used.cpu:>9.1f}{used.peak_gb:>9.2f}{used.wall / least.wall:>9.1f}"
            f"{used.cpu / least.cpu:>9.1f}{each / first[1]:>9.2f}{load:>9.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
