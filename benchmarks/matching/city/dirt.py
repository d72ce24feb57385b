"""Soils a sheet: every kind draws for itself, one kind at most per slot of a row."""

from __future__ import annotations

import numpy as np

from benchmarks.matching.city import (
    slips_name,
    slips_number,
    slips_other,
    slips_person,
    slips_writing,
)
from benchmarks.matching.city.luck import luck
from benchmarks.matching.city.rates import TABLES, Rates
from benchmarks.matching.city.sheet import Sheet
from benchmarks.matching.city.slips_number import Slip
from benchmarks.matching.city.world import World

SLOTS: tuple[tuple[str, dict[str, Slip]], ...] = (
    ("name number", slips_person.NEWBORNS),
    ("number", slips_number.SLIPS),
    ("number writing", slips_writing.WRITINGS),
    ("name", slips_person.SLIPS | slips_name.SLIPS),
    ("name writing", slips_name.WRITINGS),
    ("birth", slips_other.BIRTH),
    ("sex", slips_other.SEX),
    ("phone", slips_other.PHONE),
    ("phone writing", slips_other.PHONE_WRITING),
    ("address", slips_other.ADDRESS),
    ("columns", slips_person.LAST),
)
REPEATED = 0.3  # share of later admissions that copy the patient's earlier entry, slips and all


def soil(sheet: Sheet, world: World, rates: Rates, seed: int) -> None:
    """Every slip at its rate, times the sloppiness of the row."""
    table = TABLES.index(sheet.table)
    size = len(sheet)
    sloppy = luck(seed, sheet.table, "sloppiness").gamma(3, 1 / 3, size)
    sloppy *= world.fragile[sheet.person]
    taken: dict[str, np.ndarray] = {}
    for slot, slips in SLOTS:
        parts = slot.split() if slot == "name number" else [slot]
        for kind, slip in slips.items():
            rate = rates[kind][table]
            column = kind.split("_")[0]
            if rate == 0 or (column in ("birth", "sex") and column not in sheet.fields):
                continue
            rng = luck(seed, sheet.table, kind)
            hit = rng.random(size) < rate * sloppy
            for part in parts:
                hit &= ~taken.setdefault(part, np.zeros(size, dtype=bool))
            rows = np.flatnonzero(hit)
            if not len(rows):
                continue
            done = rows[slip(sheet, rows, world, rng)]
            sheet.mark(done, kind)
            for part in parts:
                taken[part][done] = True
    if sheet.table == "hospital":
        _repeat(sheet, seed)


def _repeat(sheet: Sheet, seed: int) -> None:
    """Later admissions that took over the identity fields of the entry before."""
    order = np.argsort(sheet.person, kind="stable")
    person = sheet.person[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = person[1:] != person[:-1]
    fresh = first | (luck(seed, "repeats").random(len(order)) >= REPEATED)
    source = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    rows, origin = order[~fresh], order[source[~fresh]]
    for name, column in sheet.fields.items():
        if name != "day":
            column[rows] = column[origin]
    sheet.tags[rows] = sheet.tags[origin]
