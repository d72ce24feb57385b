"""The townships and villages of one real county, with how many people live where."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from flows import reference
from flows.errors import UsageError
from flows.synth.draws import Bools, Floats, Ints, generator, pick

_URBAN_WEIGHT = 2.5
_FIRST_VILLAGE, _FIRST_VIRTUAL = 200, 400
"""Last three digits: communities below 200, villages below 400, then offices without residents."""


@dataclass(frozen=True, kw_only=True)
class Places:
    """A county's villages in code order; a village is named by its position in this list."""

    villages: pl.DataFrame
    weights: Floats
    urban: Bools
    story: int

    @property
    def county_code(self) -> str:
        """The county's six digits."""
        return str(self.villages["county_code"][0])

    def draw(self, rng: np.random.Generator, size: int, urban: bool | None = None) -> Ints:
        """Villages drawn by their population, of one kind only if asked and if there is one."""
        fit = self.urban == urban
        weights = self.weights * fit if urban is not None and fit.any() else self.weights
        return pick(rng, weights, size)


def places_of(county: str, story_village: str, seed: int) -> Places:
    """The places of a county; villages differ in size as villages do."""
    villages = _villages(county)
    if villages.is_empty():
        known = "、".join(sorted({row["county_code"] for row in reference.rows("villages")}))
        raise UsageError(f"合成县没有区划 {county} 的村庄表;可用的县:{known}")
    found = villages["code"].to_list()
    if story_village not in found:
        raise UsageError(f"{county} 没有代码为 {story_village} 的村(社区);请另选一个村庄代码")
    urban = villages["urban"].to_numpy()
    size = generator(seed, "village sizes").lognormal(0, 0.5, len(found))
    return Places(
        villages=villages,
        weights=size * np.where(urban, _URBAN_WEIGHT, 1.0),
        urban=urban,
        story=found.index(story_village),
    )


def _villages(county: str) -> pl.DataFrame:
    """A county's villages with the names of everything above them."""
    rows = [row for row in reference.rows("villages") if row["county_code"] == county]
    if not rows:
        return pl.DataFrame()
    names = _division_names()
    last = pl.col("code").str.slice(9).cast(pl.Int64)
    return (
        pl.DataFrame(rows)
        .filter(last < _FIRST_VIRTUAL)
        .with_columns(
            urban=last < _FIRST_VILLAGE,
            township=pl.col("township_code").replace(names),
            county=pl.lit(names[county]),
            city=pl.lit(names[county[:4]]),
            province=pl.lit(names[county[:2]]),
        )
        .sort("code")
    )


@cache
def _division_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in reference.rows("divisions")}
