"""Citizen identity numbers after GB 11643: county, birth date, sequence, check character."""

from __future__ import annotations

import numpy as np
import polars as pl

from flows.synth.draws import Ints, counts_within, generator
from flows.synth.places import Places
from flows.synth.shelf import table

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = np.array(list("10X98765432"))
_HOME, _NEIGHBOUR, _ABOLISHED = 0.86, 0.08, 0.03


def numbered(people: pl.DataFrame, places: Places, seed: int) -> pl.DataFrame:
    """People with their 18-character number; no two share one."""
    rng = generator(seed, "identity numbers")
    native = people["group"].is_in(["family", "collective"]).to_numpy()
    prefix = _prefixes(rng, places.county_code, native)
    birth = people["birth"].to_numpy()
    male = people["male"].to_numpy()
    group = (prefix * 100_000 + birth + 40_000) * 2 + male
    ordinal = (birth * 37 + prefix + counts_within(group)) % 500
    sequence = ordinal * 2 + male
    return people.with_columns(
        id_number=_written(prefix * 10**11 + _as_digits(birth) * 1000 + sequence)
    )


def _prefixes(rng: np.random.Generator, county: str, native: np.ndarray) -> Ints:
    known = table("number_prefixes")
    codes = known["code"].cast(pl.Int64).to_numpy()
    near = codes[(known["code"].str.slice(0, 4) == county[:4]).to_numpy()]
    gone = codes[(known["state"] == "abolished").to_numpy()]
    edges = np.where(native, _HOME, 0.0)
    luck = rng.random(len(native))
    drawn = [group[rng.integers(0, len(group), len(native))] for group in (near, gone, codes)]
    own = np.full(len(native), int(county))
    return np.select(
        [luck < edges, luck < edges + _NEIGHBOUR, luck < edges + _NEIGHBOUR + _ABOLISHED],
        [own, drawn[0], drawn[1]],
        drawn[2],
    )


def _as_digits(days: Ints) -> Ints:
    """Day numbers as YYYYMMDD."""
    dates = days.astype("datetime64[D]")
    month = dates.astype("datetime64[M]")
    year = dates.astype("datetime64[Y]")
    return (
        (year.astype(np.int64) + 1970) * 10_000
        + ((month - year).astype(np.int64) + 1) * 100
        + (dates - month).astype(np.int64)
        + 1
    )


def _written(bodies: Ints) -> pl.Series:
    total = np.zeros(len(bodies), dtype=np.int64)
    for place, weight in enumerate(reversed(_WEIGHTS)):
        total += bodies // 10**place % 10 * weight
    check = pl.Series(_CHECK[total % 11].astype(str))
    return pl.Series(bodies).cast(pl.String) + check
