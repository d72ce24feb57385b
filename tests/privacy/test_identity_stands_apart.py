"""After nights, numbers, names and phones stand in `identities` and on work orders, and nowhere else."""

import openpyxl
import polars as pl
import pytest

from flows import files
from tests.privacy.looking import (
    bytes_as_text,
    duckdb_texts,
    hits,
    joined,
    people_of,
    sqlite_texts,
)


@pytest.fixture(scope="module")
def home(after_first_night):
    return after_first_night


@pytest.fixture(scope="module")
def people(home):
    found = people_of(home)
    assert len(found) > 1500, "the search must have something to look for"
    return found


def where(people, texts):
    """The places that hold a value of somebody; the values themselves are not shown."""
    return sorted(place for place, values in texts.items() if hits(people, values))


def test_the_search_finds_what_is_there(home, people):
    texts = duckdb_texts(home.work)
    found = {place for place in where(people, texts) if place.startswith("identities.")}
    assert {"identities.id_number", "identities.name", "identities.phone"} <= found
    assert hits({"13912345678"}, ["电话139-1234 5678。"]) == {"13912345678"}
    assert hits({"程砚秋"}, ["户主程砚秋之妻"]) == {"程砚秋"}


def test_no_other_table_of_the_working_database_holds_an_identity(home, people):
    found = where(people, duckdb_texts(home.work))
    assert [place for place in found if not place.startswith("identities.")] == []


def test_the_snapshot_holds_no_identity(home, people):
    assert where(people, duckdb_texts(home.snapshot)) == []
    assert hits(people, [bytes_as_text(home.snapshot)]) == set()


def test_the_ledger_holds_no_identity(home, people):
    assert where(people, sqlite_texts(home.ledger)) == []


def test_reports_and_run_files_hold_no_identity(home, people):
    paths = [
        path
        for folder in (home.outbox, home.state / "nights")
        for path in folder.rglob("*")
        if path.suffix in {".json", ".html"}
    ]
    assert {path.name for path in paths} == {
        "晨报.html",
        "成效.html",
        "yield.json",
        "linkage.html",
        "linkage.json",
        "report.json",
        "manifest.json",
        "inputs.json",
        "run.json",
    }
    texts = {str(path.relative_to(home.root)): [bytes_as_text(path)] for path in paths}
    assert where(people, texts) == []


def test_work_orders_show_only_the_end_of_a_number(home, people):
    numbers = {value for value in people if len(value) in {15, 18} and value[:14].isdigit()}
    for path in home.outbox.rglob("*.csv"):
        assert hits(numbers, [bytes_as_text(path)]) == set()
    for path in home.outbox.rglob("*.xlsx"):
        cells = [
            str(cell.value)
            for sheet in openpyxl.load_workbook(path).worksheets
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
        assert hits(numbers, cells) == set()


def test_what_a_night_leaves_about_links_holds_no_identity(home, people):
    paths = sorted((home.state / "nights").rglob("*.parquet"))
    assert paths
    for path in paths:
        rows = pl.read_parquet(path)
        assert rows.columns == ["record_key", "person_id", "decision"]
        assert hits(people, [value for row in rows.iter_rows() for value in row if value]) == set()


@pytest.mark.parametrize("name", ["secret", "join_secret"])
def test_the_sites_secrets_stand_nowhere_but_in_their_files(home, name):
    secret = files.read_text(home.state / name).strip()
    needle = {joined(secret)}
    texts = {
        **duckdb_texts(home.work),
        **duckdb_texts(home.snapshot),
        **sqlite_texts(home.ledger),
    }
    assert where(needle, texts) == []
