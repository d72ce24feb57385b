"""Who descends from whom: founders, children, their spouses, grandchildren, great-grandchildren.

A person is a position in arrays; `father`, `mother` and `spouse` are positions or -1.
Births are days since 1970. The dead stay in the arrays, for kinship runs through them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from benchmarks.matching.city.luck import Bools, Ints, luck, weighted

TODAY = int(np.datetime64("2026-06-30").astype("datetime64[D]").astype(int))
YEAR = 365.2425
LIVING_PER_CLAN = 10.6  # measured; only decides how many clans are tried
CHILDREN = (  # mother born before this year: chances of 0, 1, 2, ... children
    (1952, (0.03, 0.12, 0.25, 0.30, 0.20, 0.10)),
    (1964, (0.03, 0.27, 0.45, 0.20, 0.05)),
    (1982, (0.05, 0.50, 0.37, 0.08)),
    (2100, (0.16, 0.44, 0.33, 0.07)),
)
ALIVE_AT = ((60, 0.985), (70, 0.93), (80, 0.74), (90, 0.38), (200, 0.06))


@dataclass
class Clans:
    """Columns that grow generation by generation."""

    columns: dict[str, list[Ints]] = field(default_factory=dict)
    size: int = 0

    def add(self, **values: Ints) -> Ints:
        """New people; returns their positions."""
        count = len(values["birth"])
        for name, column in values.items():
            self.columns.setdefault(name, []).append(column.astype(np.int64))
        self.size += count
        return np.arange(self.size - count, self.size)

    def column(self, name: str) -> Ints:
        """One column as a whole."""
        if len(self.columns[name]) > 1:
            self.columns[name] = [np.concatenate(self.columns[name])]
        return self.columns[name][0]


def grow(people: int, seed: int) -> dict[str, Ints]:
    """Clans with at least `people` living members, cut to exactly that many."""
    rng = luck(seed, "clans")
    clans = Clans()
    count = int(people / LIVING_PER_CLAN * 1.04) + 30
    young = _founders(clans, count, rng)
    for generation in (1, 2, 3):
        young = _marry(clans, _children(clans, young, generation, rng), generation, rng)
    out = {name: clans.column(name) for name in clans.columns}
    out["alive"] = _survive(out["birth"], rng).astype(np.int64)
    return _cut(out, people)


def _founders(clans: Clans, count: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """One couple per clan, born 1926-1976."""
    birth = ((rng.triangular(1926, 1950, 1977, count) - 1970) * YEAR).astype(np.int64)
    none = np.full(count, -1)
    clan = np.arange(count)
    base = {"clan": clan, "father": none, "mother": none, "generation": 0 * clan, "twin": 0 * clan}
    men = clans.add(**base, birth=birth, male=clan * 0 + 1, spouse=clan + count, natal=none)
    brides = birth + (rng.normal(2.0, 2.2, count) * YEAR).astype(np.int64)
    women = clans.add(**base, birth=brides, male=clan * 0, spouse=men, natal=none)
    return men, women


def _children(
    clans: Clans, couples: tuple[Ints, Ints], generation: int, rng: np.random.Generator
) -> Ints:
    """Children of the couples, twins among them, none born after today."""
    fathers, mothers = couples
    birth = clans.column("birth")
    born = 1970 + birth[mothers] / YEAR
    wanted = np.zeros(len(mothers), dtype=np.int64)
    last = 0.0
    for before, chances in CHILDREN:
        group = np.flatnonzero((born >= last) & (born < before))
        wanted[group] = weighted(rng, chances, len(group))
        last = before
    first = birth[mothers] + (np.clip(rng.normal(25.5, 3.4, len(born)), 18, 43) * YEAR)
    parent = np.repeat(np.arange(len(mothers)), wanted)
    order = np.arange(len(parent)) - np.repeat(np.cumsum(wanted) - wanted, wanted)
    gaps = (1.3 + rng.gamma(2.0, 1.2, len(parent))) * YEAR * (order > 0)
    total = np.cumsum(gaps)
    start = np.repeat(np.cumsum(wanted) - wanted, wanted)
    when = (first[parent] + total - total[start]).astype(np.int64)
    twin = rng.random(len(parent)) < 0.011
    parent = np.concatenate([parent, parent[twin]])
    pair = np.concatenate([np.where(twin, np.arange(len(when)) + 1, 0), np.flatnonzero(twin) + 1])
    male = rng.random(len(when)) < 0.525
    other = np.where(rng.random(twin.sum()) < 0.66, male[twin], ~male[twin])
    male = np.concatenate([male, other])
    when = np.concatenate([when, when[twin]])
    exist = when <= TODAY
    parent, pair, male, when = parent[exist], pair[exist], male[exist], when[exist]
    return clans.add(
        clan=clans.column("clan")[fathers[parent]],
        father=fathers[parent],
        mother=mothers[parent],
        generation=np.full(len(when), generation),
        twin=pair * 10 + generation,
        birth=when,
        male=male,
        spouse=np.full(len(when), -1),
        natal=np.full(len(when), -1),
    )


def _marry(
    clans: Clans, young: Ints, generation: int, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Some of the young marry somebody from outside; some of those bring parents along."""
    birth = clans.column("birth")[young]
    age = (TODAY - birth) / YEAR
    chance = np.interp(age, [20, 24, 28, 32, 40, 60], [0, 0.12, 0.5, 0.75, 0.88, 0.93])
    marrying = young[rng.random(len(young)) < chance]
    male = clans.column("male")[marrying].astype(bool)
    gap = (rng.normal(1.6, 2.4, len(marrying)) * YEAR).astype(np.int64)
    when = clans.column("birth")[marrying] + np.where(male, gap, -gap)
    when = np.minimum(when, TODAY - int(20.1 * YEAR))
    brings = rng.random(len(marrying)) < 0.2
    clan = clans.column("clan")[marrying]
    fathers, mothers = _natal_parents(clans, when[brings], clan[brings], generation - 1, rng)
    father, mother = np.full(len(marrying), -1), np.full(len(marrying), -1)
    father[brings], mother[brings] = fathers, mothers
    spouse = clans.add(
        clan=clan,
        father=father,
        mother=mother,
        generation=np.full(len(when), generation),
        twin=np.zeros(len(when)),
        birth=when,
        male=~male,
        spouse=marrying,
        natal=father,
    )
    clans.column("spouse")[marrying] = spouse
    return np.where(male, marrying, spouse), np.where(male, spouse, marrying)


def _natal_parents(
    clans: Clans, child: Ints, clan: Ints, generation: int, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """The in-laws' own parents, so that a spouse can still be registered with them."""
    count = len(child)
    father_birth = child - (rng.normal(27, 4, count).clip(19, 45) * YEAR).astype(np.int64)
    mother_birth = child - (rng.normal(25, 3, count).clip(18, 43) * YEAR).astype(np.int64)
    none = np.full(count, -1)
    base = {"clan": clan, "father": none, "mother": none, "twin": 0 * none, "natal": none}
    base["generation"] = np.full(count, generation)
    at = clans.size
    fathers = clans.add(
        **base, birth=father_birth, male=none * 0 + 1, spouse=np.arange(count) + at + count
    )
    mothers = clans.add(**base, birth=mother_birth, male=none * 0, spouse=fathers)
    return fathers, mothers


def _survive(birth: Ints, rng: np.random.Generator) -> Bools:
    """Who is alive today, by age."""
    age = (TODAY - birth) / YEAR
    chance = np.ones(len(age))
    for before, share in reversed(ALIVE_AT):
        chance[age < before] = share
    return rng.random(len(age)) < chance


def twin_pairs(people: dict[str, Ints]) -> tuple[Ints, Ints]:
    """Positions of the first and of the second twin of every pair."""
    twins = np.flatnonzero(people["twin"] >= 10)
    order = twins[np.lexsort((people["twin"][twins], people["father"][twins]))]
    same = (people["twin"][order][1:] == people["twin"][order][:-1]) & (
        people["father"][order][1:] == people["father"][order][:-1]
    )
    pair = np.flatnonzero(same)
    return order[pair], order[pair + 1]


def _cut(people: dict[str, Ints], wanted: int) -> dict[str, Ints]:
    """Whole clans until `wanted` are living; the last clan loses members."""
    order = np.argsort(people["clan"], kind="stable")
    living = np.cumsum(people["alive"][order])
    if living[-1] < wanted:
        message = f"only {living[-1]} living people; lower LIVING_PER_CLAN"
        raise ValueError(message)
    keep = order[: int(np.searchsorted(living, wanted)) + 1]
    place = np.full(len(order), -1)
    place[keep] = np.arange(len(keep))
    out = {name: column[keep] for name, column in people.items()}
    for link in ("father", "mother", "spouse", "natal"):
        out[link] = np.where(out[link] >= 0, place[out[link]], -1)
    return out
