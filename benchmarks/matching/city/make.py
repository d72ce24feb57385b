"""A whole city in a folder."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from benchmarks.matching.city import departments, world, write
from benchmarks.matching.city.dirt import soil
from benchmarks.matching.city.luck import luck
from benchmarks.matching.city.rates import RATES, Rates

PEOPLE = 1_030_000


def make(folder: Path, people: int = PEOPLE, seed: int = 1, rates: Rates = RATES) -> pl.DataFrame:
    """Writes the five extracts, spec.toml and truth.parquet; returns the truth."""
    folder.mkdir(parents=True, exist_ok=True)
    city = world.build(people, seed)
    sheets = []
    for build in (
        lambda: departments.police(city, rates, seed),
        lambda: departments.hospital(city, seed),
        lambda: departments.insurance(city, seed),
        lambda: departments.property_(city, seed),
        lambda: departments.assistance(city, seed),
    ):
        sheet = build()
        soil(sheet, city, rates, seed)
        write.sheet_csv(sheet, folder)
        sheet.fields.clear()
        sheets.append(sheet)
    write.spec(folder)
    return write.truth(sheets, luck(seed, "alias").permutation(len(city)), folder)
