"""What the five departments hold about whom, before any slip."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city.clans import TODAY, YEAR
from benchmarks.matching.city.luck import Ints, Texts, luck, pick, words
from benchmarks.matching.city.numbers import dates
from benchmarks.matching.city.rates import Rates
from benchmarks.matching.city.sheet import Sheet
from benchmarks.matching.city.spellings import village_of, write
from benchmarks.matching.city.world import World

SPELLINGS = {  # shares of the five spellings of places.write
    "police": (0.75, 0.10, 0.13, 0.00, 0.02),
    "hospital": (0.18, 0.12, 0.25, 0.20, 0.25),
    "property": (0.45, 0.30, 0.25, 0.00, 0.00),
    "assistance": (0.10, 0.30, 0.25, 0.15, 0.20),
}
EMPLOYERS = words(
    "株洲千金药业股份有限公司 中车株洲电力机车有限公司 株洲硬质合金集团 湖南工业大学 个体工商户 灵活就业人员 株洲市第一中学 醴陵市华联瓷业"
)


def addresses(world: World, home: Ints, seed: int, table: str) -> Texts:
    """Addresses in the spellings of one department."""
    rng = luck(seed, table, "spelling")
    return write(world.town, home, rng.choice(5, size=len(home), p=SPELLINGS[table]))


def basics(world: World, person: Ints, seed: int, table: str) -> dict[str, Texts]:
    """Name, number, sex, birth date and phone; owners of two numbers show either."""
    either = luck(seed, table, "two numbers").random(len(person)) < 0.3
    second = world.second_number[person]
    return {
        "name": world.name[person],
        "number": np.where(either & np.not_equal(second, None), second, world.number[person]),
        "sex": np.where(world.male[person], "男", "女").astype(object),
        "birth": dates(world.birth[person]),
        "phone": world.phone[person],
    }


def police(world: World, rates: Rates, seed: int) -> Sheet:
    """The register, sorted by household; some people stand in it twice."""
    rng = luck(seed, "police")
    person = np.flatnonzero(world.registered)
    same = person[rng.random(len(person)) < rates["double_same_number"][0]]
    own_two = person[np.not_equal(world.second_number[person], None)]
    two = own_two[rng.random(len(own_two)) < rates["double_two_numbers"][0]]
    extra = np.concatenate([same, two])
    everyone = np.concatenate([person, extra])
    copy = np.arange(len(everyone)) >= len(person)
    household = world.household[everyone].copy()
    household[copy] = household[rng.integers(0, len(person), copy.sum())]
    order = np.lexsort((rng.random(len(everyone)), household))
    second = (np.arange(len(everyone)) >= len(person) + len(same))[order]
    everyone, copy, household = everyone[order], copy[order], household[order]
    fields = basics(world, everyone, seed, "police")
    fields["number"] = np.where(second, world.second_number[everyone], world.number[everyone])
    remembered = rng.random(len(everyone)) < 0.7
    fields["former_name"] = np.where(remembered, world.former[everyone], None)
    home = np.where(copy, world.old_home[everyone], world.household_home[everyone])
    fields["address"] = addresses(world, home, seed, "police")
    scramble = luck(seed, "household numbers").permutation(int(world.household.max()) + 1)
    fields["household"] = (430200_00000000 + scramble[household]).astype(str).astype(object)
    fields["relation"] = np.where(
        copy & (rng.random(len(copy)) < 0.5), "户主", world.relation[everyone]
    )
    sheet = Sheet("police", everyone, fields)
    sheet.mark(np.flatnonzero(copy & ~second), "double_same_number")
    sheet.mark(np.flatnonzero(second), "double_two_numbers")
    return sheet


def hospital(world: World, seed: int) -> Sheet:
    """Admissions of three years; most people none, some very many; sorted by day."""
    rng = luck(seed, "hospital")
    size = len(world)
    ill = np.interp(
        world.age, [0, 1.5, 6, 20, 40, 60, 75, 90], [1.0, 0.75, 0.37, 0.15, 0.195, 0.39, 0.66, 0.74]
    )
    chronic = rng.random(size) < np.interp(world.age, [0, 40, 60, 80], [0.01, 0.03, 0.09, 0.16])
    visits = rng.geometric(0.68, size) * (rng.random(size) < ill)
    visits += chronic * rng.geometric(0.235, size)
    visits = np.minimum(visits, 40)
    person = np.repeat(np.arange(size), visits)
    since = np.minimum(3 * YEAR, TODAY - world.birth[person])
    day = TODAY - (rng.random(len(person)) * (since + 1)).astype(np.int64)
    first = np.ones(len(person), dtype=bool)
    first[1:] = person[1:] != person[:-1]
    birth_stay = first & (world.birth[person] > TODAY - 3 * YEAR) & (rng.random(len(person)) < 0.75)
    day[birth_stay] = world.birth[person[birth_stay]]
    order = np.argsort(day, kind="stable")
    person, day = person[order], day[order]
    fields = basics(world, person, seed, "hospital")
    home = np.where(rng.random(len(person)) < 0.8, world.home[person], world.household_home[person])
    fields["address"] = addresses(world, home, seed, "hospital")
    contact = np.where(rng.random(len(person)) < 0.86, world.contact[person], -1)
    at = np.maximum(contact, 0)
    fields["contact_name"] = np.where(contact >= 0, world.name[at], None)
    fields["contact_relation"] = np.where(contact >= 0, world.contact_relation[person], None)
    fields["contact_phone"] = np.where(
        (contact >= 0) & (rng.random(len(person)) < 0.9), world.phone[at], None
    )
    guardian = np.where(rng.random(len(person)) < 0.8, world.guardian[person], -1)
    at = np.maximum(guardian, 0)
    fields["guardian_name"] = np.where(guardian >= 0, world.name[at], None)
    fields["guardian_number"] = np.where(
        (guardian >= 0) & (rng.random(len(person)) < 0.7), world.number[at], None
    )
    fields["day"] = dates(day)
    return Sheet("hospital", person, fields)


def insurance(world: World, seed: int) -> Sheet:
    """The insured, sorted by the village that collects the premium."""
    rng = luck(seed, "insurance")
    chance = np.interp(
        world.age, [0, 0.5, 3, 18, 24, 60, 90], [0.35, 0.6, 0.88, 0.91, 0.69, 0.81, 0.82]
    )
    person = np.flatnonzero(rng.random(len(world)) < chance)
    where = world.household_home[person]
    order = np.lexsort((rng.random(len(person)), world.town.village[where].astype(str)))
    person, where = person[order], where[order]
    fields = basics(world, person, seed, "insurance")
    working = (world.age[person] > 22) & (world.age[person] < 60) & (rng.random(len(person)) < 0.2)
    fields["address"] = np.where(
        working, pick(rng, EMPLOYERS, len(person)), village_of(world.town, where)
    )
    return Sheet("insurance", person, fields)


def property_(world: World, seed: int) -> Sheet:
    """Owners of flats and houses; some own two, some live elsewhere."""
    rng = luck(seed, "property")
    chance = np.interp(world.age, [5, 20, 28, 40, 65, 85], [0.003, 0.03, 0.27, 0.38, 0.31, 0.14])
    homes = (rng.random(len(world)) < chance).astype(np.int64)
    homes += homes * (rng.random(len(world)) < 0.13) + homes * (rng.random(len(world)) < 0.02)
    person = rng.permutation(np.repeat(np.arange(len(world)), homes))
    fields = basics(world, person, seed, "property")
    del fields["sex"], fields["birth"]
    coin = rng.random(len(person))
    place = np.where(coin < 0.74, world.home[person], world.household_home[person])
    place = np.where(coin > 0.91, rng.integers(0, len(world.town.group), len(person)), place)
    fields["address"] = addresses(world, place, seed, "property")
    shared = (world.spouse[person] >= 0) & (rng.random(len(person)) < 0.45)
    fields["co_owner"] = np.where(shared, world.name[np.maximum(world.spouse[person], 0)], None)
    return Sheet("property", person, fields)


def assistance(world: World, seed: int) -> Sheet:
    """Whole poor households, under the name of a head."""
    rng = luck(seed, "assistance")
    poor = rng.random(int(world.household.max()) + 1) < 0.027
    member = poor[world.household] & (
        rng.random(len(world)) < np.interp(world.age, [0, 60, 61], [0.9, 0.9, 1])
    )
    single = rng.random(len(world)) < np.interp(world.age, [60, 90], [0.002, 0.02])
    person = np.flatnonzero(member | single)
    order = np.lexsort((rng.random(len(person)), world.household[person]))
    person = person[order]
    fields = basics(world, person, seed, "assistance")
    fields["address"] = addresses(world, world.household_home[person], seed, "assistance")
    head = world.head[person]
    fields["head_name"] = np.where(head >= 0, world.name[np.maximum(head, 0)], world.name[person])
    return Sheet("assistance", person, fields)
