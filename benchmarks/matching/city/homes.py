"""Where everybody lives, and in which household of the police register they stand.

A home and a household are named by the position of the person they formed around (`owner`).
The two differ on purpose: children registered with grandparents, spouses still registered with
their own parents, sons who moved out but never split the household.
"""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city.clans import TODAY, YEAR
from benchmarks.matching.city.luck import Bools, Ints, Texts, luck, texts

SONS = ("子", "长子", "次子", "三子", "四子", "五子", "子")
DAUGHTERS = ("女", "长女", "次女", "三女", "四女", "五女", "女")


def settle(people: dict[str, Ints], seed: int) -> None:
    """Adds `home`, `household` and `head` (0/1) to the people."""
    rng = luck(seed, "homes")
    size = len(people["birth"])
    me = np.arange(size)
    alive = people["alive"].astype(bool)
    father, spouse = people["father"], people["spouse"]
    home, household = me.copy(), me.copy()
    age = (TODAY - people["birth"]) / YEAR
    stem = _first_married_child(people) & (rng.random(size) < 0.5)
    unsplit = rng.random(size) < 0.13
    away = rng.random(size) < 0.35
    left_behind = rng.random(size) < 0.06
    with_grandparents = rng.random(size) < 0.07
    married_in = (people["natal"] >= 0) | ((father < 0) & (people["generation"] > 0))
    for generation in range(-1, 4):
        here = people["generation"] == generation
        single = here & (spouse < 0) & (father >= 0)
        child = np.flatnonzero(single & ((age < 26) | ~away))
        home[child], household[child] = home[father[child]], household[father[child]]
        grown = np.flatnonzero(single & (age >= 26) & away)
        household[grown] = np.where(
            rng.random(len(grown)) < 0.6, household[father[grown]], household[grown]
        )
        minor = np.flatnonzero(single & (age < 18) & (father >= 0))
        grand = people["father"][father[minor]]
        able = (grand >= 0) & (people["alive"][grand] == 1)
        moved = minor[able & left_behind[father[minor]]]
        home[moved] = home[people["father"][father[moved]]]
        moved = minor[able & with_grandparents[minor]]
        household[moved] = household[people["father"][father[moved]]]
        couple = np.flatnonzero(here & (spouse >= 0) & ~married_in & (father >= 0))
        joined = couple[stem[couple]]
        home[joined], household[joined] = home[father[joined]], household[father[joined]]
        lingering = couple[unsplit[couple] & ~stem[couple]]
        household[lingering] = household[father[lingering]]
        wives = np.flatnonzero(here & (spouse >= 0) & (married_in | (spouse < me) & (father < 0)))
        home[wives], household[wives] = home[spouse[wives]], household[spouse[wives]]
        stays = np.flatnonzero(here & (people["natal"] >= 0) & (rng.random(size) < 0.3))
        household[stays] = household[people["natal"][stays]]
    alone = alive & (age > 60) & (rng.random(size) < 0.03)
    household[alone] = me[alone]
    people["home"], people["household"] = home, household
    people["head"] = _heads(people, age, rng).astype(np.int64)


def _first_married_child(people: dict[str, Ints]) -> Bools:
    """The first married child, sons before daughters: the one who may stay with the parents."""
    married = np.flatnonzero((people["spouse"] >= 0) & (people["father"] >= 0))
    order = married[
        np.lexsort((people["birth"][married], -people["male"][married], people["father"][married]))
    ]
    first = np.ones(len(order), dtype=bool)
    first[1:] = people["father"][order][1:] != people["father"][order][:-1]
    out = np.zeros(len(people["birth"]), dtype=bool)
    out[order[first]] = True
    return out


def _heads(people: dict[str, Ints], age: np.ndarray, rng: np.random.Generator) -> Bools:
    """One living head per household: mostly a man between 25 and 75, else the oldest."""
    living = np.flatnonzero(people["alive"] == 1)
    suits = ((age > 25) & (age < 75)) * 40.0 + (people["male"] == 1) * 12.0
    score = (age > 18) * 100 + suits + np.minimum(age, 90) / 6 + rng.random(len(age)) * 12
    order = living[np.lexsort((-score[living], people["household"][living]))]
    first = np.ones(len(order), dtype=bool)
    first[1:] = people["household"][order][1:] != people["household"][order][:-1]
    heads = np.zeros(len(age), dtype=bool)
    heads[order[first]] = True
    return heads


def head_of(people: dict[str, Ints]) -> Ints:
    """The head of everybody's household, -1 for the dead."""
    owner = np.full(len(people["birth"]), -1)
    heads = np.flatnonzero(people["head"] == 1)
    owner[people["household"][heads]] = heads
    return np.where(people["alive"] == 1, owner[people["household"]], -1)


def kinship(people: dict[str, Ints], who: Ints, other: Ints, seed: int) -> Texts:
    """What `who` is to `other`, in the words of a register."""
    father, mother, spouse = people["father"], people["mother"], people["spouse"]
    male = people["male"][who] == 1

    def of(link: Ints, position: Ints) -> Ints:
        return np.where(position >= 0, link[position], -2)

    def child(a: Ints, b: Ints) -> Bools:
        return (b >= 0) & ((of(father, a) == b) | (of(mother, a) == b))

    mate, mate_other = of(spouse, who), of(spouse, other)
    dad, mum = of(father, who), of(mother, who)
    dad_other, mum_other = of(father, other), of(mother, other)
    rank = np.minimum(_birth_order(people)[who], len(SONS) - 1)
    rank = np.where(luck(seed, "kinship").random(len(who)) < 0.45, 0, rank)
    by_marriage = (mate >= 0) & child(np.maximum(mate, 0), other)
    through_son = child(dad, other) | child(dad, mate_other)
    through_daughter = child(mum, other) | child(mum, mate_other)
    elder = child(dad_other, who) | child(mum_other, who)
    sibling = (dad >= 0) & (dad == dad_other)
    in_law = child(mate_other, who)
    choices = (
        (who == other, ("户主", "户主")),
        (mate == other, ("夫", "妻")),
        (child(who, other) | child(who, mate_other), None),
        (child(other, who), ("父亲", "母亲")),
        (by_marriage, ("女婿", "儿媳")),
        (through_son, ("孙子", "孙女")),
        (through_daughter, ("外孙", "外孙女")),
        (elder, ("祖父", "祖母")),
        (in_law, ("岳父", "岳母")),
        (sibling, ("兄弟", "姐妹")),
    )
    out = np.where(male, "其他亲属", "其他").astype(object)
    for holds, words in reversed(choices):
        if words is None:
            word = np.where(male, texts(SONS)[rank], texts(DAUGHTERS)[rank])
        else:
            word = np.where(male, *words)
        out = np.where(holds, word, out)
    return out


def _birth_order(people: dict[str, Ints]) -> Ints:
    """1 for the eldest son (or daughter) of a father, 2 for the next, ..."""
    order = np.lexsort((people["birth"], people["male"], people["father"]))
    key = people["father"][order] * 2 + people["male"][order]
    start = np.ones(len(order), dtype=bool)
    start[1:] = key[1:] != key[:-1]
    at = np.arange(len(order))
    out = np.zeros(len(order), dtype=np.int64)
    out[order] = at - np.maximum.accumulate(np.where(start, at, 0)) + 1
    return out
