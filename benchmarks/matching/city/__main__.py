"""python -m benchmarks.matching.city OUT --people 100000 --seed 1 --dirt 3 --without kind --swap a=b."""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

from benchmarks.matching.city.make import PEOPLE, make
from benchmarks.matching.city.rates import RATES, scaled, swapped, without
from benchmarks.matching.city.summary import summary


def main() -> None:
    """Make a city and say what is in it."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.city", description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--people", type=int, default=PEOPLE)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--dirt", type=float, default=1.0, help="all rates times this")
    ask.add_argument("--without", action="append", default=[], metavar="KIND")
    ask.add_argument("--swap", action="append", default=[], metavar="KIND=INSTEAD")
    told = ask.parse_args()
    rates = RATES
    for kind in told.without:
        rates = without(rates, kind)
    for pair in told.swap:
        rates = swapped(rates, *pair.split("=", 1))
    start = time.perf_counter()
    truth = make(told.out, told.people, told.seed, scaled(rates, told.dirt))
    print(summary(truth, told.out))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{time.perf_counter() - start:.1f} s, peak {peak:.2f} GB")


if __name__ == "__main__":
    main()
