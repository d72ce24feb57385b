"""Homes on the map: villages with groups and house numbers, town estates with rooms."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from benchmarks.matching.city.luck import Ints, Texts, luck, words
from benchmarks.matching.city.tables import REFERENCE

PREFECTURE = "4302"
ESTATE_FRONT = words(
    "阳光 金色 湘江 天元 滨江 锦绣 御景 翡翠 东方 华盛 中央 碧桂 保利 银天 家和 美的 山水 龙泉 东湖 神农"
)
ESTATE_BACK = words("花园 小区 家园 名邸 华府 新城 一品 公馆 雅苑 城邦 嘉园 首府 安置区 大院 佳苑")
ROADS = words(
    "建设 人民 解放 芦淞 新华 长江 黄河 天台 泰山 炎帝 神农 红旗 合泰 文化 车站 株董 渌江 攸州"
)


@dataclass
class Places:
    """Columns per home; `home` of the people points into them."""

    county: Texts
    town: Texts
    village: Texts  # short, 横田村
    official: Texts  # 横田村村民委员会
    code: Ints
    urban: np.ndarray
    group: Ints
    house: Ints
    road: Texts
    estate: Texts
    building: Ints
    unit: Ints
    room: Ints


def lay_out(clan: Ints, moved: np.ndarray, seed: int) -> Places:
    """One address per home: the clan's village, or for the moved a town flat or elsewhere."""
    rng = luck(seed, "places")
    table = _villages()
    size = len(clan)
    town_rows = np.flatnonzero(table["urban"].to_numpy())
    clan_village = rng.integers(0, table.height, int(clan.max()) + 1)
    village = clan_village[clan]
    leaves = moved & (rng.random(size) < 0.5)
    somewhere = np.where(
        rng.random(size) < 0.75,
        town_rows[rng.integers(0, len(town_rows), size)],
        rng.integers(0, table.height, size),
    )
    village = np.where(leaves, somewhere, village)
    urban = table["urban"].to_numpy()[village] & (rng.random(size) < 0.85)
    estates = luck(seed, "estates").integers(0, 1 << 30, (table.height, 5))
    estate = estates[village, rng.integers(0, 5, size)]
    names = np.char.add(
        np.asarray(ESTATE_FRONT)[estate % len(ESTATE_FRONT)],
        np.asarray(ESTATE_BACK)[estate // 64 % len(ESTATE_BACK)],
    )
    roads = np.asarray(ROADS)[estate // 4096 % len(ROADS)]
    floor = rng.integers(1, 19, size)
    return Places(
        county=table["county"].to_numpy()[village],
        town=table["town"].to_numpy()[village],
        village=table["short_name"].to_numpy()[village],
        official=table["official"].to_numpy()[village],
        code=table["code"].to_numpy()[village],
        urban=urban,
        group=rng.integers(1, 22, size),
        house=np.where(urban, estate // 1024 % 380 + 1, rng.integers(1, 240, size)),
        road=roads.astype(object),
        estate=names.astype(object),
        building=rng.integers(1, 31, size),
        unit=rng.integers(1, 5, size),
        room=floor * 100 + rng.integers(1, 5, size),
    )


def _villages() -> pl.DataFrame:
    """Villages of the city with the names of township and county."""
    text = {"code": pl.String, "parent_code": pl.String}
    divisions = pl.read_csv(REFERENCE / "divisions.csv", schema_overrides=text)
    villages = pl.read_csv(
        REFERENCE / "villages.csv",
        schema_overrides={"code": pl.String, "township_code": pl.String, "county_code": pl.String},
    ).filter(pl.col("county_code").str.starts_with(PREFECTURE))
    names = divisions.select("code", "name")
    out = (
        villages.rename({"code": "village_code"})
        .join(names.rename({"name": "town"}), left_on="township_code", right_on="code")
        .join(names.rename({"name": "county"}), left_on="county_code", right_on="code")
        .sort("village_code")
        .with_columns(urban=pl.col("village_code").str.slice(9, 1) == "0", official=pl.col("name"))
        .with_columns(code=pl.col("county_code").cast(pl.Int64))
    )
    return out.with_columns(
        pl.col("town", "county", "short_name", "official").map_elements(str, return_dtype=pl.Object)
    )
