"""Families with consistent generations whose sizes and ages add up to the census."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from flows.synth.draws import Bools, Floats, Ints, pick
from flows.synth.shelf import table

_PARTNER = {
    "spouse": "head",
    "parent_spouse": "parent",
    "child_in_law": "grown_child",
    "away_in_law": "away_child",
}
_GAP = {
    "child": (27.0, 4.0, 19.0, 44.0),
    "grown_child": (26.0, 4.0, 19.0, 44.0),
    "away_child": (25.0, 3.0, 19.0, 36.0),
    "parent": (-26.0, 4.0, -40.0, -19.0),
    "grandparent": (-50.0, 4.0, -60.0, -42.0),
    "grandchild": (52.0, 4.0, 44.0, 70.0),
    "sibling": (0.0, 4.0, -9.0, 9.0),
}
"""Years between the head and a relative: mean, deviation, least, most."""
_LIMITS = {"child": (0, 24), "grown_child": (18, 70), "away_child": (20, 55), "grandchild": (0, 24)}
_MOSTLY_WIDOWS = ("parent", "grandparent")
_ROUNDS = 30


@dataclass(frozen=True, kw_only=True)
class Members:
    """People as columns; `family` numbers their families from 0 without gaps."""

    family: Ints
    role: np.ndarray
    age: Ints
    male: Bools

    def of(self, families: Ints) -> Members:
        """The members of these families, renumbered; a family may be taken more than once."""
        starts = np.searchsorted(self.family, families)
        sizes = np.searchsorted(self.family, families, side="right") - starts
        shift = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        rows = np.repeat(starts, sizes) + shift
        numbers = np.repeat(np.arange(len(families)), sizes)
        return Members(
            family=numbers, role=self.role[rows], age=self.age[rows], male=self.male[rows]
        )


def families(rng: Generator, people: int, ages: str, largest: int = 99) -> Members:
    """Families of about `people` members, ages as in column `ages` of the age table."""
    candidates = _candidates(rng, max(400, people))
    sizes = np.bincount(candidates.family)
    weights = _raked(candidates, sizes, table("age_structure")[ages].cast(float).to_numpy())
    weights = weights * (sizes <= largest)
    wanted = max(1, round(people * weights.sum() / (weights * sizes).sum()))
    edges = np.cumsum(weights) / weights.sum()
    spots = (np.arange(wanted) + rng.random()) / wanted
    chosen = np.minimum(np.searchsorted(edges, spots, side="right"), len(sizes) - 1)
    return candidates.of(rng.permutation(chosen))


def _candidates(rng: Generator, number: int) -> Members:
    templates = table("household_templates").rows()
    share = table("household_size")["share"].cast(float).to_numpy()
    parts, first = [], 0
    for size, within, low, high, roles in templates:
        count = max(3, round(number * share[int(size) - 1] * float(within) / 10000))
        parts.append(_from_template(rng, count, int(low), int(high), roles.split(), first))
        first += count
    return Members(
        **{
            column: np.concatenate([getattr(part, column) for part in parts])
            for column in ("family", "role", "age", "male")
        }
    )


def _from_template(
    rng: Generator, count: int, low: int, high: int, roles: list[str], first: int
) -> Members:
    ages: dict[str, Ints] = {}
    males: dict[str, Bools] = {}
    people: list[tuple[Ints, Bools]] = []
    for role in roles:
        if role == "head":
            ages[role] = rng.integers(low, high + 1, count)
            males[role] = rng.random(count) < (0.87 if "spouse" in roles else 0.48)
        elif partner := _PARTNER.get(role):
            gap = np.where(males[partner], -1, 1) + np.rint(rng.normal(0, 2.5, count))
            ages[role] = np.clip(ages[partner] + gap.astype(np.int64), 20, 99)
            males[role] = ~males[partner]
        else:
            ages[role] = _relative_age(rng, role, ages, count)
            males[role] = rng.random(count) < (0.3 if role in _MOSTLY_WIDOWS else 0.525)
        people.append((ages[role], males[role]))
    return Members(
        family=np.repeat(np.arange(first, first + count), len(roles)),
        role=np.tile(np.array(roles), count),
        age=np.stack([age for age, _ in people], axis=1).ravel(),
        male=np.stack([male for _, male in people], axis=1).ravel(),
    )


def _relative_age(rng: Generator, role: str, ages: dict[str, Ints], count: int) -> Ints:
    mean, deviation, least, most = _GAP[role]
    youngest = ages["head"]
    if role in {"child", "grown_child"} and "spouse" in ages:
        youngest = np.minimum(ages["head"], ages["spouse"])
    gap = np.clip(rng.normal(mean, deviation, count), least, most)
    age = youngest - np.rint(gap).astype(np.int64)
    if role == "grandchild" and "away_child" in ages:
        age = np.minimum(age, ages["away_child"] - 20)
    low, high = _LIMITS.get(role, (20, 99))
    return np.clip(age, low, high)


def _raked(members: Members, sizes: Ints, target: Floats) -> Floats:
    """Weights that make the candidates' ages and sizes add up to the published shares."""
    band = np.minimum(members.age // 5, len(target) - 1)
    size_target = table("household_size")["share"].cast(float).to_numpy()
    group = np.minimum(sizes, len(size_target)) - 1
    weights = np.ones(len(sizes))
    for _ in range(_ROUNDS):
        have = np.bincount(band, weights[members.family], minlength=len(target))
        pull = np.log(target / target.sum() / np.maximum(have / have.sum(), 1e-9))
        pull = np.clip(pull, -1.0, 1.0)
        weights *= np.exp(np.bincount(members.family, pull[band]) / sizes)
        now = np.bincount(group, weights, minlength=len(size_target))
        weights *= (size_target / size_target.sum() / (now / now.sum()))[group]
    return weights


def lone(rng: Generator, people: int, low: int, high: int, together: int) -> Members:
    """People without family links, up to `together` in a book: students, workers."""
    return Members(
        family=np.arange(people) // together,
        role=np.full(people, "none"),
        age=low + pick(rng, np.linspace(3, 1, high - low), people),
        male=rng.random(people) < 0.55,
    )
