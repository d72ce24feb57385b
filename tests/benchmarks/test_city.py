"""The city that matchers are measured on: its truth is true, its dirt can be turned."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.matching import truth
from benchmarks.matching.city import make, rates, write
from benchmarks.matching.city.lunar import lunar_date

PEOPLE = 12_000
CITY_FOLDER = Path(truth.__file__).parent / "city"
NUMBER = {table: heads["number"] for table, heads in write.HEADERS.items()}


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> tuple[Path, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("city")
    return folder, make.make(folder, PEOPLE, seed=3)


def rows_of(folder: Path, table: str) -> pl.DataFrame:
    return pl.read_csv(folder / f"{table}.csv", infer_schema=False)


def plain(number: str | None) -> str:
    """What a reader without any cunning makes of a number cell."""
    text = (number or "").translate(str.maketrans("０１２３４５６７８９Ｘ", "0123456789X"))
    text = re.sub("[\\s'`’]", "", text).upper()
    return f"{text[:6]}19{text[6:]}" if re.fullmatch(r"\d{15}", text) else text


def test_the_city_knows_no_matcher():
    for file in CITY_FOLDER.glob("*.py"):
        imports = re.findall(r"^(?:from|import) (\S+)", file.read_text("utf-8"), re.MULTILINE)
        assert not [name for name in imports if name.split(".")[0] in ("matchers", "flows")]


def test_every_row_has_one_line_of_truth(city):
    folder, told = city
    for table in rates.TABLES:
        assert told.filter(pl.col("table") == table)["row"].to_list() == list(
            range(1, rows_of(folder, table).height + 1)
        )


def test_a_row_is_hard_exactly_when_its_number_is_not_the_persons(city):
    folder, told = city
    cells = pl.concat(
        [
            rows_of(folder, table)
            .select(number=pl.col(NUMBER[table]).map_elements(plain, pl.String, skip_nulls=False))
            .with_row_index("row", 1)
            .with_columns(pl.col("row").cast(pl.Int64), table=pl.lit(table))
            for table in rates.TABLES
        ]
    ).join(told, on=["table", "row"])
    key = pl.col("number").str.slice(0, 17)  # a first-generation number has no check digit
    own = cells.filter((pl.col("table") == "police") & ~pl.col("hard"))
    own = own.select("person", key.alias("key")).unique()
    registered = cells.join(own.select("person").unique(), on="person", how="semi")
    fits = registered.with_columns(key.alias("key")).join(own, on=["person", "key"], how="semi")
    wrong_tag = fits.filter("hard").filter(~pl.col("dirt").list.contains("number_one_digit"))
    # A slip in the check digit alone leaves the first seventeen as they were.
    assert wrong_tag.filter(pl.col("number").str.len_chars() == 18).height <= 3
    easy = registered.filter(~pl.col("hard"))
    two = pl.col("dirt").list.contains("double_two_numbers")
    missed = easy.height - fits.filter(~pl.col("hard")).height
    assert missed <= 3 * told.filter(two).height + 3


def test_the_shares_are_those_of_the_city_it_imitates(city):
    _, told = city
    sizes = told["table"].value_counts().rows_by_key("table", unique=True)
    per_person = {table: count / PEOPLE for table, (count,) in sizes.items()}
    assert per_person == pytest.approx(
        {
            "police": 0.97,
            "hospital": 0.71,
            "insurance": 0.79,
            "property": 0.28,
            "assistance": 0.029,
        },
        rel=0.15,
    )
    assert told["hard"].mean() == pytest.approx(0.04, abs=0.006)
    hard = truth.group("hard", truth.judged(told, singles(told)).filter("hard")).pairs.true
    every = truth.group("all", truth.judged(told, singles(told))).pairs.true
    assert hard / every == pytest.approx(0.11, abs=0.02)


def test_the_same_seed_makes_the_same_city(city, tmp_path):
    folder, _ = city
    make.make(tmp_path, PEOPLE, seed=3)
    for file in (*(f"{table}.csv" for table in rates.TABLES), "truth.parquet", "spec.toml"):
        assert (tmp_path / file).read_bytes() == (folder / file).read_bytes()


def test_a_kind_switched_off_leaves_nearly_all_else_in_place(city, tmp_path):
    folder, told = city
    less = make.make(tmp_path, PEOPLE, seed=3, rates=rates.without(rates.RATES, "number_missing"))
    missing = told["dirt"].list.contains("number_missing")
    assert not less["dirt"].list.contains("number_missing").any()
    same = (told.filter(~missing)["dirt"] == less.filter(~missing)["dirt"]).sum()
    assert same > 0.999 * told.filter(~missing).height
    before, after = rows_of(folder, "insurance"), rows_of(tmp_path, "insurance")
    assert before.drop(NUMBER["insurance"]).equals(after.drop(NUMBER["insurance"]))


def test_a_kind_can_be_exchanged_for_another():
    changed = rates.swapped(rates.RATES, "name_same_sound", "name_similar_shape")
    assert set(changed["name_same_sound"]) == {0.0}
    hospital = rates.TABLES.index("hospital")
    assert changed["name_similar_shape"][hospital] == pytest.approx(
        rates.RATES["name_same_sound"][hospital] + rates.RATES["name_similar_shape"][hospital]
    )
    with pytest.raises(ValueError, match="no dirt is called"):
        rates.without(rates.RATES, "typo")


def test_every_kind_happens(tmp_path):
    told = make.make(tmp_path, 30_000, seed=4, rates=rates.scaled(rates.RATES, 3))
    assert set(told["dirt"].explode().drop_nulls()) == set(rates.KINDS)


def test_the_spec_names_columns_that_exist(city):
    folder, _ = city
    spec = tomllib.loads((folder / "spec.toml").read_text("utf-8"))
    assert [table["role"] for table in spec["table"]] == ["register"] + ["records"] * 4
    for table in spec["table"]:
        header = rows_of(folder, table["name"]).columns
        assert set(table["columns"].values()) <= set(header)


@pytest.mark.parametrize(
    ("civil", "farmers"),
    [
        ("2024-02-10", "2024-01-01"),
        ("2023-03-22", "2023-02-01"),  # the repeated second month
        ("2023-01-21", "2022-12-30"),
        ("1949-10-01", "1949-08-10"),
        ("1900-01-01", None),
    ],
)
def test_lunar_dates(civil, farmers):
    assert lunar_date(civil) == farmers


def singles(told: pl.DataFrame) -> pl.DataFrame:
    return told.select("table", "row", person_id=pl.lit("x")).clear()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["police", "hospital"]),
            st.integers(0, 3),
            st.booleans(),
            st.one_of(st.none(), st.sampled_from(["a", "b", "c"])),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_counting_pairs_is_listing_pairs(drawn):
    told = pl.DataFrame(
        {
            "table": [table for table, *_ in drawn],
            "row": list(range(1, len(drawn) + 1)),
            "person": [person for _, person, *_ in drawn],
            "hard": [hard for *_, hard, _ in drawn],
            "dirt": [["number_missing"] if hard else [] for *_, hard, _ in drawn],
        },
        schema_overrides={"dirt": pl.List(pl.String)},
    )
    links = told.select(
        "table", "row", person_id=pl.Series([c for *_, c in drawn], dtype=pl.String)
    )
    links = links.filter(pl.col("person_id").is_not_null())
    judged = truth.judged(told, links)
    pairs = list(combinations(drawn, 2))
    for slice_, wanted in (
        (judged, pairs),
        (judged.filter("hard"), [p for p in pairs if p[0][2] or p[1][2]]),
    ):
        counted = truth.group("", slice_).pairs
        true = [a[1] == b[1] for a, b in wanted]
        found = [a[3] is not None and a[3] == b[3] for a, b in wanted]
        both = [t and f for t, f in zip(true, found, strict=True)]
        assert (counted.true, counted.found, counted.both) == (sum(true), sum(found), sum(both))


def test_a_hard_row_is_right_or_wrong_by_the_register_rows_beside_it():
    #          table       person hard   cluster
    drawn = [("police",    1,     False, "a"),
             ("police",    2,     False, "b"),
             ("hospital",  1,     True,  "a"),   # right
             ("hospital",  1,     True,  "b"),   # wrong
             ("hospital",  1,     True,  "c"),   # attached to nobody
             ("hospital",  9,     True,  "b")]  # not in the register, and wrong  # fmt: skip
    told = pl.DataFrame(drawn, schema=["table", "person", "hard", "person_id"], orient="row")
    told = told.with_row_index("row", 1).with_columns(
        pl.col("row").cast(pl.Int64), dirt=pl.Series([[]] * 6, dtype=pl.List(pl.String))
    )
    hard = truth.group("", truth.judged(told.drop("person_id"), told).filter("hard"))
    assert (hard.right, hard.attachable, hard.wrong, hard.outside) == (1, 3, 2, 4)
