"""Monotonicity: each trial is a world beside the same world with one thing worse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from random import Random
from time import monotonic
from typing import Any

from benchmarks.properties.county import County, Rows
from benchmarks.properties.dice import Dice
from benchmarks.properties.moves import Claim, Way, claims, worsened
from benchmarks.properties.result import Result
from benchmarks.properties.worlds import World, example, mixed
from data_contracts.policy.terms import Worse
from transforms.signal import Signal
from transforms.signals import COMPOUND, PLAIN

Pair = tuple[World, World]
Figures = dict[str, tuple[Any, ...]]
"""What was found, by id: figures of which none may fall."""

NEEDS: dict[str, Way] = {
    "settlement.personal_amount": Worse.HIGHER,
    "settlement": Worse.HIGHER,
    "people": Worse.HIGHER,
    "benefit.monthly_amount": Worse.LOWER,
    "benefit": Worse.LOWER,
    "enrolment.contribution_base": Worse.LOWER,
    "enrolment": Worse.LOWER,
}
"""What makes a household's need larger, declared as a signal would: more bills or mouths, less income."""

_READ_BY_COMPOUND = {"death", *(name for one in COMPOUND.values() for name in one.reads)}
"""A confirmed death changes people, whom they read themselves."""

_TRIES = 1000


def of_signal(signal: Signal, trials: int, seed: int) -> list[Result]:
    """A plain signal under every claim that it makes; where need makes the same one, need as well."""
    return [_of_claim(signal, claim, trials, seed) for claim in claims(signal.worse)]


def _of_claim(signal: Signal, claim: Claim, trials: int, seed: int) -> Result:
    started, name = monotonic(), f"{signal.name} {claim}"
    dice = Dice.near([signal], Random(f"{seed} {name}"))
    county = _side_by_side([_pair(dice, claim, lambda: example(signal)) for __ in range(trials)])
    figures = [_found(county.findings(signal), "person_id")]
    if NEEDS.get(str(claim)) == claim.way:
        figures.append(_needs(county))
    return _compared(name, range(trials), figures, started)


def of_need(trials: int, seed: int, worse: Mapping[str, Way] = NEEDS) -> list[Result]:
    """The need of a household under every claim of what is worse for it."""
    results = []
    for claim in claims(worse):
        started, name = monotonic(), f"need {claim}"
        dice = Dice.near(PLAIN.values(), Random(f"{seed} {name}"))
        reading = [one for one in PLAIN.values() if {claim.table, "settlement"} & set(one.reads)]
        pairs = [_pair(dice, claim, _mixtures(dice.rng, reading, reading)) for __ in range(trials)]
        figures = [_needs(_side_by_side(pairs))]
        results.append(_compared(name, range(trials), figures, started))
    return results


def of_compound(
    trials: int, seed: int, plain: Sequence[Signal] = tuple(PLAIN.values())
) -> list[Result]:
    """Every compound signal, where no proof of a plain one has fallen and some perhaps has risen.

    What is worse for one need may be better for another; such trials are left out.
    """
    started = monotonic()
    dice = Dice.near(plain, Random(f"{seed} compound"))
    every = [claim for one in plain for claim in claims(one.worse)]
    indirect = [claim for claim in every if claim.table not in _READ_BY_COMPOUND]
    starts = _mixtures(dice.rng, list(COMPOUND.values()), plain)
    pairs = [_much_worse(dice, indirect, starts) for __ in range(trials)]
    county = _side_by_side(pairs)
    kept = sorted(set(range(trials)) - _fallen([_proofs(county.find(plain))]))
    results = []
    for signal in COMPOUND.values():
        figures = [_found(county.findings(signal), "household_id")]
        results.append(_compared(f"{signal.name} found", kept, figures, started))
        started = monotonic()
    return results


def _mixtures(
    rng: Random, firsts: Sequence[Signal], others: Sequence[Signal]
) -> Callable[[], World]:
    return lambda: mixed(rng, rng.choice(firsts), others)


def _pair(dice: Dice, claim: Claim, start: Callable[[], World]) -> Pair:
    """A random world and the same with one thing worse as claimed."""
    for __ in range(_TRIES):
        before = dice.varied(start(), (claim.table, claim.column))
        after = worsened(before, claim, dice)
        if after is not None:
            return before, after
    raise ValueError(f"{claim}: nothing of it ever gets worse")


def _much_worse(dice: Dice, of_them: list[Claim], start: Callable[[], World]) -> Pair:
    """A random world and the same with several things worse."""
    before, after = _pair(dice, dice.rng.choice(of_them), start)
    for claim in dice.rng.choices(of_them, k=5):
        after = worsened(after, claim, dice) or after
    return before, after


def _side_by_side(pairs: Iterable[Pair]) -> County:
    """Trial 7 lives in the worlds 7a, before, and 7b, after."""
    named = ((f"{at}{side}", pair[side == "b"]) for at, pair in enumerate(pairs) for side in "ab")
    return County(named)


def _found(findings: Rows, by: str) -> Figures:
    """The worst severity and the largest measure of each person or household, by the id in `by`."""
    worst: Figures = {}
    for row in findings:
        if row[by] is not None:
            was = worst.get(row[by], (0, Decimal("-Infinity")))
            worst[row[by]] = (max(was[0], row["severity"]), max(was[1], row["measure"]))
    return worst


def _proofs(found: Rows) -> Figures:
    keys = ("person_id", "signal", "record_key", "occurred_on")
    return {" ".join(str(row[key]) for key in keys): (row["severity"],) for row in found}


def _needs(county: County) -> Figures:
    """Need and shortfall, but for trials that change whose income is unseen or unclear.

    An income that is no longer known is not a lower one: somebody unseen is taken to earn their keep.
    """
    told = county.situations()
    unknown: dict[tuple[int, str], set[tuple[Any, ...]]] = {}
    for row in told:
        world, __, local = row["household_id"].partition(".")
        seen = unknown.setdefault((_trial(row["household_id"]), world[-1]), set())
        seen.add((local, row["unseen"], row["unclear"]))
    return {
        row["household_id"]: (row["need"], row["shortfall"])
        for row in told
        if unknown.get((at := _trial(row["household_id"]), "a")) == unknown.get((at, "b"))
    }


def _compared(name: str, trials: Iterable[int], every: list[Figures], started: float) -> Result:
    """The trials in which any of the figures fell; the first figures say what was found."""
    counted = set(trials)
    found = {
        _trial(key) for key, were in every[0].items() if _world(key).endswith("a") and were[0] > 0
    }
    return Result(
        name=name,
        trials=len(counted),
        found=len(counted & found),
        worse=len(counted & _fallen(every, "b", "a")),
        counter=len(counted & _fallen(every)),
        seconds=monotonic() - started,
    )


def _fallen(every: Iterable[Figures], before: str = "a", after: str = "b") -> set[int]:
    """The trials in which something found on one side is less, or is not found, on the other."""
    fallen = set()
    for figures in every:
        for key, were in figures.items():
            world = _world(key)
            if world.endswith(before):
                other = f"{world.removesuffix(before)}{after}"
                are = figures.get(key.replace(f"{world}.", f"{other}."))
                if are is None or any(now < was for now, was in zip(are, were, strict=True)):
                    fallen.add(_trial(key))
    return fallen


def _world(key: str) -> str:
    return key.partition(".")[0]


def _trial(key: str) -> int:
    return int(_world(key)[:-1])
