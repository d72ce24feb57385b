"""What goes wrong with names because of people: somebody else's name, an earlier one, newborns."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city.luck import Bools, Ints, texts
from benchmarks.matching.city.sheet import Sheet
from benchmarks.matching.city.slips_number import Slip
from benchmarks.matching.city.world import World


def former(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The name of before."""
    before = world.former[sheet.person[rows]]
    able = np.not_equal(before, None).astype(bool)
    sheet.fields["name"][rows[able]] = before[able]
    return able


def contacts(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """The name of the contact, parent or head in place of the own."""
    person = sheet.person[rows]
    whose = np.where(rng.random(len(rows)) < 0.8, world.contact[person], world.head[person])
    able = (whose >= 0) & (whose != person)
    sheet.fields["name"][rows[able]] = world.name[whose[able]]
    return able


def columns_swapped(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """Name in the number's column and number in the name's."""
    name, number = sheet.fields["name"][rows], sheet.fields["number"][rows]
    sheet.fields["name"][rows], sheet.fields["number"][rows] = number, name
    return np.ones(len(rows), dtype=bool)


def _newborns(sheet: Sheet, rows: Ints, world: World, years: float) -> Bools:
    person = sheet.person[rows]
    young = (world.age[person] < years) & (world.mother[person] >= 0)
    if "day" in sheet.fields:
        day = sheet.fields["day"][rows].astype("datetime64[D]").astype(np.int64)
        young = (day - world.birth[person] < 45) & (world.mother[person] >= 0)
    return young


def newborn_mother(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """A newborn under the mother's name, mostly with her number too."""
    young = _newborns(sheet, rows, world, 0.3)
    at = rows[young]
    mother = world.mother[sheet.person[at]]
    sheet.fields["name"][at] = world.name[mother]
    hers = np.where(rng.random(len(at)) < 0.65, world.number[mother], None)
    sheet.fields["number"][at] = hers
    return young


def newborn_note(sheet: Sheet, rows: Ints, world: World, rng: np.random.Generator) -> Bools:
    """张三之子, 张三之女1, 张婴, without a number."""
    young = _newborns(sheet, rows, world, 1.0)
    at = rows[young]
    person = sheet.person[at]
    from_father = (rng.random(len(at)) < 0.25) & (world.father[person] >= 0)
    parent = np.where(from_father, world.father[person], world.mother[person])
    words = []
    for name, surname, male, style in zip(
        world.name[parent],
        world.surname[person],
        world.male[person],
        rng.random(len(at)),
        strict=True,
    ):
        kind = "子" if male else "女"
        forms = (
            f"{name}之{kind}",
            f"{name}之婴",
            f"{surname}婴",
            f"{name}毛毛",
            f"{name}之{kind}1",
            f"{name}B",
        )
        words.append(forms[int(np.searchsorted((0.6, 0.75, 0.85, 0.91, 0.96), style))])
    sheet.fields["name"][at] = texts(words)
    sheet.fields["number"][at] = None
    return young


NEWBORNS: dict[str, Slip] = {"newborn_note": newborn_note, "newborn_mother": newborn_mother}
SLIPS: dict[str, Slip] = {"name_contact": contacts, "name_former": former}
LAST: dict[str, Slip] = {"columns_swapped": columns_swapped}
