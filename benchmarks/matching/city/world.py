"""The city before anybody writes it down: people with names, numbers, homes, phones, relatives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.matching.city import clans, homes, names, numbers, places
from benchmarks.matching.city.luck import Bools, Ints, Texts, luck, texts
from benchmarks.matching.city.phones import phones

UNREGISTERED = 0.03


@dataclass
class World:
    """Columns per living person; a person is a position. Links are positions or -1."""

    birth: Ints
    male: Bools
    age: np.ndarray
    name: Texts
    former: Texts
    surname: Texts
    number: Texts
    second_number: Texts
    phone: Texts
    old_phone: Texts
    father: Ints
    mother: Ints
    spouse: Ints
    sibling: Ints
    twin: Ints
    head: Ints
    household: Ints
    relation: Texts
    contact: Ints
    contact_relation: Texts
    guardian: Ints
    home: Ints
    household_home: Ints
    old_home: Ints
    registered: Bools
    fragile: np.ndarray
    town: places.Places

    def __len__(self) -> int:
        return len(self.birth)


def build(people: int, seed: int) -> World:
    """The whole city for a number of people."""
    family = clans.grow(people, seed)
    homes.settle(family, seed)
    written = names.name_all(family, seed)
    head = homes.head_of(family)
    everyone = np.arange(len(head))
    relation = homes.kinship(family, everyone, np.where(head >= 0, head, everyone), seed)
    owners, home = np.unique(family["home"], return_inverse=True)
    where = family["household"]
    base = family["home"][where]
    household_home = np.searchsorted(owners, base)
    moved = (family["father"][owners] >= 0) | (family["generation"][owners] > 0)
    town = places.lay_out(family["clan"][owners], moved, seed)
    number = numbers.issue(family, town.code[home], seed)
    rng = luck(seed, "world")
    alive = np.flatnonzero(family["alive"] == 1)
    alive = alive[rng.permutation(len(alive))]
    at = np.full(len(head), -1)
    at[alive] = np.arange(len(alive))

    def link(column: Ints) -> Ints:
        kept = column[alive]
        return np.where(kept >= 0, at[kept], -1)

    size = len(alive)
    age = (clans.TODAY - family["birth"][alive]) / clans.YEAR
    father, mother, spouse = (link(family[name]) for name in ("father", "mother", "spouse"))
    parents_home = np.where(
        family["father"][alive] >= 0, home[np.maximum(family["father"][alive], 0)], -1
    )
    random_home = rng.integers(0, len(owners), size)
    old_home = np.where(
        (parents_home >= 0) & (parents_home != home[alive]), parents_home, random_home
    )
    dwelling = home[alive]
    contact = _contact(age, father, mother, spouse, _eldest_child(father, mother, size), rng)
    guardian = np.where((age < 18) & (rng.random(size) < 0.3) | (mother < 0), father, mother)
    guardian = np.where(age < 18, guardian, -1)
    second = numbers.issue(family, town.code[home], seed, "second")[alive]
    two = rng.random(size) < 0.0004
    registered = _registered(dwelling, age, rng)
    guests = np.flatnonzero(~registered & (age > 1) & (rng.random(size) < 0.02))
    first = number[alive]
    first[guests] = _permits(len(guests), rng)
    sibling = _sibling(mother, family["birth"][alive])
    first_twin, second_twin = clans.twin_pairs(family)
    twin = np.full(len(head), -1)
    twin[first_twin], twin[second_twin] = second_twin, first_twin
    phone, old_phone = phones(age, contact, rng)
    contact_relation = homes.kinship(family, alive[np.maximum(contact, 0)], alive, seed)
    return World(
        birth=family["birth"][alive],
        male=family["male"][alive] == 1,
        age=age,
        name=written["name"][alive],
        former=written["former"][alive],
        surname=written["surname"][alive],
        number=first,
        second_number=np.where(two, second, None),
        phone=phone,
        old_phone=old_phone,
        father=father,
        mother=mother,
        spouse=spouse,
        sibling=sibling,
        twin=link(twin),
        head=link(head),
        household=family["household"][alive],
        relation=relation[alive],
        contact=contact,
        contact_relation=contact_relation,
        guardian=guardian,
        home=dwelling,
        household_home=household_home[alive],
        old_home=old_home,
        registered=registered,
        fragile=_fragile(age, written["name"][alive]),
        town=town,
    )


def _eldest_child(father: Ints, mother: Ints, size: int) -> Ints:
    """Some child of everybody, -1 for none."""
    child = np.full(size, -1)
    for parent in (mother, father):
        has = np.flatnonzero(parent >= 0)
        child[parent[has]] = has
    return child


def _contact(
    age: np.ndarray, father: Ints, mother: Ints, spouse: Ints, child: Ints, rng: np.random.Generator
) -> Ints:
    """Whom one names as the person to call: spouse, parent or child."""
    size = len(age)
    coin = rng.random(size)
    parent = np.where((coin < 0.6) & (mother >= 0) | (father < 0), mother, father)
    grown = (child >= 0) & (age[np.maximum(child, 0)] > 18)
    first = np.where(age < 22, parent, np.where((age > 62) & grown & (coin < 0.7), child, spouse))
    for fallback in (spouse, np.where(grown, child, -1), parent):
        first = np.where(first >= 0, first, fallback)
    return first


def _registered(home: Ints, age: np.ndarray, rng: np.random.Generator) -> Bools:
    """Whole homes of newcomers, and some newborns, are not in the police register."""
    new_home = rng.random(int(home.max()) + 1) < UNREGISTERED * 0.86
    newborn = (age < 0.35) & (rng.random(len(age)) < 0.45)
    single = rng.random(len(age)) < UNREGISTERED * 0.1
    return ~(new_home[home] | newborn | single)


def _permits(count: int, rng: np.random.Generator) -> Texts:
    """Permits of residents of Hong Kong, Macao and Taiwan, and residence cards that look like numbers."""
    style = rng.random(count)
    eight = rng.integers(10**7, 10**8, count)
    forms = (
        f"H{e:08d}" if s < 0.4 else f"M{e:08d}" if s < 0.5 else f"{e:08d}"
        for e, s in zip(eight, style, strict=True)
    )
    return texts(list(forms))


def _sibling(mother: Ints, birth: Ints) -> Ints:
    """The next younger child of the same mother (the eldest for the youngest), -1 for none."""
    children = np.flatnonzero(mother >= 0)
    order = children[np.lexsort((birth[children], mother[children]))]
    _, start, count = np.unique(mother[order], return_index=True, return_counts=True)
    following = np.arange(len(order)) + 1
    following[start + count - 1] = start
    out = np.full(len(mother), -1)
    out[order] = order[following]
    return np.where(out == np.arange(len(out)), -1, out)


def _fragile(age: np.ndarray, name: Texts) -> np.ndarray:
    """How much more often rows about somebody go wrong: small children, the very old, long names."""
    long = np.fromiter((len(text) > 4 for text in name), dtype=bool, count=len(name))
    factor = 1 + 1.2 * (age < 6) + 0.6 * (age > 80) + 0.8 * long
    return factor / factor.mean()
