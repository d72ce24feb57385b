"""Files that nobody agreed on: each is received or refused in words, none breaks the night."""

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.receive import Verdict
from tests.receive.clinic import HEADER, broken, csv_of, received, rows_of, visit, visits


def test_a_file_of_zero_bytes_is_refused():
    assert received(b"\0" * 5000)[0].verdict is Verdict.REFUSED


def test_a_field_of_a_megabyte_is_set_aside():
    rows = [*visits(30), visit(30, address="村" * 1_000_000), visit(31)]

    judgement, connection = received(csv_of(rows))

    assert (judgement.loaded, judgement.quarantined) == (31, 1)
    assert rows_of(connection, "SELECT reason FROM bad") == [("单元格超过 131072 个字",)]


def test_a_quoted_field_of_a_megabyte_is_set_aside():
    rows = [*visits(30), visit(30, address=f'"{"村" * 1_000_000}"'), visit(31)]

    judgement, _ = received(csv_of(rows))

    assert (judgement.loaded, judgement.quarantined) == (31, 1)


def test_a_line_of_nothing_but_quotes_spoils_itself_only():
    rows = [*visits(30), ['"' * 9001], visit(31)]

    assert received(csv_of(rows))[0].loaded == 31


def test_an_open_quote_on_every_line_is_refused_in_bounded_time():
    text = csv_of(visits(3000)).decode().replace("姚村镇", '"姚村镇""')

    assert received(text.encode())[0].verdict is Verdict.REFUSED


def test_cells_that_are_database_commands_are_only_text():
    hostile = "村'); DROP TABLE good; --"

    _, connection = received(csv_of([visit(0, address=hostile)]))

    assert rows_of(connection, "SELECT address FROM good") == [(hostile,)]


def test_a_header_of_thousands_of_columns_is_read():
    extra = [f"附加{at}" for at in range(3000)]
    header_and_rows = [[*row, *["x"] * 3000] for row in visits(5)]
    judgement, _ = received(csv_of(header_and_rows, [*HEADER, *extra]))

    assert (judgement.loaded, len(judgement.undeclared)) == (5, 3000)


def test_a_refused_file_leaves_no_rows_of_an_earlier_one():
    connection = duckdb.connect()
    received(csv_of([*visits(20), visit(20, days="x")]), connection=connection)

    received(b"", connection=connection)

    assert rows_of(connection, "SELECT count(*) FROM good") == [(0,)]
    assert rows_of(connection, "SELECT count(*) FROM bad") == [(0,)]


def test_only_good_and_bad_are_left_in_the_database():
    _, connection = received(csv_of([*visits(20), visit(3, days="4")]))

    assert {name for (name,) in rows_of(connection, "SHOW TABLES")} == {"good", "bad"}


@pytest.mark.parametrize("name", ["", "无日期.csv", "20261399.csv", "诊疗(1).csv", "2" * 300])
def test_a_file_name_without_a_day_takes_the_latest_day_of_its_rows(name):
    rows = [visit(0, visited_on="2026-01-05"), visit(1, visited_on="2026-02-07")]

    judgement, _ = received(csv_of(rows), file_name=name)

    assert str(judgement.as_of) == "2026-02-07"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("诊疗20260228.csv", "2026-02-28"),
        ("诊疗_2026-02-28.csv", "2026-02-28"),
        ("20260228235959_诊疗.csv", "2026-02-28"),
        ("20260101-20260131.csv", "2026-01-31"),
        ("2026年02月28日.csv", "2026-02-28"),
        ("20260301.csv", "2026-03-01"),
    ],
)
def test_a_day_in_the_file_name_is_the_day_of_the_data(name, day):
    judgement, _ = received(csv_of(visits(3)), file_name=name)

    assert str(judgement.as_of) == day


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=300))
def test_any_bytes_get_a_verdict(data):
    assert received(data)[0].verdict is Verdict.REFUSED


@settings(max_examples=25, deadline=None)
@given(tail=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_anything_after_good_rows_is_counted_or_refused(tail):
    judgement, _ = received(csv_of(visits(20)) + tail.encode())

    if judgement.rows:
        assert judgement.rows == judgement.loaded + judgement.quarantined + judgement.duplicate
        assert judgement.loaded >= 20 - judgement.quarantined
    else:
        assert broken(judgement) & {"file_is_complete", "file_is_readable"}
