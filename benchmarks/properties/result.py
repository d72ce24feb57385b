"""What some trials came to, as one line of the report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HEADS = f"{'':64} {'trials':>8} {'found':>8} {'worse':>8} {'counter':>8} {'seconds':>8}"


@dataclass(frozen=True, kw_only=True)
class Result:
    """Trials of one claim.

    found: in which something was there to lose, a finding or a place in the line. worse: in which
    the change was noticed. counter: in which the claim did not hold.
    """

    name: str
    trials: int
    found: int
    worse: int
    counter: int
    seconds: float

    def line(self) -> str:
        """One line of the report."""
        counts = f"{self.trials:8} {self.found:8} {self.worse:8} {self.counter:8}"
        return f"{self.name:64} {counts} {self.seconds:8.1f}"


def total(name: str, results: Iterable[Result]) -> Result:
    """The sums of several."""
    every = list(results)
    return Result(
        name=name,
        trials=sum(one.trials for one in every),
        found=sum(one.found for one in every),
        worse=sum(one.worse for one in every),
        counter=sum(one.counter for one in every),
        seconds=sum(one.seconds for one in every),
    )
