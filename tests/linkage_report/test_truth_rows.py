"""The truth of a synthetic HOME, joined to the records that are known now."""

from types import SimpleNamespace

import polars as pl

from flows.linkage_report.truth_rows import truth_rows
from tests.linkage_report.linkage_tables import an_engine

TRUTH = {
    "source": ["register", "register"],
    "file_name": ["a.csv", "b.csv"],
    "row": [3, 3],
    "truth_person": [9, 8],
}


def test_a_row_is_found_by_delivery_and_place(tmp_path):
    home = SimpleNamespace(root=tmp_path)
    (tmp_path / "truth").mkdir()
    pl.DataFrame(TRUTH).write_parquet(tmp_path / "truth" / "rows.parquet")
    with an_engine() as engine:
        engine.register("link_rows", pl.DataFrame({"record_key": ["k"], "rid": [2 * 10**10 + 3]}))
        engine.register(
            "delivery",
            pl.DataFrame({"arrival": [2], "source": ["register"], "file_name": ["a.csv"]}),
        )
        found = truth_rows(engine, home)
        assert engine.rows(f"FROM {found.get_name()}") == [{"record_key": "k", "truth_person": 9}]


def test_a_real_county_has_no_truth(tmp_path):
    with an_engine() as engine:
        assert truth_rows(engine, SimpleNamespace(root=tmp_path)) is None
