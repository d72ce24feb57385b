"""Mutation testing of the risk signals, of triage and of the bills that signals add up.

    python -m benchmarks.mutants [--signals a,b] [--triage] [--jobs 2] [--seed N]

Without a choice every signal and triage (with the bills) are tried. Prints the counts of each file
and every mutant that survived. Exits with 1 if a comparison or a boundary survived, if fewer than 85 % were killed,
or if a signal has fewer than five mutants. Mutants that nobody can tell apart are listed, with the
reason, in equivalent.toml.
"""

from __future__ import annotations

import argparse
import importlib
import multiprocessing
import sys
import tomllib
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from hypothesis import Phase, settings

from benchmarks.mutants.mutations import STRICT
from benchmarks.mutants.trials import SURVIVED, Target, Verdict, verdicts

LEAST_SHARE, LEAST_MUTANTS = 0.85, 5
_SEED = 20261122
_SIGNALS = Path("transforms/signals")
_TRIAGE_TESTS = "tests/transforms/test_triage.py"
TRIAGE = (
    Target("transforms/triage.py", (_TRIAGE_TESTS,)),
    Target("transforms/covered.py", ("tests/transforms/test_covered.py", _TRIAGE_TESTS)),
    Target("transforms/helped.py", ("tests/transforms/test_helped.py", _TRIAGE_TESTS)),
    Target("transforms/escalated.py", ("tests/transforms/test_escalated.py", _TRIAGE_TESTS)),
    Target("transforms/pauses.py", ("tests/transforms/test_pauses.py",)),
    Target("transforms/bills.py", ("tests/transforms/test_bills.py",)),
    Target("transforms/county_only.py", ("tests/transforms/test_county_only.py",)),
)
_LOADED_ONCE = ("tests.conftest", "ibis.backends.duckdb", "pyarrow.compute", "pandas")


def signal_targets() -> dict[str, Target]:
    """Every signal that has a rule, by name; a dormant one has none and no test."""
    tests = {path.stem: path for path in Path("tests/signals").glob("test_*.py")}
    return {
        path.stem: Target(str(path), (str(tests[f"test_{path.stem}"]),))
        for path in sorted(_SIGNALS.glob("*.py"))
        if f"test_{path.stem}" in tests
    }


Changes = set[tuple[str, str, str]]
"""Mutants by file, line and change."""


def equivalent() -> Changes:
    """The mutants that no example can tell apart."""
    listed = tomllib.loads(Path(__file__).with_name("equivalent.toml").read_text("utf-8"))
    return {(one["file"], one["line"], one["change"]) for one in listed["mutant"]}


class Score:
    """The counts of some verdicts; an equivalent mutant that survives is not counted."""

    def __init__(self, found: Iterable[Verdict], listed: Changes) -> None:
        """Count them."""
        every = list(found)
        survived = [one for one in every if one.fate == SURVIVED]
        self.lost = [one for one in survived if one.mutation not in listed]
        self.equivalent = len(survived) - len(self.lost)
        self.untrue = listed - {one.mutation for one in survived}
        self.tried = len(every) - self.equivalent
        self.killed = self.tried - len(self.lost)
        self.strict = [one for one in self.lost if one.kind in STRICT]
        self.share = self.killed / max(self.tried, 1)

    def line(self, name: str) -> str:
        """One line of the report."""
        counts = f"{self.tried:8} {self.killed:7} {self.equivalent:11} {len(self.strict):7}"
        return f"{name:52} {counts} {self.share:7.1%}"


HEADS = f"{'':52} {'mutants':>8} {'killed':>7} {'equivalent':>11} {'strict':>7} {'share':>7}"


def tried(target: Target, seed: int) -> tuple[Target, list[Verdict]]:
    """The verdicts of one file."""
    settings.register_profile(
        "mutants", database=None, deadline=None, phases=(Phase.explicit, Phase.generate)
    )
    settings.load_profile("mutants")
    return target, verdicts(target, seed)


def main(targets: list[Target], jobs: int, seed: int) -> int:
    """Try every mutant and print."""
    for name in _LOADED_ONCE:
        importlib.import_module(name)
    listed, every, small = equivalent(), list[Verdict](), list[str]()
    print(HEADS, flush=True)
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        for target, found in pool.imap(partial(tried, seed=seed), targets):
            score = Score(found, listed)
            print(score.line(target.source), flush=True)
            for one in score.lost:
                print(f"    line {one.line}, {one.kind}: {one.change}", flush=True)
            every += found
            if target not in TRIAGE and len(found) < LEAST_MUTANTS:
                small.append(target.source)
    tried_files = {one.source for one in every}
    total = Score(every, {one for one in listed if one[0] in tried_files})
    print(total.line("all"))
    for source in small:
        print(f"fewer than {LEAST_MUTANTS} mutants: {source}")
    for source, __, change in sorted(total.untrue):
        print(f"listed as equivalent, but killed or gone: {source}: {change}")
    return int(bool(total.strict or total.untrue or small) or total.share < LEAST_SHARE)


def chosen() -> tuple[list[Target], int, int]:
    """What the command line asks for."""
    ask = argparse.ArgumentParser(prog="benchmarks.mutants")
    ask.add_argument("--signals", default="")
    ask.add_argument("--triage", action="store_true")
    ask.add_argument("--jobs", type=int, default=2)
    ask.add_argument("--seed", type=int, default=_SEED)
    told = ask.parse_args()
    signals = signal_targets()
    names = told.signals.split(",") if told.signals else [] if told.triage else list(signals)
    triage = TRIAGE if told.triage or not told.signals else ()
    return [*(signals[name] for name in names), *triage], told.jobs, told.seed


if __name__ == "__main__":
    sys.exit(main(*chosen()))
