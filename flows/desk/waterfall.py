"""How the system's certainty came about, step by step: the bars of a picture and rows of a table.

The steps are read from the sentence that the night wrote (matchers/why.py), so that screen, sheet
and ledger say the same. Weights are bits: one more doubles the odds.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

_STEP = re.compile(r"(.+?) ([+-][0-9]+\.[0-9])")
_PARTED = re.compile(r"[;;]")
_SUM = "合计"
_SURE = 1e-6
WIDTH, ROW = 420, 26
"""Of the picture: its width, and the height of a bar with its gap."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One bar: from the odds before it to the odds after it, in bits; `x` and `width` in the picture."""

    words: str
    bits: float
    after: float
    x: float
    width: float
    y: int


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """All steps, the last the sum; `zero` is where even odds stand."""

    steps: tuple[Step, ...]
    zero: float
    height: int
    remarks: tuple[str, ...]


def waterfall(why: str | None, probability: float | None) -> Waterfall | None:
    """The picture of a sentence; None where no evidence was weighed."""
    parts = [part.strip() for part in _PARTED.split(why or "")]
    weighed = [(found[1], float(found[2])) for part in parts if (found := _STEP.fullmatch(part))]
    if not weighed or probability is None:
        return None
    total = _log_odds(probability)
    begun = round(total - sum(bits for _, bits in weighed), 1)
    moves = [("", begun), *weighed]
    low, high = _span(moves, total)
    scale = WIDTH / (high - low)
    steps, at = [], 0.0
    for place, (words, bits) in enumerate(moves):
        left, at = min(at, at + bits), at + bits
        steps.append(
            Step(
                words=words,
                bits=bits,
                after=round(at, 1),
                x=round((left - low) * scale, 1),
                width=round(max(abs(bits) * scale, 1), 1),
                y=place * ROW,
            )
        )
    remarks = [part for part in parts if part and not _STEP.fullmatch(part) and _SUM not in part]
    return Waterfall(
        steps=tuple(steps),
        zero=round(-low * scale, 1),
        height=len(steps) * ROW,
        remarks=tuple(remarks),
    )


def _span(moves: list[tuple[str, float]], total: float) -> tuple[float, float]:
    reached, at = [0.0, total], 0.0
    for _, bits in moves:
        at += bits
        reached.append(at)
    return min(reached) - 0.5, max(reached) + 0.5


def _log_odds(probability: float) -> float:
    sure = min(max(probability, _SURE), 1 - _SURE)
    return math.log2(sure / (1 - sure))
