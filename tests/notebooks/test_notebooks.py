"""The notebooks beside the desk: what each asks the snapshot, and that each runs from end to end."""

from decimal import Decimal

import polars as pl
import pytest

from flows import files
from flows.desk.notebook_parts import in_words
from flows.desk.words import translator
from notebooks import policy, quality, what_if, yields

ALL = (quality, yields, what_if, policy)


@pytest.fixture(scope="module")
def snapshot(after_first_night):
    return after_first_night.snapshot


def asked(snapshot, sql):
    with files.duckdb_database(snapshot, read_only=True) as con:
        return con.execute(sql).fetchall()


@pytest.mark.parametrize("notebook", ALL, ids=lambda one: one.__name__)
def test_a_notebook_runs_on_a_published_night(notebook, snapshot, monkeypatch):
    monkeypatch.setenv("DOORSTEP_SNAPSHOT", str(snapshot))
    _, defined = notebook.app.run()
    assert "snapshot" in defined or "told" in defined


def test_a_table_is_headed_and_filled_in_the_language_of_the_reader():
    rows = pl.DataFrame({"title": ["教育支出较重", "王小明"], "code": ["E2", "E2"], "n": [1, 2]})
    titles = {"n": "今夜户数", "title": "预警"}
    chinese = in_words(rows, titles, translator("zh"))
    assert chinese.columns == ["今夜户数", "预警"]
    in_english = in_words(rows, titles, translator("en"))
    assert in_english.rows(named=True) == [
        {"Households tonight": 1, "Signal": "Heavy school costs"},
        {"Households tonight": 2, "Signal": "王小明"},
    ]


@pytest.mark.parametrize("notebook", ALL, ids=lambda one: one.__name__)
def test_before_the_first_night_there_is_nothing_to_show(notebook, monkeypatch, tmp_path):
    monkeypatch.setenv("DOORSTEP_SNAPSHOT", str(tmp_path / "none.duckdb"))
    assert notebook.published_snapshot() is None


def test_every_source_is_listed_and_adds_up(snapshot):
    found = quality.sources_of(snapshot)
    assert found.height == asked(snapshot, "SELECT count(*) FROM source_status")[0][0]
    assert found["adds_up"].all()
    assert len(quality.linkage_lines(snapshot)) == 10
    assert quality.drift_of(snapshot).columns == [*quality.DRIFT]


def test_a_hidden_count_stays_hidden_and_its_rate_a_dash():
    row = {
        "title": "东镇",
        "counts": dict.fromkeys(yields.STAGES, "≤7"),
        "rates": dict.fromkeys(yields.RATES),
    }
    (told,) = yields.funnel_table([row]).to_dicts()
    assert told["flagged"] == "≤7"
    assert told["confirmed_rate"] == "–"
    assert yields.share({"value": 0.5, "low": 0.3, "high": 0.7}) == "50.0% (30% – 70%)"


def test_the_threshold_itself_still_counts():
    measures = pl.DataFrame(
        {
            "household_id": ["H1", "H2", "H3"],
            "township": ["东镇", "东镇", "西乡"],
            "measure": [Decimal("100.00"), Decimal("99.99"), Decimal("100.01")],
        }
    )
    assert what_if.left_by(measures, Decimal(100)).rows() == [("东镇", 2, 1, 1), ("西乡", 1, 1, 0)]


def test_the_lowest_measure_as_a_threshold_leaves_what_was_found(snapshot):
    for signal in what_if.measured_signals(snapshot).values():
        measures = what_if.measures_of(snapshot, signal)
        assert what_if.left_by(measures, measures["measure"].min())["fewer"].sum() == 0


def test_a_household_more_than_the_capacity_needs_another_night():
    waiting = pl.DataFrame({"township": ["东镇", "西乡"], "waiting": [5, 6]})
    assert what_if.nights_needed(waiting, 5)["nights"].to_list() == [1, 2]


def test_every_shared_value_has_its_document(snapshot):
    found = policy.shared_values(snapshot)
    assert found["document"].str.len_chars().min() > 0
    assert policy.signals_tonight(snapshot)["households"].sum() > 0
    assert policy.parameters_of(snapshot).height > 0
