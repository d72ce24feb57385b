"""Independence: a county with and without newcomers, and what is found of everybody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from time import monotonic

from benchmarks.properties.county import County
from benchmarks.properties.dice import Dice
from benchmarks.properties.result import Result, total
from benchmarks.properties.worlds import World, mixed
from transforms.signal import Signal
from transforms.signals import SIGNALS

SITUATION = "what is known of a household"

_BATCH = 4000

Told = dict[str, dict[str, set[str]]]
"""By signal, or SITUATION, and household: every row in words."""


def of_households(
    households: int, seed: int, signals: Sequence[Signal] = tuple(SIGNALS.values())
) -> list[Result]:
    """Each signal and the situation, by households that were compared."""
    rng = Random(f"{seed} independence")
    batches: list[dict[str, Result]] = []
    while sum(batch[SITUATION].trials for batch in batches) < households:
        batches.append(_batch(rng, min(_BATCH, households), signals))
    return [total(f"independence {name}", (each[name] for each in batches)) for name in batches[0]]


def _batch(rng: Random, worlds: int, signals: Sequence[Signal]) -> dict[str, Result]:
    """As many worlds of which every third is a newcomer's."""
    started = monotonic()
    plain = [one for one in signals if not one.is_compound]
    dice = Dice.near(plain, rng)
    named = [(f"{at}", dice.varied(mixed(rng, rng.choice(signals), plain))) for at in range(worlds)]
    settled = [one for at, one in enumerate(named) if at % 3]
    before, after = (told(County(these), signals) for these in (settled, named))
    homes = {home for name, world in settled for home in _homes(name, world)}
    names = [*(one.name for one in signals), SITUATION]
    seconds = (monotonic() - started) / len(names)
    return {
        name: Result(
            name=name,
            trials=len(homes),
            found=len(before[name]),
            worse=0,
            counter=sum(before[name].get(home) != after[name].get(home) for home in homes),
            seconds=seconds,
        )
        for name in names
    }


def _homes(name: str, world: World) -> set[str]:
    """The households of a world; whoever belongs to none is one alone."""
    return {f"{name}.{row.get('household_id') or row['person_id']}" for row in world["people"]}


def told(county: County, signals: Sequence[Signal]) -> Told:
    """All that is found and known in a county."""
    homes = {row["person_id"]: row["household_id"] for row in county.people()}
    proofs = county.find([one for one in signals if not one.is_compound])
    for one in signals:
        if one.is_compound:
            proofs += county.proofs(one)
    rows: Told = defaultdict(lambda: defaultdict(set))
    for proof in proofs:
        rows[proof["signal"]][homes[proof["person_id"]] or proof["person_id"]].add(f"{proof}")
    for known in county.situations():
        rows[SITUATION][known["household_id"]].add(f"{known}")
    return rows
