"""How much of what townships wrote survives what they did to the file.

    python -m benchmarks.returns [COPIES]

Makes real lists, fills them in, mutilates them in named ways alone and together, takes them, and
compares with what was written. Exits with 1 below 99 % of the recoverable rows, or if a single row
was attached to an order that is not its own. Seeded: the same numbers every time.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.returned_copies import MARK, TODAY, Copy, filled_copy
from benchmarks.returned_mutilations import MUTILATIONS, Mutilation
from flows.returns.taken import Taken
from flows.returns.taking import take_return

COPIES, LEAST_SHARE = 200, 0.99
_SEED = 20261122
_MOST_TOGETHER = 4


@dataclass(frozen=True)
class Score:
    """Rows of a copy: what could be recovered, what was, and what landed on a stranger's order."""

    recoverable: int
    taken: int
    wrong: int


def mutilated(mutilations: Sequence[Mutilation], kind: str, seed: int) -> tuple[Copy, bytes]:
    """A filled list after these mutilations, each in its turn, and the file that comes back."""
    copy = filled_copy(seed, kind)
    for one in sorted(mutilations, key=lambda one: one.stage):
        one.mutilate(copy)
    return copy, copy.saved()


def scored(copy: Copy, found: Taken) -> Score:
    """Compare what was taken with what was written."""
    right, wrong = set(), 0
    for visit in found.visits:
        mark = visit.note[: len(MARK) + 3]
        truth = copy.truth[mark]
        if visit.order_no != copy.owner[mark]:
            wrong += 1
        elif (visit.visited_on, visit.codes) == (truth.visited_on, truth.codes):
            right.add(mark)
    recoverable = set(copy.truth) - copy.lost
    return Score(len(recoverable), len(recoverable & right), wrong)


def chosen(at: int) -> list[Mutilation]:
    """The mutilations of one copy: every one comes alone first, then several come together."""
    every = list(MUTILATIONS.values())
    if at < len(every):
        return [every[at]]
    chance = random.Random(_SEED + at)
    return chance.sample(every, chance.randint(2, _MOST_TOGETHER))


def main(copies: int) -> int:
    """Mutilate, take, compare and print."""
    recoverable, taken, seen = Counter[str](), Counter[str](), Counter[str]()
    total = Score(0, 0, 0)
    for at in range(copies):
        mutilations = chosen(at)
        kind = ("csv", "xlsx")[at % 2]
        copy, content = mutilated(mutilations, kind, _SEED + at)
        found = take_return(content, f"{at}.{copy.saved_as}", copy.orders, on=TODAY)
        score = scored(copy, found)
        for one in mutilations:
            seen[one.name] += 1
            recoverable[one.name] += score.recoverable
            taken[one.name] += score.taken
        total = Score(
            total.recoverable + score.recoverable,
            total.taken + score.taken,
            total.wrong + score.wrong,
        )
    print(f"{'mutilation':40} copies  recoverable  taken")
    for name in MUTILATIONS:
        print(f"{name:40} {seen[name]:6} {recoverable[name]:12} {taken[name]:6}")
    share = total.taken / max(total.recoverable, 1)
    print(f"copies                {copies}")
    print(f"mutilations           {len(MUTILATIONS)}")
    print(f"recoverable rows      {total.recoverable}")
    print(f"taken                 {total.taken} ({share:.4f})")
    print(f"on a wrong order      {total.wrong}")
    return int(share < LEAST_SHARE or total.wrong > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COPIES))
