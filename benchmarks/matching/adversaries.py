"""The same command on cities that are dirtier, or dirty in another way, or simply other cities.

    python -m benchmarks.matching.adversaries FOLDER [--people 100000] [--only NAME]

FOLDER takes a city each. Nothing is tuned: every city meets `doorstep match` with no setting.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from benchmarks.matching.measured import HEADS, city, doorstep, figures, scored

CITIES: Mapping[str, tuple[str, ...]] = {
    "as it is, seed 1": (),
    "seed 2": ("--seed", "2"),
    "seed 3": ("--seed", "3"),
    "all dirt doubled": ("--dirt", "2"),
    "all dirt tripled": ("--dirt", "3"),
    "all dirt tripled, seed 2": ("--dirt", "3", "--seed", "2"),
} | {
    f"{kind} > {instead.removeprefix('number_')}": ("--swap", f"{kind}={instead}")
    for kind, instead in (
        ("number_relative", "number_row_above"),
        ("number_guardian", "number_row_above"),
        ("number_missing", "number_masked"),
        ("number_missing", "number_one_digit"),
        ("number_missing", "number_relative"),
        ("newborn_note", "newborn_mother"),
        ("name_same_sound", "name_similar_shape"),
        ("name_similar_shape", "name_near_sound"),
        ("name_spaces", "name_contact"),
        ("name_variant_surname", "name_turned"),
        ("birth_1_january", "birth_lunar"),
        ("birth_missing", "birth_one_digit"),
        ("phone_old", "phone_relative"),
        ("address_abbreviated", "address_elsewhere"),
    )
}


def main() -> None:
    """One line a city."""
    ask = argparse.ArgumentParser(prog="benchmarks.matching.adversaries")
    ask.add_argument("folder", type=Path)
    ask.add_argument("--people", type=int, default=100_000)
    ask.add_argument("--only", action="append", default=[], choices=CITIES)
    told = ask.parse_args()
    print(f"{HEADS}{'HARD rows':>11}{'CPU s':>8}")
    for name in told.only or CITIES:
        folder = told.folder / name.replace(" ", "_").replace(",", "").replace(">", "to")
        city(folder, told.people, *CITIES[name])
        used, links = doorstep(folder)
        result = scored(folder, links)
        share = result.hard.rows / result.overall.rows
        print(f"{figures(name, result)}{share:>11.4f}{used.cpu:>8.1f}", flush=True)


if __name__ == "__main__":
    main()
