"""The files of a synthetic county are what departments send and what contracts expect."""

import hashlib
import os
import subprocess
import sys
from datetime import date

import polars as pl
import pytest

from data_contracts.sources import SOURCES
from data_contracts.terms import Kind, Need
from flows.errors import UsageError
from flows.synth import synthesise
from flows.synth.departments import DEPARTMENTS
from flows.synth.rendering import NONSENSE
from tests.synth.reading import mapped


def test_every_source_has_one_department_and_every_department_a_source():
    assert set(DEPARTMENTS) == set(SOURCES)
    assert all(name == department.source for name, department in DEPARTMENTS.items())


def test_the_baseline_brings_every_source_and_every_night_something(made):
    nights = sorted({path.parent.parent.name for path in made.paths})
    assert nights == ["2026-11-15", "2026-11-16", "2026-11-17"]
    baseline = {path.parent.name for path in made.paths if path.parent.parent.name == nights[0]}
    assert baseline == set(SOURCES)


def test_forms_are_as_mixed_as_in_reality():
    forms = [department.form for department in DEPARTMENTS.values()]
    assert {"gb18030", "utf-8", "utf-8-sig", "utf-16"} <= {form.encoding for form in forms}
    assert {",", "\t", ";", "|"} <= {form.separator for form in forms}
    assert {"csv", "xlsx"} == {form.suffix for form in forms}


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_headers_bring_every_needed_column_of_the_contract(made, source):
    needed = {
        name for name, column in SOURCES[source].columns.items() if column.need is not Need.NOTHING
    }
    for path in made.paths:
        if path.parent.name == source:
            assert needed <= set(mapped(made.tables[path.name][0], source))


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_some_headers_are_in_no_contract(made, source):
    path = next(path for path in made.paths if path.parent.name == source)
    headers = made.tables[path.name][0]
    assert len(mapped(headers, source)) < len(headers)


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_codes_are_in_the_contract_unless_the_row_is_bad(made, source):
    rows = made.rows(source)
    for name, column in SOURCES[source].columns.items():
        if column.kind is not Kind.CODE or name not in rows.columns:
            continue
        good = rows.filter(~pl.col("dirt").list.contains(f"bad:{name}"))
        seen = set(good[name].unique()) - {"", DEPARTMENTS[source].form.missing}
        assert seen <= set(column.codes)


@pytest.mark.parametrize("source", sorted(SOURCES))
def test_truth_has_one_row_for_every_row_of_every_file(made, source):
    truth = made.truth("rows").filter(pl.col("source") == source)
    files = {path.name for path in made.paths if path.parent.name == source}
    assert set(truth["file_name"]) == files
    for name in files:
        rows = truth.filter(pl.col("file_name") == name)["row"].to_list()
        assert rows == list(range(1, len(made.tables[name])))


def test_bad_rows_hold_the_nonsense_that_the_truth_names(made):
    found = 0
    for source in SOURCES:
        rows = made.rows(source)
        for name, column in SOURCES[source].columns.items():
            if name in rows.columns:
                bad = rows.filter(pl.col("dirt").list.contains(f"bad:{name}"))
                missing = DEPARTMENTS[source].form.missing
                assert set(bad[name]) <= {NONSENSE.get(column.kind, "") or "", missing}
                found += bad.height
    assert found > 0


def test_duplicate_rows_repeat_the_row_before_them(made):
    for source in SOURCES:
        rows = made.rows(source).sort("file_name", "row")
        again = rows["dirt"].list.contains("duplicate_row").to_numpy().nonzero()[0]
        facts = rows.drop("row", "dirt").rows()
        assert all(facts[at] == facts[at - 1] for at in again)


def _digest(home):
    found = sorted(path for path in home.rglob("*") if path.is_file())
    return [(str(p.relative_to(home)), hashlib.sha256(p.read_bytes()).hexdigest()) for p in found]


_SCRIPT = """
import pathlib, sys
from flows.synth import synthesise
synthesise(pathlib.Path(sys.argv[1]), residents=700, nights=2, seed=3)
"""


def test_the_same_arguments_give_the_same_bytes_in_any_process(tmp_path):
    synthesise(tmp_path / "here", residents=700, nights=2, seed=3)
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "POLARS_MAX_THREADS": "1"}
    command = [sys.executable, "-c", _SCRIPT, str(tmp_path / "there")]
    subprocess.run(command, check=True, env=environment)
    assert _digest(tmp_path / "here") == _digest(tmp_path / "there")


def test_another_seed_gives_another_county(tmp_path):
    synthesise(tmp_path / "one", residents=500, nights=1, seed=1)
    synthesise(tmp_path / "two", residents=500, nights=1, seed=2)
    assert _digest(tmp_path / "one") != _digest(tmp_path / "two")


@pytest.mark.long
def test_a_county_lives_on_into_the_next_year(tmp_path):
    synthesise(tmp_path / "long", residents=500, nights=150, seed=1)
    nights = sorted(path.name for path in (tmp_path / "long" / "inbox-by-night").iterdir())
    assert nights[-1] > "2027-03"


@pytest.mark.parametrize(
    "change",
    [{"residents": 20}, {"nights": 0}, {"seed": -1}, {"county": "999999"}, {"story_village": "1"}],
)
def test_arguments_that_cannot_work_are_refused_with_a_reason(tmp_path, change):
    arguments = {"residents": 600, "nights": 1, "seed": 1, **change}
    with pytest.raises(UsageError, match=r"请|可用"):
        synthesise(tmp_path, **arguments)


def test_the_first_night_can_be_any_date(tmp_path):
    county = synthesise(tmp_path, residents=500, nights=1, seed=5, first_night=date(2025, 3, 1))
    folders = sorted(path.name for path in (tmp_path / "inbox-by-night").iterdir())
    assert folders == ["2025-03-01", "2025-03-02"]
    assert county.complete_since["death"] == date(2023, 3, 2)
