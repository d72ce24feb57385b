"""Monotonicity and independence, tried out.

    python -m benchmarks.properties [--trials 100000] [--seed 1]

Worse is never found less: whatever a signal declares to be worse (`Signal.worse`) never clears its
finding and never lowers its severity or measure; a household's need and its place in line follow.
A further household changes no finding about anybody else, and no place in line but through the cap.
Prints one line per claim and exits with 1 if any has a counter-example.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from benchmarks.properties import independence, line, monotone
from benchmarks.properties.result import HEADS, Result, total
from transforms.signals import COMPOUND, PLAIN


def monotonicity(trials: int, seed: int) -> Iterator[Result]:
    """Every claim, by as many trials each as make `trials` together."""
    claimed = sum(len(one.worse) for one in PLAIN.values())
    each = -(-trials // (claimed + len(COMPOUND) + len(monotone.NEEDS) + len(line.WORSE)))
    for one in PLAIN.values():
        yield from monotone.of_signal(one, each, seed)
    # Of these a few in a hundred are left out.
    yield from monotone.of_compound(each * 6 // 5, seed)
    yield from monotone.of_need(each, seed)
    yield from line.of_worse(each, seed)


def independent(trials: int, seed: int) -> Iterator[Result]:
    """What is found of each household and where it stands, beside the same with newcomers."""
    yield from independence.of_households(trials, seed)
    yield line.of_newcomers(trials, seed)


def main() -> int:
    """Try everything and print."""
    ask = argparse.ArgumentParser(prog="benchmarks.properties")
    ask.add_argument("--trials", type=int, default=100_000)
    ask.add_argument("--seed", type=int, default=1)
    asked = ask.parse_args()
    counter = 0
    for name, tried in (("monotonicity", monotonicity), ("independence", independent)):
        print(f"{name}\n{HEADS}", flush=True)
        results = []
        for result in tried(asked.trials, asked.seed):
            print(result.line(), flush=True)
            results.append(result)
        print(total("all", results).line(), flush=True)
        counter += total("all", results).counter
    silent = [one.name for one in PLAIN.values() if not one.worse]
    print(f"declare nothing worse: {', '.join(silent)}")
    return int(counter > 0)


if __name__ == "__main__":
    sys.exit(main())
