"""The many ways in which one address is written down."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from flows.synth.draws import Bools, Floats, Ints
from flows.synth.places import Places
from flows.synth.residence import OUTSIDE
from flows.synth.shelf import table

TIDY = (0.6, 0.3, 0.1, 0.0, 0.0, 0.0, 0.0)
USUAL = (0.1, 0.25, 0.3, 0.18, 0.02, 0.1, 0.05)
"""How often each way of writing occurs where clerks choose from a list, and where they type."""
_HOUSELESS = (3, 4, 5)


def written(
    places: Places,
    village: Ints,
    house: Ints,
    outside: Ints,
    luck: Floats,
    style: tuple[float, ...],
) -> np.ndarray:
    """Addresses as written: village -1 is the outside place of `outside`, `luck` picks the way."""
    way = np.minimum(np.searchsorted(np.cumsum(style), luck, side="right"), len(style) - 1)
    inside = village != OUTSIDE
    spot = np.where(inside, village, 0)
    text = _village_texts(places)[way, spot]
    text = text + np.where(np.isin(way, _HOUSELESS), "", _house(house, places.urban[spot]))
    away = table("outside_places")["address"].to_numpy().astype(object)[outside]
    return np.where(inside, text, away + _house(house, np.ones(len(house), dtype=bool)))


def place_codes(places: Places, village: Ints, outside: Ints) -> np.ndarray:
    """Twelve digits inside the county, the six of the other county outside."""
    codes = places.villages["code"].to_numpy()
    abroad = table("outside_places")["code"].to_numpy()[outside]
    return np.where(village == OUTSIDE, abroad, codes[np.maximum(village, 0)])


def _house(house: Ints, urban: Bools) -> np.ndarray:
    country = (house.astype(str).astype(object)) + "号"
    block, stair, room = house % 28 + 1, house % 4 + 1, (house % 6 + 1) * 100 + house % 3 + 1
    town = _joined(block, "号楼", stair, "单元", room, "室")
    return np.where(urban, town, country)


def _joined(*parts: Ints | str) -> np.ndarray:
    whole: np.ndarray | str = ""
    for part in parts:
        whole = whole + (part if isinstance(part, str) else part.astype(str).astype(object))
    return np.asarray(whole)


def _village_texts(places: Places) -> np.ndarray:
    """Every village in every way of writing: ways down, villages across."""
    columns = [_ways(row) for row in places.villages.iter_rows(named=True)]
    return np.array(columns, dtype=object).T


def _ways(row: dict[str, Any]) -> list[str]:
    province, county, town, short = (
        row[key] for key in ("province", "county", "township", "short_name")
    )
    city = row["city"] if row["city"] not in {"市辖区", "县", province} else ""
    office = "居委会" if row["urban"] else "委会"
    bare = short.removesuffix("村") if len(short) > 2 else short
    return [
        f"{province}{city}{county}{town}{short}",
        f"{province}{county}{town}{short}",
        f"{county}{town}{short}",
        f"{town}{bare}",
        row["name"],
        f"{county}{town.removesuffix('镇').removesuffix('街道').removesuffix('乡')}{short}",
        f"{town}{short}{office}",
    ]


def texts(values: np.ndarray) -> pl.Series:
    """A text column."""
    return pl.Series(values.astype(str), dtype=pl.String)
