"""The figures of the public benchmark are counted right, and its sets are prepared as specs."""

import polars as pl
import pytest

from benchmarks.matching.public import SETS, prepare_febrl4, prepare_historical_50k, scores
from flows.match.spec import read_spec

HEADER = "rec_id, given_name, surname, street_number, address_1, address_2, suburb, postcode, state, date_of_birth, soc_sec_id\n"


def rows(text, key):
    cells = [line.split() for line in text.strip().splitlines()]
    return pl.DataFrame(
        [(table, int(row), one) for table, row, one in cells],
        schema=["table", "row", key],
        orient="row",
    )


def test_precision_and_recall_are_over_pairs_of_rows():
    truth = rows("a 1 x\n a 2 x\n a 3 x\n b 1 y\n b 2 z", "person")
    links = rows("a 1 p1\n a 2 p1\n a 3 p3\n b 1 p3\n b 2 p5", "person_id")
    precision, recall, f1 = scores(truth, links)
    assert (precision, recall) == (1 / 2, 1 / 3)
    assert f1 == pytest.approx(0.4)


def test_febrl4_becomes_a_link_with_the_originals_as_the_register(tmp_path, monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    for name, kind in (("dataset4a.csv", "org"), ("dataset4b.csv", "dup-0")):
        row = f"rec-7-{kind}, jane, , 3, x place, , bath, 2119, sa, 19560409, 1804974\n"
        (tmp_path / name).write_text(HEADER + row, encoding="utf-8")
    prepare_febrl4(tmp_path, tmp_path / "out")
    spec = read_spec(tmp_path / "out" / "spec.toml")
    assert [(table.name, table.is_register) for table in spec.tables] == [
        ("original", True),
        ("copy", False),
    ]
    truth = pl.read_parquet(tmp_path / "out" / "truth.parquet")
    assert truth.rows() == [("original", 1, "7"), ("copy", 1, "7")]


def test_historical_50k_becomes_a_dedupe_that_does_not_see_the_truth(tmp_path):
    columns = "unique_id cluster full_name first_name surname dob birth_place postcode_fake gender occupation"
    pl.DataFrame({name: ["x"] for name in columns.split()}).write_parquet(
        tmp_path / "historical_figures_with_errors_50k.parquet"
    )
    prepare_historical_50k(tmp_path, tmp_path / "out")
    (table,) = read_spec(tmp_path / "out" / "spec.toml").tables
    assert "cluster" not in pl.read_csv(table.path).columns
    assert set(SETS) == {"febrl3", "febrl4", "historical_50k"}
