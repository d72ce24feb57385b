"""The line of a township: a worse household never moves back in it, and another is moved by the cap alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random
from time import monotonic
from typing import Any

from benchmarks.properties.result import Result
from benchmarks.properties.towns import VISITED, Household, Town, finding, listed, town
from transforms.triage import CARRIED, COUNTY, ISSUED

SHARES = (Decimal(0), Decimal("0.4"))
"""Shares of the visits kept for those who wait longest: none, and enough to be noticed."""

_NOWHERE = 10**6
_WHO, _OTHERS = "h4", ("h1", "h2", "h3", "h5", "h6", "h7", "h8")


def of_worse(trials: int, seed: int, shares: Sequence[Decimal] = SHARES) -> list[Result]:
    """Each way of being worse off: the household's place is compared with its place before.

    All townships stand in one list: trial 7 is the township 7a, before, beside 7b, after.
    """
    started, rng = monotonic(), Random(f"{seed} line")
    ways = list(WORSE) * trials
    towns = {}
    for at, way in enumerate(ways):
        towns[f"{at}a"], towns[f"{at}b"] = _pair(rng, WORSE[way])
    visits = [rng.randint(1, 4) for __ in ways]
    places: dict[str, int] = {}
    for share, of_it in zip(shares, _dealt(list(towns), len(shares)), strict=True):
        rows = listed(
            {key: towns[key] for key in of_it}, {key: visits[int(key[:-1])] for key in of_it}, share
        )
        places |= {row["household_id"]: _place(row) for row in rows}
    moves: dict[str, list[tuple[int, int]]] = {way: [] for way in WORSE}
    for at, way in enumerate(ways):
        moves[way].append((places[f"{at}a.{_WHO}"], places[f"{at}b.{_WHO}"]))
    seconds = (monotonic() - started) / len(WORSE)
    return [_result(f"triage {way}", of_it, seconds) for way, of_it in moves.items()]


def _dealt(towns: list[str], hands: int) -> list[list[str]]:
    """The townships in as many parts of equal size, those of a trial and of a round together."""
    size = 2 * len(WORSE)
    return [
        [key for at, key in enumerate(towns) if at // size % hands == hand] for hand in range(hands)
    ]


def _result(name: str, moves: list[tuple[int, int]], seconds: float) -> Result:
    return Result(
        name=name,
        trials=len(moves),
        found=sum(before < _NOWHERE for before, __ in moves),
        worse=sum(after < before for before, after in moves),
        counter=sum(after > before for before, after in moves),
        seconds=seconds,
    )


def _pair(
    rng: Random, change: Callable[[Household, Random], Household | None]
) -> tuple[Town, Town]:
    """A township, and the same with one household worse off."""
    while True:
        before = town(rng, [_WHO, *rng.sample(_OTHERS, rng.randint(1, 7))])
        if worse := change(before[_WHO], rng):
            return before, before | {_WHO: worse}


def _place(row: dict[str, Any]) -> int:
    """The place in line; the county is before everybody, and whoever is not listed is nowhere."""
    if row["state"] == COUNTY:
        return 0
    return row["position"] if row["state"] in (ISSUED, CARRIED) else _NOWHERE


def _worse_finding(home: Household, rng: Random) -> Household | None:
    name = rng.choice(list(home.findings))
    one = home.findings[name]
    if one.severity == 3:
        return None
    worse = replace(one, severity=rng.randint(one.severity + 1, 3))
    return replace(home, findings=home.findings | {name: worse})


def _further_finding(home: Household, rng: Random) -> Household | None:
    name = rng.choice([each for each in VISITED if each not in home.findings])
    return replace(home, findings=home.findings | {name: finding(rng)})


def _more_need(home: Household, rng: Random) -> Household | None:
    return replace(home, need=home.need + rng.randint(1, 3))


def _longer_waiting(home: Household, rng: Random) -> Household | None:
    """What was known before a visit is no news after it, so that only the unvisited wait longer."""
    if home.orders:
        return None
    name = rng.choice(list(home.findings))
    one = home.findings[name]
    earlier = replace(one, waited=one.waited + rng.randint(1, 9))
    return replace(home, findings=home.findings | {name: earlier})


WORSE = {
    "a worse finding": _worse_finding,
    "a further finding": _further_finding,
    "more need": _more_need,
    "longer waiting": _longer_waiting,
}


def of_newcomers(households: int, seed: int, shares: Sequence[Decimal] = SHARES) -> Result:
    """Townships with and without newcomers: the others' rows, and how the cap moved them."""
    started, rng = monotonic(), Random(f"{seed} newcomers")
    compared = listed_before = moved = counter = 0
    for share in shares:
        full = {
            f"{at}": town(rng, _NAMES)
            for at in range(households // (len(shares) * len(_SETTLED)) + 1)
        }
        visits = {place: rng.randint(1, 4) for place in full}
        settled = {place: {name: homes[name] for name in _SETTLED} for place, homes in full.items()}
        after = {row["household_id"]: row for row in listed(full, visits, share)}
        for before in listed(settled, visits, share):
            now = after[before["household_id"]]
            compared += 1
            listed_before += before["state"] == ISSUED
            moved += before["position"] != now["position"]
            counter += not is_moved_by_the_cap_alone(before, now)
    return Result(
        name="independence of the list",
        trials=compared,
        found=listed_before,
        worse=moved,
        counter=counter,
        seconds=monotonic() - started,
    )


def is_moved_by_the_cap_alone(before: dict[str, Any], after: dict[str, Any]) -> bool:
    """Is a household's row the same, but for a later position and being carried for it?"""
    of_the_cap = {"state", "state_reason", "position"}
    same = all(before[name] == after[name] for name in before.keys() - of_the_cap)
    if before["state"] in (ISSUED, CARRIED):
        states = (ISSUED, CARRIED) if before["state"] == ISSUED else (CARRIED,)
        return same and after["state"] in states and after["position"] >= before["position"]
    return same and all(before[name] == after[name] for name in of_the_cap)


_NAMES = tuple(f"h{at}" for at in range(12))
_SETTLED = tuple(name for at, name in enumerate(_NAMES) if at % 3)
"""Every third household is a newcomer."""
