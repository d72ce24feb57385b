"""Into which groups people and orders fall, and what the groups are called."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

UNKNOWN = "unknown"
COUNTY_CODE_LENGTH = 6
LAST_SUBDISTRICT = 99

GROUPINGS = {
    "sex": "性别",
    "age": "年龄",
    "area": "城乡",
    "township": "乡镇",
    "number": "证件号码",
}
TITLES = {
    "sex": {"female": "女", "male": "男"},
    "age": {
        "000-017": "0至17岁",
        "018-059": "18至59岁",
        "060-074": "60至74岁",
        "075+": "75岁及以上",
    },
    "area": {"urban": "街道", "rural": "乡镇", "county": "县级处理"},
    "number": {"has": "有可用号码", "missing": "没有可用号码"},
}
_UNKNOWN_WORD = "不详"


def title(grouping: str, group: str, townships: Mapping[str, str]) -> str:
    """The words for one group."""
    if group == UNKNOWN:
        return _UNKNOWN_WORD
    if grouping == "township":
        by_county = len(group) == COUNTY_CODE_LENGTH
        return townships.get(group) or ("县级处理" if by_county else group)
    return TITLES.get(grouping, {}).get(group, group)


def area_of(township: str) -> str:
    """Urban are codes 001 to 099: sub-districts (街道), after GB/T 10114.

    A work order that the county keeps to itself bears the county's own six digits.
    """
    if township == UNKNOWN:
        return UNKNOWN
    if len(township) == COUNTY_CODE_LENGTH:
        return "county"
    return "urban" if 1 <= int(township[-3:]) <= LAST_SUBDISTRICT else "rural"


def with_person_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the columns sex, age and number as group keys; what is not known is a group of its own."""
    age, has = pl.col("age"), pl.col("has_number")
    return rows.with_columns(
        sex=pl.when(pl.col("sex").is_in(["female", "male"])).then("sex").otherwise(pl.lit(UNKNOWN)),
        age=pl.when(age.is_null())
        .then(pl.lit(UNKNOWN))
        .when(age < 18)
        .then(pl.lit("000-017"))
        .when(age < 60)
        .then(pl.lit("018-059"))
        .when(age < 75)
        .then(pl.lit("060-074"))
        .otherwise(pl.lit("075+")),
        number=pl.when(has.is_null())
        .then(pl.lit(UNKNOWN))
        .when(has)
        .then(pl.lit("has"))
        .otherwise(pl.lit("missing")),
    )


def with_place_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """Add the columns township and area from `township_code`."""
    placed = rows.with_columns(township=pl.col("township_code").fill_null(UNKNOWN))
    areas = {code: area_of(code) for code in placed["township"].unique()}
    return placed.with_columns(
        area=pl.col("township").replace_strict(areas, return_dtype=pl.String)
    )
